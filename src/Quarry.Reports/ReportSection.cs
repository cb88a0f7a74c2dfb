using Quarry.Charts;
using Quarry.Tables;

namespace Quarry.Reports;

/// <summary>One result: what was asked, and what came of it. Every part but the title may be missing.</summary>
/// <param name="Title">What is shown, in a few words.</param>
public sealed record ReportSection(string Title)
{
    /// <summary>What it means, plain text; blank lines part paragraphs.</summary>
    public string? Explanation { get; init; }

    /// <summary>The command line that gives the same, for example <c>quarry iocs events.csv</c>.</summary>
    public string? Command { get; init; }

    /// <summary>What a reader has to know beside the rows, a sentence each: what was dropped, filled in or cut.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Pictures of the result, drawn above the table.</summary>
    public IReadOnlyList<Chart> Charts { get; init; } = [];

    /// <summary>The result as lines of text, shown as they are in letters of one width (see <c>Analysis.WriteText</c>).</summary>
    public string? Text { get; init; }

    /// <summary>The rows. Past <see cref="HtmlReport.MostRows"/> they are cut, and the page says so.</summary>
    public Table? Table { get; init; }

    /// <summary>The columns shown at first (see <c>Analysis.Headline</c>); none means all. The others are one click away.</summary>
    public IReadOnlyList<string> Headline { get; init; } = [];

    /// <summary>How many rows there are, where <see cref="Table"/> holds only the first of them.</summary>
    public long? TotalRows { get; init; }
}
