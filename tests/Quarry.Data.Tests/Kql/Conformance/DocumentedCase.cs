using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Quarry.Tables;
using Quarry.Testing;

namespace Quarry.Data.Tests.Kql.Conformance;

/// <summary>An example of Kusto's documentation, and the table it prints.</summary>
/// <param name="Id">Page and number.</param>
/// <param name="Query">The text.</param>
/// <param name="Expected">The header, then the rows.</param>
internal sealed partial record DocumentedCase(string Id, string Query, IReadOnlyList<IReadOnlyList<string>> Expected)
{
    /// <summary>Its page without the folder, and its number.</summary>
    public string Page => Id[(Id.LastIndexOf('/') + 1)..];

    /// <summary>All examples; the calling test is skipped where they are not at hand.</summary>
    public static IReadOnlyList<DocumentedCase> All() =>
        [.. File.ReadLines(Corpus.PathOf("oracle/docs-examples.jsonl")).Where(line => line.Length > 0).Select(Read)];

    /// <summary>What a result says otherwise than the page; null if nothing. Pages print values as people write them.</summary>
    /// <param name="result">The result.</param>
    /// <param name="hasOtherNames">Whether the page calls the columns otherwise than the query does, so that the names do not count.</param>
    public string? Difference(Table result, bool hasOtherNames = false)
    {
        IReadOnlyList<string> header = Expected[0];
        if (header.Count != result.Schema.Count)
        {
            return $"columns {string.Join(", ", result.Schema.Select(column => column.Name))} <> {string.Join(", ", header)}";
        }

        string[] names = [.. header.Select(name => Plain(name))];
        if (result.Schema.Select(column => column.Name).SequenceEqual(names, StringComparer.OrdinalIgnoreCase) == hasOtherNames)
        {
            return $"columns {string.Join(", ", result.Schema.Select(column => column.Name))} <> {string.Join(", ", names)}";
        }

        // "..." stands for rows that are left out.
        IReadOnlyList<string>[] rows = [.. Expected.Skip(1).Where(row => !row.All(cell => Plain(cell) is "..." or "…" or ""))];
        bool isAbridged = rows.Length != Expected.Count - 1;
        if (isAbridged ? result.RowCount < rows.Length : result.RowCount != rows.Length)
        {
            return $"{result.RowCount} rows <> {rows.Length}";
        }

        var matching = new List<int>();
        var left = Enumerable.Range(0, result.RowCount).ToList();
        foreach (IReadOnlyList<string> row in rows)
        {
            int at = left.FindIndex(one => AreEqual(row, result, one));
            if (at < 0)
            {
                return $"no row ({string.Join(" | ", row)}) in {string.Join(" ", left.Take(4).Select(one => RecordedText.Plain(RecordedText.Row(result, one))))}";
            }

            matching.Add(left[at]);
            left.RemoveAt(at);
        }

        return isAbridged || RowOrder.IsKept(Query, result, matching) ? null : "the rows come in another order";
    }

    private static bool AreEqual(IReadOnlyList<string> row, Table result, int index)
    {
        if (row.Count == result.Schema.Count)
        {
            return row.Select((cell, i) => IsSame(Plain(cell), result[i].GetValue(index), result.Schema[i].Type)).All(same => same);
        }

        // Of some rows the empty cells were lost when the pages were read: the others are compared.
        string[] cells = [.. row.Select(Plain).Where(cell => cell.Length > 0)];
        int[] filled = [.. Enumerable.Range(0, result.Schema.Count).Where(i => result[i].GetValue(index) is not (null or ""))];
        return row.Count < result.Schema.Count && cells.Length == filled.Length
            && cells.Zip(filled).All(pair => IsSame(pair.First, result[pair.Second].GetValue(index), result.Schema[pair.Second].Type));
    }

