using Quarry.Kql.Symbols;

namespace Quarry.Kql.Lowering;

/// <summary>A table in SQL: a common table expression and what its columns are.</summary>
/// <param name="Name">Its name in SQL.</param>
/// <param name="Columns">The column in SQL of each of KQL's. There may be more columns in it, which nothing refers to.</param>
internal sealed record Relation(string Name, IReadOnlyDictionary<ColumnSymbol, string> Columns)
{
    /// <summary>What its rows are ordered by; empty where they have no order. Rows that it does not tell apart have none.</summary>
    public IReadOnlyList<OrderKey> Order { get; init; } = [];

    /// <summary>
    /// Columns that divide it into the parts that a subquery runs on, each by itself: of <c>mv-apply</c> its rows, of
    /// <c>partition</c> its keys. Every operator keeps them and works within the parts.
    /// </summary>
    public IReadOnlyList<string> Partition { get; init; } = [];

    /// <summary>What stands behind ORDER BY; empty without an order.</summary>
    public string OrderBy => Order.Count == 0 ? "" : " ORDER BY " + string.Join(", ", Order);

    /// <summary>What stands between the parentheses of OVER.</summary>
    public string Window => (Partition.Count == 0 ? "" : "PARTITION BY " + string.Join(", ", Partition)) + OrderBy;
}

/// <summary>One of the columns that rows are ordered by.</summary>
/// <param name="Column">The column in SQL.</param>
/// <param name="IsDescending">Whether the greatest comes first.</param>
/// <param name="NullsFirst">Whether nulls come first.</param>
internal sealed record OrderKey(string Column, bool IsDescending = false, bool NullsFirst = true)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Column} {(IsDescending ? "DESC" : "ASC")} NULLS {(NullsFirst ? "FIRST" : "LAST")}";
}
