namespace Quarry.Data.Engine;

/// <summary>A function for SQL that gives rows, written in C#: <c>SELECT … FROM name(1, 'x', option := true)</c>.</summary>
public sealed record DuckDbTableFunction
{
    /// <summary>The name in SQL.</summary>
    public required string Name { get; init; }

    /// <summary>The types of the arguments by position. All have to be given.</summary>
    public IReadOnlyList<DuckDbType> Parameters { get; init; } = [];

    /// <summary>The arguments by name. Any can be left out.</summary>
    public IReadOnlyList<DuckDbColumn> NamedParameters { get; init; } = [];

    /// <summary>What tells a call's columns and gives its rows. An exception becomes the statement's error.</summary>
    public required Func<DuckDbTableArguments, DuckDbTableScan> Bind { get; init; }
}
