using Quarry.Data.Kql.Schemas;
using Quarry.Kql.Syntax;
using Quarry.Tables;

namespace Quarry.Data.Sources.Splitting;

/// <summary>The column that the rows of a query's table have their time in.</summary>
internal static class TimeColumn
{
    private static readonly string[] Names = ["TimeGenerated", "Timestamp"];

    /// <summary>The column, where the query reads one table by name and that table's columns are known; else null.</summary>
    /// <param name="text">The query.</param>
    /// <param name="product">Whose tables are asked: <c>Sentinel</c> or <c>Defender</c>.</param>
    public static string? Of(string text, string product)
    {
        if (QueryShape.OnlyTable(SyntaxTree.Parse(text)) is not { } table)
        {
            return null;
        }

        string name = table.Name.Text;

        // A custom table of a workspace has the column that every table of a workspace has.
        return product == "Sentinel" && name.EndsWith("_CL", StringComparison.Ordinal) ? Names[0] : Named(name, product);
    }

    private static string? Named(string table, string product)
    {
        TableSchema? columns = KnownTable.Named(table).FirstOrDefault(known => known.Product == product)?.Columns;
        return Names.FirstOrDefault(name => columns?.Any(column => column.Name == name && column.Type == ColumnType.DateTime) ?? false);
    }
}
