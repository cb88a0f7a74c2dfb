using System.Globalization;
using System.Text.Json;
using Quarry.Data.Files.Readers;
using Quarry.Tables;

namespace Quarry.Data.Tests.Sources.Answers;

/// <summary>The obvious reader of an answer: one document in memory, each cell by its type.</summary>
internal static class SlowAnswer
{
    /// <summary>The primary tables of an answer of version 2 in whole tables.</summary>
    public static List<Table> Frames(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray()
            .Where(frame => frame.GetProperty("FrameType").GetString() == "DataTable" && frame.GetProperty("TableKind").GetString() == "PrimaryResult")
            .Select(frame => Read(frame.GetProperty("Columns"), frame.GetProperty("Rows")))];
    }

    private static Table Read(JsonElement columns, JsonElement rows)
    {
        var schema = new TableSchema(columns.EnumerateArray().Select(column => new ColumnSchema(column.GetProperty("ColumnName").GetString()!, Type(column.GetProperty("ColumnType").GetString()!))));
        var builder = new TableBuilder(schema);
        foreach (JsonElement row in rows.EnumerateArray())
        {
            builder.AddRow([.. row.EnumerateArray().Select((cell, i) => Value(cell, schema[i].Type))]);
        }

        return builder.Build();
    }

    private static ColumnType Type(string name) => Enum.GetValues<ColumnType>().Single(type => type.KqlName() == name);

    private static object? Value(JsonElement cell, ColumnType type) => cell.ValueKind == JsonValueKind.Null ? null : type switch
    {
        ColumnType.Bool => cell.ValueKind == JsonValueKind.Number ? cell.GetInt32() == 1 : cell.GetBoolean(),
        ColumnType.Int => cell.GetInt32(),
        ColumnType.Long => cell.GetInt64(),
        ColumnType.Real => cell.ValueKind == JsonValueKind.String ? double.Parse(cell.GetString()!, CultureInfo.InvariantCulture) : cell.GetDouble(),
        ColumnType.Decimal => cell.ValueKind == JsonValueKind.String ? decimal.Parse(cell.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture) : cell.GetDecimal(),
        ColumnType.DateTime => DateTime.Parse(cell.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal),
        ColumnType.TimeSpan => TimeSpan.ParseExact(cell.GetString()!, "c", CultureInfo.InvariantCulture),
        ColumnType.Guid => cell.GetGuid(),
        ColumnType.Dynamic => Dynamic(cell),
        _ => cell.GetString(),
    };

    private static string? Dynamic(JsonElement cell)
    {
        if (cell.ValueKind != JsonValueKind.String)
        {
            return cell.GetRawText();
        }

        string text = cell.GetString()!;
        return text is "" or "null" ? null
            : new JsonScanner().IsValue(System.Text.Encoding.UTF8.GetBytes(text)) ? text
            : cell.GetRawText();
    }
}
