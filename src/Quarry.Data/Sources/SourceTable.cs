using Quarry.Tables;

namespace Quarry.Data.Sources;

/// <summary>A table of a source, or a function of it that stands for one.</summary>
/// <param name="Name">Its name in queries.</param>
/// <param name="Schema">Its columns; empty where the source does not tell them.</param>
public sealed record SourceTable(string Name, TableSchema Schema)
{
    /// <summary>What it is: <c>table</c>, <c>function</c>, <c>materialized view</c>.</summary>
    public string Kind { get; init; } = "table";

    /// <summary>What the source says of it; empty where it says nothing.</summary>
    public string Description { get; init; } = "";

    /// <summary>The number of rows, where the source tells it.</summary>
    public long? RowCount { get; init; }

    /// <summary>The parameters of a function, <c>(from:datetime, host:string='*')</c>; empty of a table.</summary>
    public string Parameters { get; init; } = "";

    /// <summary>Where its rows are: a file, a database, a solution; empty where that is not known.</summary>
    public string Origin { get; init; } = "";
}
