using System.Text;
using Quarry.Tables;

namespace Quarry.TimeSeries;

/// <summary>Reads the rows of a table into series, and counts those that belong to none.</summary>
internal sealed class SeriesReader(TableSchema schema, SeriesColumns columns, bool countsOnly)
{
    private const int LongestShown = 40;

    private readonly Dictionary<string, RawSeries> _byKey = new(StringComparer.Ordinal);
    private readonly RowLoss _noTime = new("has no time", "have no time");
    private readonly RowLoss _badTime = new("has a time that cannot be read", "have times that cannot be read");
    private readonly RowLoss _noValue = new("has no value", "have no value");
    private readonly RowLoss _badValue = new("has a value that is no number", "have values that are no numbers");
    private readonly RowLoss _notFinite = new("has a value that is NaN or infinite", "have values that are NaN or infinite");
    private char[] _key = new char[64];

    /// <summary>The series, in order of their first rows.</summary>
    public List<RawSeries> Series { get; } = [];

    /// <summary>How many rows were read.</summary>
    public long Rows { get; private set; }

    /// <summary>Takes in the rows of a batch.</summary>
    public void Read(TableBatch batch)
    {
        Table table = batch.Table;
        Column times = table[columns.Time];
        Column? values = columns.Value < 0 ? null : table[columns.Value];
        RawSeries? only = columns.Keys.Count == 0 ? Of([], "") : null;
        for (int row = 0; row < table.RowCount; row++)
        {
            long position = Rows++;
            if (ReadTime(times, row, position) is { } time && ReadValue(values, row, position) is { } value)
            {
                (only ?? Find(table, row)).Add(time, value);
            }
        }
    }

    /// <summary>What was lost, a sentence each.</summary>
    /// <exception cref="QuarryException">Nothing is left of many rows.</exception>
    public IEnumerable<string> Losses()
    {
        RowLoss[] losses = [.. new[] { _noTime, _badTime, _noValue, _badValue, _notFinite }.Where(loss => loss.Count > 0)];
        if (Rows > 0 && Series.All(series => series.Count == 0))
        {
            string value = columns.Value < 0 ? "" : $", the values as '{schema[columns.Value].Name}' (--value)";
            throw new QuarryException(
                $"None of {Rows:N0} rows can be used. {string.Join(" ", losses.Select(loss => loss.Sentence))} "
                + $"The times were read from column '{schema[columns.Time].Name}' (--time){value}.");
        }

        return losses.Select(loss => loss.Sentence + " They are left out.");
    }

    private static string Show(Column column, int row)
    {
        string text = CellReading.ReadText(column, row) ?? "";
        return text.Length <= LongestShown ? text : text[..LongestShown] + "…";
    }

    private long? ReadTime(Column times, int row, long position)
    {
        switch (CellReading.ReadTime(times, row, out DateTime time))
        {
            case CellState.Read:
                return time.Ticks;
            case CellState.Missing:
                _noTime.Add(position, null);
                return null;
            default:
                _badTime.Add(position, Show(times, row));
                return null;
        }
    }

    private double? ReadValue(Column? values, int row, long position)
    {
        if (values is null)
        {
            return 1;
        }

        CellState state = CellReading.ReadNumber(values, row, out double value);
        if (state == CellState.Read && double.IsFinite(value))
        {
            return value;
        }

        if (countsOnly && CellReading.IsFilled(values, row))
        {
            return 1;
        }

        RowLoss loss = state == CellState.Missing ? _noValue : state == CellState.Read ? _notFinite : _badValue;
        loss.Add(position, state == CellState.Missing ? null : Show(values, row));
        return null;
    }

    private RawSeries Find(Table table, int row)
    {
        int length = 0;
        foreach (int ordinal in columns.Keys)
        {
            Append(table[ordinal], row, ref length);
        }

        ReadOnlySpan<char> key = _key.AsSpan(0, length);
        return _byKey.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out RawSeries? series)
            ? series
            : Of([.. columns.Keys.Select(ordinal => table[ordinal].GetValue(row))], key.ToString());
    }

    // A key is its cells, each with its length before it: no cell can pretend to be two. Text is not made into strings for it.
    private void Append(Column column, int row, ref int length)
    {
        string? value = column is TextColumn ? null : CellReading.ReadText(column, row);
        bool isNull = column is TextColumn ? column.IsNull(row) : value is null;
        ReadOnlySpan<byte> utf8 = column is TextColumn text ? text[row] : [];
        int most = length + 16 + utf8.Length + (value?.Length ?? 0);
        if (most > _key.Length)
        {
            Array.Resize(ref _key, Math.Max(most, 2 * _key.Length));
        }

        int start = length + 2;
        int size = value is null ? Encoding.UTF8.GetChars(utf8, _key.AsSpan(start)) : value.Length;
        value?.CopyTo(_key.AsSpan(start));
        (_key[length], _key[length + 1]) = isNull ? ('\uFFFF', '\uFFFF') : ((char)(size >> 16), (char)size);
        length = start + size;
    }

    private RawSeries Of(object?[] values, string key)
    {
        if (!_byKey.TryGetValue(key, out RawSeries? series))
        {
            series = new RawSeries(values);
            _byKey.Add(key, series);
            Series.Add(series);
        }

        return series;
    }
}
