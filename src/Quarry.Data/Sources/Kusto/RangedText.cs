using Quarry.Data.Sources.Splitting;
using Quarry.Kql.Syntax;
using Quarry.Tables;

namespace Quarry.Data.Sources.Kusto;

/// <summary>Writes a time range into a query, for a service that takes none beside it.</summary>
internal static class RangedText
{
    /// <summary>The query with a condition right behind the table that it reads; null where it does not read one table by name.</summary>
    public static string? Of(string text, string column, TimeRange range)
    {
        if (QueryShape.OnlyTable(SyntaxTree.Parse(text)) is not { } table)
        {
            return null;
        }

        string name = KqlLiteral.Name(column);
        string condition = $" | where {name} >= {KqlLiteral.Of(range.Start, ColumnType.DateTime)} and {name} < {KqlLiteral.Of(range.End, ColumnType.DateTime)}";
        return text.Insert(table.End, condition);
    }
}
