using Quarry.Tables;

namespace Quarry.Kql.Lowering;

/// <summary>A query as one statement of SQL.</summary>
/// <param name="Sql">The statement. Its columns are those of <paramref name="Columns"/>, in that order, held as the engine holds KQL's types.</param>
/// <param name="Columns">Names and types of the result's columns.</param>
/// <param name="Functions">The functions computed in C# that it calls, by their names in SQL.</param>
/// <param name="Aggregates">The aggregates computed in C# that it calls, by their names in SQL.</param>
/// <param name="Tables">The relations it reads: the name in SQL, and the table's name in KQL.</param>
internal sealed record LoweredQuery(
    string Sql,
    IReadOnlyList<ColumnSchema> Columns,
    IReadOnlyCollection<string> Functions,
    IReadOnlyCollection<string> Aggregates,
    IReadOnlyDictionary<string, string> Tables);
