using Quarry.Tables;

namespace Quarry.Data.Kql.Schemas;

/// <summary>A table of Sentinel or Defender whose columns Quarry knows.</summary>
/// <param name="Name">The table's name.</param>
/// <param name="Product">Whose it is: <c>Sentinel</c> or <c>Defender</c>.</param>
/// <param name="Columns">Its columns.</param>
public sealed record KnownTable(string Name, string Product, TableSchema Columns)
{
    /// <summary>
    /// The tables with a text in their names, letter case aside, those whose name begins with it first; behind them those
    /// with a column that is called so. An empty text finds all.
    /// </summary>
    public static IReadOnlyList<KnownTable> Find(string text) =>
    [
        .. All().Select(table => (Table: table, Rank: table.RankOf(text)))
            .Where(found => found.Rank < 3)
            .OrderBy(found => found.Rank).ThenBy(found => found.Table.Name, StringComparer.OrdinalIgnoreCase).ThenByDescending(found => found.Table.Product, StringComparer.Ordinal)
            .Select(found => found.Table),
    ];

    /// <summary>The tables of a name: Sentinel's first, where both have it.</summary>
    public static IReadOnlyList<KnownTable> Named(string name) => [.. KnownSchemas.Of(name).Select(known => new KnownTable(name, known.Product, known.Columns))];

    private static IEnumerable<KnownTable> All() => KnownSchemas.Names.SelectMany(Named);

    private int RankOf(string text) =>
        Name.StartsWith(text, StringComparison.OrdinalIgnoreCase) ? 0
        : Name.Contains(text, StringComparison.OrdinalIgnoreCase) ? 1
        : Columns.Any(column => column.Name.Equals(text, StringComparison.OrdinalIgnoreCase)) ? 2
        : 3;
}
