using System.Text.Json;
using Quarry.Tables;

namespace Quarry.Data.PushDown;

/// <summary>The cells of aggregates as they come from any source.</summary>
internal static class AnswerRows
{
    /// <summary>A count; null as 0, which is how some services answer over no rows.</summary>
    public static long Count(this Table table, string column, int row) => table[column].GetValue(row) switch
    {
        null => 0,
        int value => value,
        long value => value,
        object other => throw Unexpected(column, other),
    };

    /// <summary>A text; null as empty.</summary>
    public static string TextOf(this Table table, string column, int row) => table[column].GetValue(row) switch
    {
        null => "",
        string value => value,
        object other => throw Unexpected(column, other),
    };

    /// <summary>The texts of a set.</summary>
    public static string[] Set(this Table table, string column, int row)
    {
        string json = table.TextOf(column, row);
        if (json.Length == 0)
        {
            return [];
        }

        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Array
            ? [.. document.RootElement.EnumerateArray().Select(one => one.ValueKind == JsonValueKind.String ? one.GetString()! : one.GetRawText())]
            : throw Unexpected(column, json);
    }

    private static QuarryException Unexpected(string column, object value) =>
        new($"The source answered {value.GetType().Name} where column {column} of an aggregate was asked for.");
}
