using System.Globalization;
using System.Text.Json;
using Quarry.Tables;

namespace Quarry.Reports;

/// <summary>
/// A column as the page has it: its distinct values in their order (of numbers, of times, of texts), and for each row which
/// of them it is. The page sorts by place and asks a filter once for each value.
/// </summary>
internal sealed class ReportColumn
{
    private readonly string _name;
    private readonly string[] _values;
    private readonly int[] _codes;
    private readonly bool _isReal;
    private readonly Kind _kind;

    private ReportColumn(string name, Column column)
    {
        _name = name;
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var values = new List<string>();
        _codes = new int[column.Length];
        for (int row = 0; row < column.Length; row++)
        {
            _codes[row] = -1;
            if (CellReading.ReadText(column, row) is { } text)
            {
                string cut = Cut(text);
                if (!seen.TryGetValue(cut, out int code))
                {
                    seen[cut] = code = values.Count;
                    values.Add(cut);
                }

                _codes[row] = code;
                CutCells += cut.Length != text.Length || !ReferenceEquals(cut, text) ? 1 : 0;
            }
        }

        _values = [.. values];
        _isReal = column.Type == ColumnType.Real;
        _kind = Order(column);
    }

    private enum Kind
    {
        Text,
        Number,
        Time,
    }

    /// <summary>How many cells were cut because they are too long for a page.</summary>
    public int CutCells { get; private set; }

    /// <summary>A column of a table.</summary>
    public static ReportColumn Of(string name, Column column) => new(name, column);

    /// <summary>Writes the column as the page's script reads it.</summary>
    public void WriteTo(Utf8JsonWriter json, bool isHeadline)
    {
        json.WriteStartObject();
        json.WriteString("name", _name);
        json.WriteString("shownName", ShownTexts.Show(_name));
        json.WriteString("kind", _kind switch { Kind.Number => "number", Kind.Time => "time", _ => "text" });
        json.WriteBoolean("headline", isHeadline);
        json.WriteStartArray("values");
        foreach (string value in _values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
        json.WriteStartObject("patches");
        if (_kind == Kind.Text)
        {
            WritePatches(json, ShownTexts.Patches(_values));
        }
        else if (_isReal)
        {
            WritePatches(json, [.. _values.Select(Rounding)]);
        }

        json.WriteEndObject();
        json.WriteStartArray("codes");
        foreach (int code in _codes)
        {
            json.WriteNumberValue(code);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // A person reads six digits; sorting, filters and copies take all.
    private static IReadOnlyList<ShownPatch> Rounding(string value)
    {
        string rounded = double.TryParse(value, CultureInfo.InvariantCulture, out double number) ? NumberText.Rounded(number) : value;
        return rounded.Length < value.Length ? [new ShownPatch(0, value.Length, rounded)] : [];
    }

    private static void WritePatches(Utf8JsonWriter json, IReadOnlyList<ShownPatch>[] patches)
    {
        for (int i = 0; i < patches.Length; i++)
        {
            if (patches[i].Count == 0)
            {
                continue;
            }

            json.WriteStartArray(i.ToString(CultureInfo.InvariantCulture));
            foreach (ShownPatch patch in patches[i])
            {
                json.WriteNumberValue(patch.Position);
                json.WriteNumberValue(patch.Length);
                json.WriteStringValue(patch.Text);
            }

            json.WriteEndArray();
        }
    }

    // Sorts the values, renumbers the rows, and says by what.
    private Kind Order(Column column)
    {
        int[] order = [.. Enumerable.Range(0, _values.Length)];
        (Kind kind, double[]? keys) = Keys(column);
        Array.Sort(order, (a, b) => keys is null ? CompareTexts(_values[a], _values[b]) : CompareKeys(keys, a, b));
        int[] places = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            places[order[i]] = i;
        }

        string[] values = [.. _values];
        for (int i = 0; i < order.Length; i++)
        {
            _values[i] = values[order[i]];
        }

        for (int row = 0; row < _codes.Length; row++)
        {
            _codes[row] = _codes[row] < 0 ? -1 : places[_codes[row]];
        }

        return kind;
    }

    // A text column whose every filled cell is a number (or a time) is ordered as such: files are read as text.
    private (Kind Kind, double[]? Keys) Keys(Column column)
    {
        if (column.Type is ColumnType.Bool or ColumnType.Guid)
        {
            return (Kind.Text, null);
        }

        var texts = new TableBuilder(("value", ColumnType.String));
        foreach (string value in _values)
        {
            texts.AddRow(value);
        }

        Column distinct = texts.Build()[0];
        if (column.Type == ColumnType.TimeSpan)
        {
            return (Kind.Text, [.. _values.Select(value => (double)TimeSpan.ParseExact(value, "c", CultureInfo.InvariantCulture).Ticks)]);
        }

        return Numbers(distinct) is { } numbers ? (Kind.Number, numbers)
            : Times(distinct) is { } times ? (Kind.Time, times)
            : (Kind.Text, null);
    }

    private double[]? Numbers(Column distinct)
    {
        double[] keys = new double[_values.Length];
        bool any = false;
        for (int i = 0; i < keys.Length; i++)
        {
            // A real column may hold what is no number as text.
            CellState state = _values[i] is "NaN" ? CellState.Missing : CellReading.ReadNumber(distinct, i, out keys[i]);
            if (state == CellState.Unreadable)
            {
                keys[i] = _values[i] switch { "∞" or "Infinity" => double.PositiveInfinity, "-∞" or "-Infinity" => double.NegativeInfinity, _ => double.NaN };
                if (double.IsNaN(keys[i]))
                {
                    return null;
                }
            }

            any |= state == CellState.Read;
            keys[i] = state == CellState.Missing ? double.NegativeInfinity : keys[i];
        }

        return any ? keys : null;
    }

    private double[]? Times(Column distinct)
    {
        double[] keys = new double[_values.Length];
        bool any = false;
        for (int i = 0; i < keys.Length; i++)
        {
            CellState state = CellReading.ReadTime(distinct, i, out DateTime time);
            if (state == CellState.Unreadable)
            {
                return null;
            }

            any |= state == CellState.Read;
            keys[i] = state == CellState.Read ? time.Ticks : -1;
        }

        return any ? keys : null;
    }

    // A double does not tell long numbers, or ticks, apart that differ in their last digits.
    private int CompareKeys(double[] keys, int a, int b)
    {
        int byKey = keys[a].CompareTo(keys[b]);
        if (byKey != 0)
        {
            return byKey;
        }

        bool areExact = decimal.TryParse(_values[a], NumberStyles.Float, CultureInfo.InvariantCulture, out decimal first)
            & decimal.TryParse(_values[b], NumberStyles.Float, CultureInfo.InvariantCulture, out decimal second);
        int byValue = areExact ? first.CompareTo(second) : string.CompareOrdinal(_values[a].TrimEnd('Z'), _values[b].TrimEnd('Z'));
        return byValue != 0 ? byValue : string.CompareOrdinal(_values[a], _values[b]);
    }

    private static int CompareTexts(string a, string b)
    {
        int folded = string.Compare(a, b, StringComparison.OrdinalIgnoreCase);
        return folded != 0 ? folded : string.CompareOrdinal(a, b);
    }

    private static string Cut(string text)
    {
        if (text.Length <= ReportTable.MostCharacters)
        {
            return text;
        }

        int end = char.IsHighSurrogate(text[ReportTable.MostCharacters - 1]) ? ReportTable.MostCharacters - 1 : ReportTable.MostCharacters;
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, end)}… [cut: {text.Length:N0} characters]");
    }
}
