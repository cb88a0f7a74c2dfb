using Quarry.Tables;

namespace Quarry.Data.Tests.Kql;

/// <summary>Rows of tables as arrays, for comparing.</summary>
internal static class TableRows
{
    /// <summary>Each row's values.</summary>
    public static IReadOnlyList<object?[]> Rows(this Table table) =>
        [.. Enumerable.Range(0, table.RowCount).Select(row => table.Schema.Select((_, i) => table[i].GetValue(row)).ToArray())];
}
