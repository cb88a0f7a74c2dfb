using Quarry.Catalogue;
using Quarry.Kql.Syntax;
using Quarry.Signatures;
using Quarry.Tables;
using Quarry.TimeSeries;

namespace Quarry.Data.PushDown;

/// <summary>
/// Series whose rows are added up where they are, a row a step and key, and which are filled and decomposed here. It is not make-series that adds
/// them up: that gives every step of every series, and does not tell a step without rows from one whose rows come to nothing.
/// </summary>
internal sealed class PushedSeries(PushedTable table, AnomalyOptions options, AnalysisContext context)
{
    private const int MostDistances = 100_000;

    private TableSchema _schema = null!;
    private SeriesColumns _columns = null!;

    private bool CountsOnly => options.Aggregate == SeriesAggregate.Count;

    private bool HasValue => _columns.Value >= 0;

    /// <summary>The rows of the view.</summary>
    /// <exception cref="QuarryException">The columns' types do not do there, no row can be used, or the times have no step.</exception>
    public async Task<PushedResult> RunAsync()
    {
        _schema = await table.SchemaAsync().ConfigureAwait(false);
        _columns = SeriesColumns.Choose(_schema, options);
        CheckTypes();
        if (await FirstTimeAsync().ConfigureAwait(false) is not { } first)
        {
            return new PushedResult(AnomalyTables.Rows(_schema, _columns, options, () => []), table.Queries);
        }

        SeriesGrid grid = options.Step is { } step ? SeriesGrid.Aligned(step) : SeriesGrid.Infer(await DistancesAsync().ConfigureAwait(false), first.Ticks);
        List<RawSeries> series = await StepsAsync(grid, first).ConfigureAwait(false);

        // What a step's rows come to is one value now.
        var run = new SeriesRun(_schema, _columns, options with { Aggregate = SeriesAggregate.Last }, context);
        return new PushedResult(AnomalyTables.Rows(_schema, _columns, options, () => run.Decompose(series, grid)), table.Queries);
    }

    private void CheckTypes()
    {
        ColumnSchema time = _schema[_columns.Time];
        if (time.Type != ColumnType.DateTime)
        {
            throw new QuarryException(
                $"Column '{time.Name}' is {time.Type.KqlName()}; at a source the times have to be datetime. Name another (--time), or make it one in the query: | extend {KqlLiteral.Name(time.Name)} = todatetime({KqlLiteral.Name(time.Name)}).");
        }

        foreach (ColumnSchema key in _columns.Keys.Select(ordinal => _schema[ordinal]).Where(key => key.Type == ColumnType.Dynamic))
        {
            throw new QuarryException(
                $"Column '{key.Name}' is dynamic, by which no service groups. Make it text in the query: | extend {KqlLiteral.Name(key.Name)} = tostring({KqlLiteral.Name(key.Name)}).");
        }

        if (HasValue && !CountsOnly && _schema[_columns.Value] is { Type: ColumnType.String or ColumnType.Dynamic or ColumnType.Guid or ColumnType.DateTime } value)
        {
            throw new QuarryException(
                $"Column '{value.Name}' is {value.Type.KqlName()}; at a source the values have to be numbers. Name another (--value), count the rows (--aggregate count), or make it one in the query: | extend {KqlLiteral.Name(value.Name)} = todouble({KqlLiteral.Name(value.Name)}).");
        }
    }

    // The columns under names of our own: t, v (real), k0, k1, …
    private string Projected(bool keysAsText)
    {
        IEnumerable<string> keys = _columns.Keys.Select((ordinal, i) => $"k{i} = {(keysAsText ? $"tostring({Name(ordinal)})" : Name(ordinal))}");
        return $"project {string.Join(", ", (string[])[$"t = {Name(_columns.Time)}", .. HasValue ? [$"v = {Value()}"] : (string[])[], .. keys])}";
    }

    // A number as the analysis reads the cell; where rows are only counted, 1 for a filled one.
    private string Value()
    {
        ColumnSchema column = _schema[_columns.Value];
        string name = Name(_columns.Value);
        return CountsOnly ? $"iff({(column.Type == ColumnType.Dynamic ? $"isnotnull({name})" : ValueText.Filled(column))}, real(1), real(null))"
            : column.Type switch
            {
                ColumnType.Real => name,
                ColumnType.Bool => $"todouble(tolong({name}))",
                ColumnType.TimeSpan => $"{name} / 1s",
                _ => $"todouble({name})",
            };
    }

    private string Name(int ordinal) => KqlClause.Quote(_schema[ordinal].Name);

