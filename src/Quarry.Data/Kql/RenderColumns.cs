using System.Text;
using System.Text.Json;
using Quarry.Charts;
using Quarry.Tables;

namespace Quarry.Data.Kql;

/// <summary>Which columns of a result are x, y and the series of its chart, and the values in them.</summary>
internal sealed class RenderColumns
{
    // A label on an axis is for a person.
    private const int LongestLabel = 200;

    private readonly Table _table;
    private readonly KqlRender _render;
    private readonly int _x;
    private readonly int[] _y;
    private readonly int[] _splits;

    private RenderColumns(Table table, KqlRender render)
    {
        _table = table;
        _render = render;
        _x = X();
        IsArrays = table.Schema[_x].Type == ColumnType.Dynamic;
        string[] named = Names("series");
        _splits = named.Length > 0 ? [.. named.Select(Require)] : [.. Others(type => type == ColumnType.String)];
        string[] values = Names("ycolumns");
        _y = values.Length > 0 ? [.. values.Select(Require), .. Names("anomalycolumns").Select(Require)]
            : [.. Others(type => IsNumber(type) || (IsArrays && type == ColumnType.Dynamic)).Where(column => !_splits.Contains(column) && (!IsArrays || HasNumbers(column)))];
        _y = [.. _y.Distinct()];
        if (_y.Length == 0)
        {
            throw new QuarryException($"render {render.Kind} needs a column of numbers: the rows are shown as a table.");
        }

        IsTime = table.Schema[_x].Type == ColumnType.DateTime || (IsArrays && HasTimes(_x));
        IsCategories = !IsTime && !IsArrays && !IsNumber(table.Schema[_x].Type);
    }

    /// <summary>Whether x is a time.</summary>
    public bool IsTime { get; }

    /// <summary>Whether x is neither time nor number.</summary>
    public bool IsCategories { get; }

    /// <summary>The chart's title.</summary>
    public string Title => Property("title") is { Length: > 0 } title ? title : $"{YTitle} by {XTitle}";

    /// <summary>What x is.</summary>
    public string XTitle => Property("xtitle") is { Length: > 0 } title ? title : _table.Schema[_x].Name;

    /// <summary>What y is.</summary>
    public string YTitle => Property("ytitle") is { Length: > 0 } title ? title : _y.Length == 1 ? _table.Schema[_y[0]].Name : "value";

    // Whether x, and y with it, are arrays, as make-series gives them.
    private bool IsArrays { get; }

    /// <summary>Finds out the columns.</summary>
    /// <exception cref="QuarryException">A column that is named is not there, or there are no numbers.</exception>
    public static RenderColumns Of(Table table, KqlRender render) => new(table, render);

    /// <summary>What the query says of the chart, by a property's name.</summary>
    public string? Property(string name) => _render.Properties.GetValueOrDefault(name);

    /// <summary>Names of columns that a property lists.</summary>
    public string[] Names(string property) => Property(property)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>The series over an axis, each in order of x.</summary>
    /// <param name="remarks">Takes what could not be drawn.</param>
    /// <param name="withFlags">Whether a series is called by group and column even if there is one column.</param>
    public IReadOnlyList<LineSeries> Series(List<string> remarks, bool withFlags = false)
    {
        var points = new Dictionary<string, List<LinePoint>>(StringComparer.Ordinal);
        long unplaced = 0;
        for (int row = 0; row < _table.RowCount; row++)
        {
            double[] xs = IsArrays ? Numbers(_x, row, IsTime) : [Place(row)];
            foreach (int column in _y)
            {
                double[] ys = IsArrays ? Numbers(column, row, false) : [Number(column, row)];
                List<LinePoint> line = Line(points, NameOf(row, column, withFlags));
                for (int i = 0; i < Math.Min(xs.Length, ys.Length); i++)
                {
                    if (double.IsFinite(xs[i]))
                    {
                        line.Add(new LinePoint(xs[i], ys[i]));
                    }
                    else
                    {
                        unplaced++;
                    }
                }
            }
        }

        if (unplaced > 0)
        {
            remarks.Add($"{Counted.Of(unplaced, "value is", "values are")} not in the chart: there is no {_table.Schema[_x].Name}.");
        }

        return [.. points.Select(line => new LineSeries(line.Key, [.. line.Value.OrderBy(point => point.X)]))];
    }

    /// <summary>The labels in the order of the rows, and the values of each series for them; values of one label and series add up.</summary>
    public (IReadOnlyList<string> Labels, IReadOnlyList<BarGroup> Groups) Groups(List<string> remarks)
    {
        if (IsArrays)
        {
            IReadOnlyList<LineSeries> series = Series(remarks);
            double[] xs = [.. series.SelectMany(line => line.Points).Select(point => point.X).Distinct().Order()];
            return ([.. xs.Select(x => IsTime ? TimeLabel(DateTime.UnixEpoch.AddMilliseconds(x)) : NumberLabel(x))],
                [.. series.Select(line => new BarGroup(line.Name, Values(line.Points.GroupBy(point => point.X).ToDictionary(same => same.Key, same => same.Sum(point => point.Y)), xs)))]);
        }

        var labels = new Dictionary<string, int>(StringComparer.Ordinal);
        var groups = new Dictionary<string, Dictionary<int, double>>(StringComparer.Ordinal);
        for (int row = 0; row < _table.RowCount; row++)
        {
            string label = Label(_x, row);
            int at = labels.TryGetValue(label, out int known) ? known : labels[label] = labels.Count;
            foreach (int column in _y)
            {
                string name = NameOf(row, column, false);
                Dictionary<int, double> group = groups.TryGetValue(name, out Dictionary<int, double>? found) ? found : groups[name] = [];
                double value = Number(column, row);
                group[at] = group.TryGetValue(at, out double before) && double.IsFinite(before) ? before + (double.IsFinite(value) ? value : 0) : value;
            }
        }

        int[] all = [.. Enumerable.Range(0, labels.Count)];
        return ([.. labels.Keys], [.. groups.Select(group => new BarGroup(group.Key, Values(group.Value, all)))]);
    }

