using System.Globalization;
using System.Text.Json;
using Quarry.Signatures;
using Quarry.Tables;

namespace Quarry.Tests.Signatures;

/// <summary>Exact signatures the obvious way: the table as texts, everything counted anew for each question.</summary>
internal sealed class SlowSignatures
{
    private readonly string?[][] _columns;
    private readonly string[] _names;

    public SlowSignatures(Table table, SignatureOptions options)
    {
        Rows = table.RowCount;
        var names = new List<string>();
        var columns = new List<string?[]>();
        for (int c = 0; c < table.Columns.Count; c++)
        {
            string name = table.Schema[c].Name;
            string?[] cells = [.. Enumerable.Range(0, Rows).Select(row => Text(table[c], row))];
            bool isInvariant = cells.Distinct().Count() <= 1;
            bool isDuplicate = columns.Any(other => other.SequenceEqual(cells));
            if (options.Exclude.Contains(name) || (isInvariant && !options.KeepInvariant) || (isDuplicate && !options.KeepDuplicates))
            {
                continue;
            }

            names.Add(name);
            columns.Add(cells);
        }

        _names = [.. names];
        _columns = [.. columns];
        Signatures = [.. Enumerable.Range(0, Rows).GroupBy(PatternOf).OrderByDescending(g => g.Count()).ThenBy(g => g.First())
            .Select(g => (g.Key, g.ToArray()))];
    }

    public int Rows { get; }

    public IReadOnlyList<string> Features => _names;

    public IReadOnlyList<(string Pattern, int[] Rows)> Signatures { get; }

    /// <summary>A cell's value as text, of the type it is; null if it is not filled.</summary>
    public static string? Text(Column column, int row)
    {
        object? value = column.GetValue(row);
        switch (value)
        {
            case null: return null;
            case string json when column.Type == ColumnType.Dynamic:
                JsonElement element = JsonDocument.Parse(json).RootElement;
                bool isBlank = element.ValueKind == JsonValueKind.Null || (element.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(element.GetString()));
                return isBlank ? null : "text " + json;
            case string text: return string.IsNullOrWhiteSpace(text) ? null : "text " + text;
            case bool flag: return flag ? "flag 1" : "flag 0";
            case DateTime time: return $"time {time.Ticks}";
            default: return "number " + Convert.ToDouble(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        }
    }

    public string[] Always(int signature) => [.. Values(signature).Where(v => v.Counts.Length == 1)
        .Select(v => $"{v.Feature}={v.Counts[0].Value} x{v.Counts[0].Count} {v.Counts[0].Count / (double)TotalOf(v.Feature, v.Counts[0].Value):R}")];

    public string[] Unique(int signature, int threshold) => [.. Values(signature).Where(v => v.Counts.Length <= threshold)
        .SelectMany(v => v.Counts.Where(c => TotalOf(v.Feature, c.Value) == c.Count).Select(c => $"{v.Feature}={c.Value} x{c.Count} 1"))];

    public (string Value, int Count)[] Distribution(string feature, int? signature)
    {
        string?[] cells = _columns[Array.IndexOf(_names, feature)];
        IEnumerable<int> rows = signature is { } one ? Signatures[one].Rows : Enumerable.Range(0, Rows);
        return [.. rows.Select(row => cells[row]).OfType<string>().GroupBy(v => v).OrderByDescending(g => g.Count()).Select(g => (g.Key, g.Count()))];
    }

    private IEnumerable<(string Feature, (string Value, int Count)[] Counts)> Values(int signature)
    {
        for (int c = 0; c < _names.Length; c++)
        {
            string?[] cells = _columns[c];
            if (Signatures[signature].Pattern[c] == '1')
            {
                yield return (_names[c], [.. Signatures[signature].Rows.Select(row => cells[row]!).GroupBy(v => v).Select(g => (g.Key, g.Count()))]);
            }
        }
    }

    private int TotalOf(string feature, string value) => _columns[Array.IndexOf(_names, feature)].Count(v => v == value);

    private string PatternOf(int row) => string.Concat(_columns.Select(cells => cells[row] is null ? '0' : '1'));
}