    private static bool IsSame(string expected, object? value, ColumnType type) => value switch
    {
        null => expected is "" or "null" or "(null)",
        bool truth => expected.Equals(truth ? "true" : "false", StringComparison.OrdinalIgnoreCase) || expected == (truth ? "1" : "0"),
        DateTime time => DateTime.TryParse(expected, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime said)
            && Math.Abs((said - time).Ticks) < (expected.Contains('.', StringComparison.Ordinal) ? TimeSpan.TicksPerMillisecond : TimeSpan.TicksPerSecond),
        TimeSpan span => TimeSpan.TryParse(expected, CultureInfo.InvariantCulture, out TimeSpan said) && said == span,
        double or decimal or long or int => IsSameNumber(expected, Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        string json when type == ColumnType.Dynamic => IsSameJson(expected, json),
        string text when text.StartsWith('{') && expected.StartsWith('{') => IsSameJson(expected, text),
        _ => expected == Plain(Convert.ToString(value, CultureInfo.InvariantCulture)!),
    };

    private static bool IsSameNumber(string expected, double value)
    {
        string text = expected.Replace(",", "", StringComparison.Ordinal);
        if (!double.TryParse(text, CultureInfo.InvariantCulture, out double said))
        {
            return text.Equals("nan", StringComparison.OrdinalIgnoreCase) && double.IsNaN(value);
        }

        // As many digits as the page prints.
        int digits = text.SkipWhile(c => c is '-' or '0' or '.').Count(char.IsAsciiDigit);
        return said.Equals(value) || Math.Abs(said - value) <= Math.Abs(said) * Math.Pow(10, 1 - Math.Clamp(digits, 2, 14)) * 0.6;
    }

    private static bool IsSameJson(string expected, string json)
    {
        try
        {
            using JsonDocument ours = JsonDocument.Parse(json);
            if (ours.RootElement.ValueKind == JsonValueKind.String && ours.RootElement.GetString() == expected)
            {
                return true;
            }

            using JsonDocument theirs = JsonDocument.Parse(expected);
            return IsSameJson(theirs.RootElement, ours.RootElement);
        }
        catch (JsonException)
        {
            // The page prints what is no JSON: without quotes, or with quotes within quotes.
            return Bare(json) == Bare(expected);
        }
    }

    private static bool IsSameJson(JsonElement expected, JsonElement ours) => (expected.ValueKind, ours.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => IsSameNumber(expected.GetRawText(), ours.GetDouble()),
        (JsonValueKind.Array, JsonValueKind.Array) => expected.GetArrayLength() == ours.GetArrayLength()
            && expected.EnumerateArray().Zip(ours.EnumerateArray()).All(pair => IsSameJson(pair.First, pair.Second)),
        (JsonValueKind.Object, JsonValueKind.Object) => expected.EnumerateObject().Count() == ours.EnumerateObject().Count()
            && expected.EnumerateObject().All(property => ours.TryGetProperty(property.Name, out JsonElement other) && IsSameJson(property.Value, other)),
        _ => expected.ValueKind == ours.ValueKind && expected.GetRawText() == ours.GetRawText(),
    };

    private static string Bare(string json) => string.Concat(json.Where(c => c is not ('"' or '\'') && !char.IsWhiteSpace(c)));

    // What the page's markup adds.
    private static string Plain(string cell) => Space().Replace(
        Escape().Replace(Link().Replace(cell, "$1"), "$1").Replace("<br>", " ", StringComparison.OrdinalIgnoreCase).Replace("<br/>", " ", StringComparison.OrdinalIgnoreCase).Replace("&nbsp;", " ", StringComparison.Ordinal)
            .Replace("`", "", StringComparison.Ordinal).Replace("**", "", StringComparison.Ordinal).Trim(),
        " ");

    private static DocumentedCase Read(string line)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        JsonElement root = json.RootElement;
        return new DocumentedCase(
            root.GetProperty("id").GetString()!,
            root.GetProperty("query").GetString()!,
            [.. root.GetProperty("expected").EnumerateArray().Select(row => (IReadOnlyList<string>)[.. row.EnumerateArray().Select(cell => cell.GetString() ?? "")])]);
    }

    [GeneratedRegex(@"\\([_|*])")]
    private static partial Regex Escape();

    [GeneratedRegex(@"^\[([^\]]*)\]\(http[^)]*\)$")]
    private static partial Regex Link();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
