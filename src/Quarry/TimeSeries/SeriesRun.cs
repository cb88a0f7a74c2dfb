using System.Collections.Concurrent;
using Quarry.Catalogue;
using Quarry.Tables;

namespace Quarry.TimeSeries;

/// <summary>One run over a table: reads all rows, makes even series of them, and decomposes those, several at once.</summary>
internal sealed class SeriesRun(TableSchema schema, SeriesColumns columns, AnomalyOptions options, AnalysisContext context)
{
    private readonly ConcurrentBag<(int Length, int Period, Stl Stl)> _idle = [];
    private readonly IReadOnlyList<int> _periods = PeriodChoice.Parse(options.Period);
    private SeriesGrid _grid;

    /// <summary>The series in order of their first rows, each decomposed where that is possible.</summary>
    /// <exception cref="QuarryException">No row can be used, the times have no step, or no series can be decomposed.</exception>
    public IEnumerable<SeriesOutcome> Decompose(TableStream input)
    {
        List<RawSeries> series = Read(input);
        if (series.Count == 0)
        {
            yield break;
        }

        _grid = options.Step is { } step ? SeriesGrid.Aligned(step) : SeriesGrid.Infer(series);
        long offGrid = _grid.IsInferred ? series.Sum(one => (long)one.OffGrid(_grid)) : 0;
        if (offGrid > 0)
        {
            Remark(OffGrid(offGrid, _grid));
        }

        foreach (SeriesOutcome outcome in Decompose(series, _grid))
        {
            yield return outcome;
        }
    }

    /// <summary>What to say of rows that stand between the steps that were told from the times.</summary>
    public static string OffGrid(long rows, SeriesGrid grid) =>
        $"{Count(rows, "row")} {(rows == 1 ? "stands" : "stand")} between the steps of {SeriesGrid.Text(grid.Ticks)} and count to the step they fall in.";

    /// <summary>Series that were read, in their order, each decomposed where that is possible.</summary>
    /// <exception cref="QuarryException">No series can be decomposed.</exception>
    public IEnumerable<SeriesOutcome> Decompose(List<RawSeries> series, SeriesGrid grid)
    {
        _grid = grid;
        CheckPoints(series);
        var summary = new SeriesSummary(_grid, options.Fill, columns.Keys.Count > 0);
        foreach (SeriesOutcome outcome in OrderedParallel.Select(series, Work, context.Threads, context.Cancellation))
        {
            summary.Add(outcome);
            yield return outcome;
        }

        foreach (string sentence in summary.Sentences())
        {
            Remark(sentence);
        }
    }

    private static string Count(long count, string what) => Counted.Of(count, what, what + "s");

    private List<RawSeries> Read(TableStream input)
    {
        var reader = new SeriesReader(schema, columns, options.Aggregate == SeriesAggregate.Count);
        foreach (TableBatch batch in input.TakeBatches())
        {
            context.Cancellation.ThrowIfCancellationRequested();
            reader.Read(batch);
            context.Progress?.Report(reader.Rows);
        }

        foreach (string sentence in reader.Losses())
        {
            Remark(sentence);
        }

        List<RawSeries> series = [.. reader.Series.Where(one => one.Count > 0)];
        series.ForEach(one => one.Sort());
        int unsorted = series.Count(one => !one.CameSorted);
        if (unsorted > 0)
        {
            Remark(columns.Keys.Count == 0
                ? "The rows were not in order of time and have been sorted."
                : $"The rows of {unsorted:N0} of {series.Count:N0} series were not in order of time and have been sorted.");
        }

        return series;
    }

    private void CheckPoints(List<RawSeries> series)
    {
        long total = 0;
        foreach (RawSeries one in series.Where(one => !IsTooLong(one)))
        {
            total += options.Fill == GapFilling.None ? one.Count : _grid.Span(one);
        }

        if (total > options.MaxPoints)
        {
            throw new QuarryException(
                $"The {series.Count:N0} series have {total:N0} steps of {SeriesGrid.Text(_grid.Ticks)} together, and at most {options.MaxPoints:N0} are allowed. "
                + "Give a longer --step, fewer series, or raise --max-points.");
        }
    }

    private bool IsTooLong(RawSeries series) => options.Fill != GapFilling.None && _grid.Span(series) > options.MaxPoints;

    private SeriesOutcome Work(RawSeries raw)
    {
        if (IsTooLong(raw))
        {
            return Fail(raw, _grid.TooLong(raw, options.MaxPoints), raw.Prepare(_grid, options.Aggregate, GapFilling.None));
        }

        EvenSeries series = raw.Prepare(_grid, options.Aggregate, options.Fill);
        IReadOnlyList<int> periods = _periods.Count > 0 ? _periods : [PeriodChoice.Guess(_grid.Step, series.Values.Length)];
        if (series.Values.Length < 2L * periods.Max())
        {
            return Fail(
                raw,
                $"A series of {Count(series.Values.Length, "point")} at steps of {SeriesGrid.Text(_grid.Ticks)} is too short for a period of {periods.Max():N0}: two periods "
                + $"are needed. Give a smaller --period, a shorter --step, or more rows.",
                series);
        }

        if (!Array.TrueForAll(series.Values, double.IsFinite))
        {
            return Fail(raw, "The values of a step add up to more than a number can hold.", series);
        }

        Decomposition components = periods.Count == 1 ? DecomposeOne(series.Values, periods[0]) : Mstl.Decompose(series.Values, periods, Parameters(periods[0])).Sum;
        return new SeriesOutcome(raw.Key, series, periods, SeriesAnomalies.Find(series.Values, components, options.Score, options.EffectiveThreshold), null);
    }

    // A single series that cannot be decomposed is an error; among many it is one that is said, and its rows stay.
    private SeriesOutcome Fail(RawSeries raw, string reason, EvenSeries series) => columns.Keys.Count == 0
        ? throw new QuarryException(reason)
        : new SeriesOutcome(raw.Key, series, [], null, reason);

    private Decomposition DecomposeOne(double[] values, int period)
    {
        if (!_idle.TryTake(out (int Length, int Period, Stl Stl) taken) || taken.Length != values.Length || taken.Period != period)
        {
            taken = (values.Length, period, new Stl(values.Length, Parameters(period)));
        }

        var result = new Decomposition(new double[values.Length], new double[values.Length], new double[values.Length], new double[values.Length]);
        taken.Stl.Decompose(values, result.Trend, result.Seasonal, result.Residual, result.Weights);
        _idle.Add(taken);
        return result;
    }

    private StlParameters Parameters(int period) => new()
    {
        Period = period,
        Seasonal = options.Seasonal,
        Trend = options.Trend,
        LowPass = options.LowPass,
        Robust = options.Robust,
    };

    private void Remark(string sentence) => context.Remark?.Invoke(sentence);
}
