using Quarry.Tables;

namespace Quarry.Kql.Lowering;

/// <summary>A query in SQL.</summary>
/// <param name="Sql">The statement.</param>
/// <param name="Columns">The columns of its result, in order, with KQL's names and types.</param>
/// <param name="Functions">The SQL names of the functions in C# that it calls.</param>
/// <param name="Aggregates">The SQL names of the aggregates in C# that it calls.</param>
/// <param name="Tables">The tables that it reads: the name in SQL, and KQL's.</param>
internal sealed record LoweredQuery(
    string Sql,
    IReadOnlyList<ColumnSchema> Columns,
    IReadOnlyCollection<string> Functions,
    IReadOnlyCollection<string> Aggregates,
    IReadOnlyDictionary<string, string> Tables)
{
    /// <summary>What there is to know beside the rows, a sentence each.</summary>
    public IReadOnlyCollection<string> Remarks { get; init; } = [];
}
