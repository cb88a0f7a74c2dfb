namespace Quarry.TimeSeries;

/// <summary>A series at even steps.</summary>
/// <param name="Times">When each point is, UTC, rising.</param>
/// <param name="Values">The values.</param>
/// <param name="Rows">How many rows each point was made of; 0 where a gap was filled.</param>
/// <param name="Step">From one point to the next; where gaps were left out, at least.</param>
public sealed record EvenSeries(DateTime[] Times, double[] Values, int[] Rows, TimeSpan Step)
{
    /// <summary>How many rows share a point with another.</summary>
    public long Duplicates => Rows.Sum(rows => (long)Math.Max(0, rows - 1));

    /// <summary>How many points were filled in.</summary>
    public int Filled => Rows.Count(rows => rows == 0);

    /// <summary>How many steps between the first point and the last are not there, because gaps were left out.</summary>
    public long LeftOut => Times.Length == 0 ? 0 : ((Times[^1] - Times[0]).Ticks / Step.Ticks) + 1 - Times.Length;

    /// <summary>
    /// Makes an even series of rows in any order: sorted, rows of one step aggregated, gaps filled.
    /// </summary>
    /// <param name="times">The times.</param>
    /// <param name="values">A value for each time, finite.</param>
    /// <param name="step">The length of a step; what is most often between the times if null.</param>
    /// <param name="aggregate">What several rows of a step come to.</param>
    /// <param name="fill">What a step without a row counts as.</param>
    /// <param name="maxPoints">The most points it may have.</param>
    /// <exception cref="QuarryException">The times have no even step and none is given, there are too many steps, or gaps are an error.</exception>
    public static EvenSeries Of(
        ReadOnlySpan<DateTime> times, ReadOnlySpan<double> values, TimeSpan? step = null,
        SeriesAggregate aggregate = SeriesAggregate.Sum, GapFilling fill = GapFilling.Zero, int maxPoints = 5_000_000)
    {
        var raw = new RawSeries([]);
        for (int i = 0; i < times.Length; i++)
        {
            raw.Add(times[i].Ticks, values[i]);
        }

        raw.Sort();
        SeriesGrid grid = step is { } given ? SeriesGrid.Aligned(given) : SeriesGrid.Infer([raw]);
        if (fill != GapFilling.None && raw.Count > 0 && grid.Span(raw) > maxPoints)
        {
            throw new QuarryException(grid.TooLong(raw, maxPoints));
        }

        return raw.Prepare(grid, aggregate, fill);
    }
}