    // The first time of a row that can be used, null where there are no rows; and says how many cannot be.
    private async Task<DateTime?> FirstTimeAsync()
    {
        string value = HasValue ? "no_value = countif(isnotnull(t) and isnull(v)), not_finite = countif(isnotnull(t) and isnotnull(v) and not(isfinite(v))), " : "";
        Table found = await table.AskAsync(table.Pipe(
            Projected(keysAsText: false),
            $"summarize n = count(), no_time = countif(isnull(t)), {value}t0 = minif(t, {Usable()})")).ConfigureAwait(false);
        long rows = found.Count("n", 0), noTime = found.Count("no_time", 0);
        long noValue = HasValue ? found.Count("no_value", 0) : 0, notFinite = HasValue ? found.Count("not_finite", 0) : 0;
        string[] losses =
        [
            .. Loss(noTime, "has no time", "have no time"),
            .. Loss(noValue, "has no value", "have no value"),
            .. Loss(notFinite, "has a value that is NaN or infinite", "have values that are NaN or infinite"),
        ];
        if (rows > 0 && rows == noTime + noValue + notFinite)
        {
            string values = HasValue ? $", the values as '{_schema[_columns.Value].Name}' (--value)" : "";
            throw new QuarryException(
                $"None of {rows:N0} rows can be used. {string.Join(" ", losses)} The times were read from column '{_schema[_columns.Time].Name}' (--time){values}.");
        }

        foreach (string loss in losses)
        {
            context.Remark?.Invoke(loss + (loss.StartsWith("1 ", StringComparison.Ordinal) ? " It is left out." : " They are left out."));
        }

        return rows == 0 ? null : found["t0"].GetValue(0) is DateTime first ? first : throw PushedTable.Changed();
    }

    private static IEnumerable<string> Loss(long count, string one, string many) => count == 0 ? [] : [$"{count:N0} {(count == 1 ? "row " + one : "rows " + many)}."];

    private string Usable() => HasValue ? "isnotnull(t) and isfinite(v)" : "isnotnull(t)";

    // How often each distance, in ticks, stands between neighbours of one series.
    private async Task<Dictionary<long, long>> DistancesAsync()
    {
        string[] keys = [.. _columns.Keys.Select((_, i) => $"k{i}")];
        string same = string.Concat(keys.Select(key => $" and prev({key}) == {key}"));
        Table found = await table.AskAsync(table.Pipe(
            Projected(keysAsText: true),
            $"where {Usable()}",
            $"distinct {string.Join(", ", [.. keys, "t"])}",
            $"sort by {string.Concat(keys.Select(key => $"{key} asc, "))}t asc",
            $"extend d = iff(isnotnull(prev(t)){same}, tolong((t - prev(t)) / 1tick), long(null))",
            "where isnotnull(d)",
            "summarize n = count() by d",
            $"take {MostDistances + 1}")).ConfigureAwait(false);
        if (found.RowCount > MostDistances)
        {
            throw new QuarryException("The times are not at even steps: too many different distances lie between them. Give --step, such as --step 1h, to add the rows up by steps (--aggregate count to count them).");
        }

        return Enumerable.Range(0, found.RowCount).ToDictionary(row => found.Count("d", row), row => found.Count("n", row));
    }

    private async Task<List<RawSeries>> StepsAsync(SeriesGrid grid, DateTime first)
    {
        string step = KqlLiteral.Of(grid.Step, ColumnType.TimeSpan);
        string bin = grid.IsInferred ? $"bin_at(t, {step}, {KqlLiteral.Of(first, ColumnType.DateTime)})" : $"bin(t, {step})";
        Table found = await table.AskAsync(table.Pipe(
            Projected(keysAsText: false),
            $"where {Usable()}",
            $"extend b = {bin}",
            $"summarize {Aggregate()}, n = count(), o = countif(t != b) by {string.Concat(_columns.Keys.Select((_, i) => $"k{i}, "))}b")).ConfigureAwait(false);
        long offGrid = Enumerable.Range(0, found.RowCount).Sum(row => found.Count("o", row));
        if (grid.IsInferred && offGrid > 0)
        {
            context.Remark?.Invoke(SeriesRun.OffGrid(offGrid, grid));
        }

        return Series(found);
    }

    private string Aggregate() => options.Aggregate switch
    {
        SeriesAggregate.Count => "a = count()",
        SeriesAggregate.Min => "a = min(v)",
        SeriesAggregate.Max => "a = max(v)",
        SeriesAggregate.Last => "arg_max(t, v)",
        _ => "a = sum(v)",
    };

    private List<RawSeries> Series(Table steps)
    {
        Column[] keys = [.. _columns.Keys.Select((_, i) => steps[$"k{i}"])];
        Column times = steps["b"], values = steps[options.Aggregate == SeriesAggregate.Last ? "v" : "a"];
        var byKey = new Dictionary<string, (RawSeries Series, DateTime First)>(StringComparer.Ordinal);
        foreach (int row in Enumerable.Range(0, steps.RowCount).OrderBy(row => (DateTime)times.GetValue(row)!))
        {
            // A text's length before it: no key can pretend to be two.
            string key = string.Concat(keys.Select(column => CellReading.ReadText(column, row) is { } text ? $"{text.Length}:{text}" : "-"));
            if (!byKey.TryGetValue(key, out (RawSeries Series, DateTime First) found))
            {
                found = (new RawSeries([.. keys.Select(column => column.GetValue(row))]), (DateTime)times.GetValue(row)!);
                byKey.Add(key, found);
            }

            long rows = steps.Count("n", row);
            if (CellReading.ReadNumber(values, row, out double value) != CellState.Read)
            {
                value = double.NaN; // a sum beyond what a number holds, which some services answer as null
            }

            found.Series.AddStep(((DateTime)times.GetValue(row)!).Ticks, options.Aggregate == SeriesAggregate.Avg ? value / rows : value, checked((int)rows));
        }

        return [.. byKey.OrderBy(one => one.Value.First).ThenBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Value.Series)];
    }
}
