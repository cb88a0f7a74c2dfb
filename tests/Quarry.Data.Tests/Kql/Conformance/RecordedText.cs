using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Quarry.Tables;

namespace Quarry.Data.Tests.Kql.Conformance;

/// <summary>Results as the recording prints them.</summary>
internal static partial class RecordedText
{
    /// <summary>A column as <c>name:Type</c>; the recording does not tell int from long, nor decimal from real.</summary>
    public static string Of(ColumnSchema column) => $"{column.Name}:" + column.Type switch
    {
        ColumnType.Int or ColumnType.Long => "Int",
        ColumnType.Decimal or ColumnType.Real => "Real",
        _ => column.Type.ToString(),
    };

    /// <summary>A row of a table as <c>(v1, v2, ...)</c>.</summary>
    public static string Row(Table table, int row) => $"({string.Join(", ", table.Schema.Select((column, i) => Value(table[i].GetValue(row), column.Type)))})";

    /// <summary>Whether two rows say the same: white space within dynamic values and the last digits of reals do not count.</summary>
    public static bool AreEqual(string left, string right) => Plain(left) == Plain(right);

    /// <summary>A row without what does not count.</summary>
    public static string Plain(string row)
    {
        string dense = Space().Replace(row, "").Replace("\": ", "\":", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
        return Number().Replace(dense, number => double.TryParse(number.Value, CultureInfo.InvariantCulture, out double value)
            ? value.ToString("G12", CultureInfo.InvariantCulture) : number.Value);
    }

    private static string Value(object? value, ColumnType type) => value switch
    {
        null when type == ColumnType.String => "''",
        null => "null",
        bool truth => truth ? "True" : "False",
        double real => real.ToString("R", CultureInfo.InvariantCulture),
        decimal number => number.ToString("G29", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        Guid guid => $"'{guid:D}'",
        string json when type == ColumnType.Dynamic => Indented(json),
        string text => $"'{text}'",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Indented(string json)
    {
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1000 });
            return JsonSerializer.Serialize(parsed.RootElement, Options);
        }
        catch (JsonException)
        {
            return "NOT JSON: " + json;
        }
    }

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        MaxDepth = 1000,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [GeneratedRegex(@"\n *")]
    private static partial Regex Space();

    [GeneratedRegex(@"(?<![\w.'""-])-?\d+\.\d{13,}(E[+-]?\d+)?")]
    private static partial Regex Number();
}
