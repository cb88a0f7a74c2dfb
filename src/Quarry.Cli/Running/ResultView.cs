using Quarry.Charts;
using Quarry.Tables;

namespace Quarry.Cli.Running;

/// <summary>How a result is shown to a person, beside its rows.</summary>
/// <param name="Title">What it is, in a few words.</param>
internal sealed record ResultView(string Title)
{
    /// <summary>What was done, in a sentence.</summary>
    public string? Explanation { get; init; }

    /// <summary>The command line that gives it.</summary>
    public string? Command { get; init; }

    /// <summary>The columns to look at first; none means all.</summary>
    public IReadOnlyList<string> Headline { get; init; } = [];

    /// <summary>The charts of the rows.</summary>
    public Func<Table, IReadOnlyList<Chart>> Draw { get; init; } = static _ => [];

    /// <summary>Whether a terminal shows the charts in place of the rows, where there are any.</summary>
    public bool IsDrawn { get; init; }

    /// <summary>Writes the rows as text of a width; null where there is no such form.</summary>
    public Action<Table, TextWriter, int>? WriteText { get; init; }

    /// <summary>Whether text serves a person better than a table; a page then shows it beside the rows.</summary>
    public bool IsText { get; init; }

    /// <summary>What has to be known beside the rows, a sentence each; complete when all rows were written.</summary>
    public Func<IReadOnlyList<string>> Remarks { get; init; } = static () => [];
}