    private static double[] Values<T>(Dictionary<T, double> values, T[] places)
        where T : notnull => [.. places.Select(place => values.TryGetValue(place, out double value) ? value : double.NaN)];

    private static List<LinePoint> Line(Dictionary<string, List<LinePoint>> lines, string name) =>
        lines.TryGetValue(name, out List<LinePoint>? line) ? line : lines[name] = [];

    private int X()
    {
        if (Property("xcolumn") is { Length: > 0 } name)
        {
            return Require(name);
        }

        bool wantsTime = _render.Kind.ToLowerInvariant() is "timechart" or "anomalychart";
        int[] columns = [.. Enumerable.Range(0, _table.Schema.Count)];
        int[] times = [.. columns.Where(column => _table.Schema[column].Type == ColumnType.DateTime)];
        int[] arrays = [.. columns.Where(HasTimes)];
        return wantsTime && times.Length > 0 ? times[0]
            : arrays.Length > 0 && times.Length == 0 ? arrays[0]
            : wantsTime ? throw new QuarryException($"render {_render.Kind} needs a column of times: the rows are shown as a table.")
            : columns.Length > 0 ? columns[0]
            : throw new QuarryException($"render {_render.Kind} needs columns: there are none.");
    }

    private IEnumerable<int> Others(Func<ColumnType, bool> wanted) =>
        Enumerable.Range(0, _table.Schema.Count).Where(column => column != _x && wanted(_table.Schema[column].Type));

    private int Require(string name) => _table.Schema.IndexOf(name) is >= 0 and int at
        ? at
        : throw new QuarryException($"render: there is no column '{name}': the rows are shown as a table.");

    private static bool IsNumber(ColumnType type) => type is ColumnType.Int or ColumnType.Long or ColumnType.Real or ColumnType.Decimal or ColumnType.TimeSpan;

    private string NameOf(int row, int column, bool withColumn)
    {
        string split = string.Join(", ", _splits.Select(one => Label(one, row)));
        return _splits.Length == 0 ? _table.Schema[column].Name : _y.Length == 1 && !withColumn ? split : $"{split}:{_table.Schema[column].Name}";
    }

    private string Label(int column, int row)
    {
        Column values = _table[column];
        string text = values is ValueColumn<DateTime> times && !values.IsNull(row) ? TimeLabel(times.Values[row])
            : values is ValueColumn<double> reals && !values.IsNull(row) ? NumberLabel(reals.Values[row])
            : CellReading.ReadText(values, row) ?? "";
        return text.Length == 0 ? "(empty)" : text.Length <= LongestLabel ? text : string.Concat(text.AsSpan(0, LongestLabel), "…");
    }

    private static string NumberLabel(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    private static string TimeLabel(DateTime time) => time.ToString(
        time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : time.Second == 0 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    private double Place(int row) => IsTime
        ? _table[_x].IsNull(row) ? double.NaN : (((ValueColumn<DateTime>)_table[_x]).Values[row] - DateTime.UnixEpoch).TotalMilliseconds
        : Number(_x, row);

    private double Number(int column, int row) => _table[column] is ValueColumn<TimeSpan> lengths
        ? lengths.IsNull(row) ? double.NaN : lengths.Values[row].TotalSeconds
        : CellReading.ReadNumber(_table[column], row, out double value) == CellState.Read ? value : double.NaN;

    private bool HasTimes(int column) => HasArray(column, element => element.ValueKind == JsonValueKind.String && TimeText.TryParse(Encoding.UTF8.GetBytes(element.GetString()!), out _));

    private bool HasNumbers(int column) => HasArray(column, element => element.ValueKind == JsonValueKind.Number);

    // By the first element of the first array that has one.
    private bool HasArray(int column, Func<JsonElement, bool> isWanted)
    {
        if (_table[column] is not TextColumn texts || _table.Schema[column].Type != ColumnType.Dynamic)
        {
            return false;
        }

        for (int row = 0; row < _table.RowCount; row++)
        {
            JsonElement? first = Elements(texts, row).Where(element => element.ValueKind != JsonValueKind.Null).Select(element => (JsonElement?)element).FirstOrDefault();
            if (first is not null)
            {
                return isWanted(first.Value);
            }
        }

        return false;
    }

    private double[] Numbers(int column, int row, bool asTimes) => _table[column] is not TextColumn texts ? [] : [.. Elements(texts, row).Select(element => element.ValueKind switch
    {
        JsonValueKind.Number when !asTimes => element.GetDouble(),
        JsonValueKind.String when asTimes && TimeText.TryParse(Encoding.UTF8.GetBytes(element.GetString()!), out DateTime time) => (time - DateTime.UnixEpoch).TotalMilliseconds,
        _ => double.NaN,
    })];

    private static JsonElement[] Elements(TextColumn texts, int row)
    {
        if (texts.IsNull(row) || texts[row].IsEmpty || texts[row][0] != (byte)'[')
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(texts[row].ToArray());
            return [.. document.RootElement.Clone().EnumerateArray()];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
