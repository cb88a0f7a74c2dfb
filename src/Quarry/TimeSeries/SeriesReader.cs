using System.Text;
using Quarry.Tables;

namespace Quarry.TimeSeries;

/// <summary>Reads the rows of a table into series, and counts those that belong to none.</summary>
internal sealed class SeriesReader(TableSchema schema, SeriesColumns columns, bool countsOnly)
{
    private const int LongestShown = 40;

    private readonly Dictionary<string, RawSeries> _byKey = new(StringComparer.Ordinal);
    private readonly StringBuilder _key = new();
    private readonly RowLoss _noTime = new("has no time", "have no time");
    private readonly RowLoss _badTime = new("has a time that cannot be read", "have times that cannot be read");
    private readonly RowLoss _noValue = new("has no value", "have no value");
    private readonly RowLoss _badValue = new("has a value that is no number", "have values that are no numbers");
    private readonly RowLoss _notFinite = new("has a value that is NaN or infinite", "have values that are NaN or infinite");

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
        _key.Clear();
        foreach (int ordinal in columns.Keys)
        {
            string? part = CellReading.ReadText(table[ordinal], row);
            _key.Append(part?.Length ?? -1).Append(':').Append(part);
        }

        string key = _key.ToString();
        return _byKey.TryGetValue(key, out RawSeries? series)
            ? series
            : Of([.. columns.Keys.Select(ordinal => table[ordinal].GetValue(row))], key);
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
