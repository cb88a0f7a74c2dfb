using Quarry.Tables;

namespace Quarry.Kql.Symbols;

/// <summary>The columns of a table or of an operator's result.</summary>
/// <param name="Columns">The columns, in order; no two have the same name.</param>
/// <param name="IsOpen">Whether there are more columns, which only the data tells (<c>bag_unpack</c>, <c>pivot</c>).</param>
/// <param name="IsSerialized">Whether the rows have an order, which <c>prev</c>, <c>row_number</c> and their kin need.</param>
internal sealed record RowSchema(IReadOnlyList<ColumnSymbol> Columns, bool IsOpen = false, bool IsSerialized = false)
{
    private readonly Dictionary<string, ColumnSymbol> _byName =
        Columns.DistinctBy(column => column.Name).ToDictionary(column => column.Name, StringComparer.Ordinal);

    /// <summary>A schema without columns.</summary>
    public static RowSchema Empty { get; } = new([]);

    /// <summary>A schema of names and types.</summary>
    public static RowSchema Of(IEnumerable<(string Name, ColumnType? Type)> columns) =>
        new([.. columns.DistinctBy(column => column.Name).Select(column => new ColumnSymbol(column.Name, column.Type))]);

    /// <summary>The column of a name, or null.</summary>
    public ColumnSymbol? Find(string name) => _byName.GetValueOrDefault(name);

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Columns);
}
