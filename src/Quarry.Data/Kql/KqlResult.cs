using Quarry.Tables;

namespace Quarry.Data.Kql;

/// <summary>What a query gave.</summary>
/// <param name="Table">The rows; of a query that gives several tables, the last.</param>
/// <param name="Remarks">What there is to know beside the rows, a sentence each: values that did not read, rows left out.</param>
public sealed record KqlResult(Table Table, IReadOnlyList<string> Remarks)
{
    /// <summary>All tables that the query gave, in order: of several statements, of <c>fork</c> and of <c>facet</c>.</summary>
    public IReadOnlyList<Table> Tables { get; init; } = [Table];

    /// <summary>How the query wants its result drawn; null where it does not say.</summary>
    public KqlRender? Render { get; init; }

    /// <summary>Whether a service cut the answer short; the embedded engine never does.</summary>
    public bool IsPartial { get; init; }
}
