namespace Quarry.TimeSeries.Kusto;

/// <summary>The binning of KQL's make-series, on an axis of whole numbers: ticks for datetime and timespan.</summary>
/// <remarks>Source: Kusto's documentation of the make-series operator.</remarks>
public static class MakeSeries
{
    /// <summary>The most elements a series may have.</summary>
    public const int MostBins = 1 << 20;

    /// <summary>The beginnings of the bins: from <paramref name="start"/> on, all below <paramref name="end"/>.</summary>
    /// <exception cref="QuarryException">The step is not above 0, or there are more than <see cref="MostBins"/>.</exception>
    public static long[] Bins(long start, long end, long step)
    {
        if (step <= 0)
        {
            throw new QuarryException("make-series: the step has to be more than nothing.");
        }

        Int128 count = end <= start ? 0 : (((Int128)end - start - 1) / step) + 1;
        if (count > MostBins)
        {
            throw new QuarryException($"make-series: a series has at most {MostBins:N0} elements, and this would have {count:N0}. Take a longer step or a shorter range.");
        }

        long[] bins = new long[(int)count];
        for (int i = 0; i < bins.Length; i++)
        {
            bins[i] = start + (i * step);
        }

        return bins;
    }

    /// <summary>Where a series begins and ends that says neither: at the bin of its first value, and behind the bin of its last.</summary>
    public static (long Start, long End) Range(ReadOnlySpan<long> axis, long step)
    {
        if (axis.IsEmpty)
        {
            return (0, 0);
        }

        long least = long.MaxValue, most = long.MinValue;
        foreach (long value in axis)
        {
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
        }

        return (Floor(least, step), Floor(most, step) + step);
    }

    /// <summary>The bin of each value, as bin_at() has it; -1 for one outside of the range.</summary>
    public static int[] Assign(ReadOnlySpan<long> axis, long start, long end, long step)
    {
        int[] bins = new int[axis.Length];
        for (int i = 0; i < bins.Length; i++)
        {
            bins[i] = axis[i] >= start && axis[i] < end ? (int)(((Int128)axis[i] - start) / step) : -1;
        }

        return bins;
    }

    /// <summary>A series: what the values of each bin come to.</summary>
    /// <param name="axis">Where each value stands.</param>
    /// <param name="values">The values; NaN is null and takes no part.</param>
    /// <param name="start">Where the first bin begins.</param>
    /// <param name="end">Where the bins end, exclusive.</param>
    /// <param name="step">How wide a bin is.</param>
    /// <param name="aggregate">What the values of a bin come to.</param>
    /// <param name="defaultValue">What a bin without a row gets.</param>
    public static double[] Aggregate(
        ReadOnlySpan<long> axis, ReadOnlySpan<double> values, long start, long end, long step, SeriesAggregate aggregate, double defaultValue = 0)
    {
        int count = Bins(start, end, step).Length;
        int[] bins = Assign(axis, start, end, step);
        var rows = new List<double>[count];
        for (int i = 0; i < bins.Length; i++)
        {
            if (bins[i] >= 0)
            {
                (rows[bins[i]] ??= []).Add(values[i]);
            }
        }

        return [.. rows.Select(bin => bin is null ? defaultValue : Of(bin, aggregate))];
    }

    private static double Of(List<double> bin, SeriesAggregate aggregate)
    {
        double[] present = [.. bin.Where(value => !double.IsNaN(value))];
        return aggregate switch
        {
            SeriesAggregate.Count => bin.Count,
            SeriesAggregate.Sum => present.Sum(),
            _ when present.Length == 0 => double.NaN,
            SeriesAggregate.Avg => present.Average(),
            SeriesAggregate.Min => present.Min(),
            SeriesAggregate.Max => present.Max(),
            _ => present[^1],
        };
    }

    private static long Floor(long value, long step)
    {
        long rest = value % step;
        return value - (rest < 0 ? rest + step : rest);
    }
}
