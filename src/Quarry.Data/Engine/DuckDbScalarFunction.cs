namespace Quarry.Data.Engine;

/// <summary>A function for SQL that gives a value for each row, written in C# over whole vectors.</summary>
public sealed record DuckDbScalarFunction
{
    /// <summary>The name in SQL.</summary>
    public required string Name { get; init; }

    /// <summary>The types of the arguments.</summary>
    public IReadOnlyList<DuckDbType> Parameters { get; init; } = [];

    /// <summary>The type of any number of further arguments, or null where there are none.</summary>
    public DuckDbType? FurtherParameters { get; init; }

    /// <summary>The type of the result.</summary>
    public required DuckDbType Returns { get; init; }

    /// <summary>
    /// Whether the body answers for null arguments. Otherwise a row with a null argument gives null, whatever the body
    /// writes for it (it sees the row, with an empty text or a meaningless number).
    /// </summary>
    public bool HandlesNulls { get; init; }

    /// <summary>Whether the same arguments can give different results, so that DuckDB computes every row.</summary>
    public bool IsVolatile { get; init; }

    /// <summary>What computes.</summary>
    public required DuckDbScalarBody Body { get; init; }
}
