using System.Runtime.InteropServices;

namespace Quarry.TimeSeries;

/// <summary>The rows of one series as they were read, then sorted.</summary>
/// <param name="key">The values of the key columns.</param>
internal sealed class RawSeries(object?[] key)
{
    private readonly List<long> _times = [];
    private readonly List<double> _values = [];
    private List<int>? _rows; // how many rows each value is made of; null where it is one
    private bool _isSorted = true;

    public object?[] Key { get; } = key;

    public int Count => _times.Count;

    /// <summary>The times, in ticks.</summary>
    public ReadOnlySpan<long> Times => CollectionsMarshal.AsSpan(_times);

    /// <summary>Whether the rows came in order of time.</summary>
    public bool CameSorted { get; private set; } = true;

    public void Add(long ticks, double value)
    {
        _isSorted &= _times.Count == 0 || ticks >= _times[^1];
        _times.Add(ticks);
        _values.Add(value);
    }

    /// <summary>Adds what the rows of a step came to elsewhere. The steps come in order, each once.</summary>
    public void AddStep(long ticks, double value, int rows)
    {
        Add(ticks, value);
        (_rows ??= []).Add(rows);
    }

    /// <summary>Sorts by time; rows of the same time keep their order.</summary>
    public void Sort()
    {
        if (_isSorted)
        {
            return;
        }

        CameSorted = false;
        (long Time, int Row)[] order = [.. _times.Select((time, row) => (time, row))];
        Array.Sort(order);
        double[] values = [.. order.Select(o => _values[o.Row])];
        for (int i = 0; i < order.Length; i++)
        {
            (_times[i], _values[i]) = (order[i].Time, values[i]);
        }

        _isSorted = true;
    }

    /// <summary>How many rows do not stand at the beginning of a step.</summary>
    public int OffGrid(SeriesGrid grid)
    {
        int count = 0;
        foreach (long time in Times)
        {
            count += (time - grid.Origin) % grid.Ticks == 0 ? 0 : 1;
        }

        return count;
    }

    /// <summary>The even series of the sorted rows.</summary>
    /// <exception cref="QuarryException">There is a gap, and gaps are an error.</exception>
    public EvenSeries Prepare(SeriesGrid grid, SeriesAggregate aggregate, GapFilling fill)
    {
        var times = new List<DateTime>();
        var values = new List<double>();
        var rows = new List<int>();
        long previous = 0;
        for (int from = 0, to; from < Count; from = to)
        {
            long index = grid.IndexOf(_times[from]);
            for (to = from + 1; to < Count && grid.IndexOf(_times[to]) == index;)
            {
                to++;
            }

            double value = Aggregate(CollectionsMarshal.AsSpan(_values)[from..to], aggregate);
            if (from > 0 && index > previous + 1)
            {
                Fill(grid, fill, previous, index, value, times, values, rows);
            }

            times.Add(grid.TimeOf(index));
            values.Add(value);
            rows.Add(_rows is null ? to - from : _rows[from]);
            previous = index;
        }

        return new EvenSeries([.. times], [.. values], [.. rows], grid.Step);
    }

    private static void Fill(
        SeriesGrid grid, GapFilling fill, long previous, long next, double nextValue, List<DateTime> times, List<double> values, List<int> rows)
    {
        if (fill == GapFilling.Error)
        {
            throw new QuarryException(
                $"There is no row between {grid.TimeOf(previous):u} and {grid.TimeOf(next):u}, at steps of {SeriesGrid.Text(grid.Ticks)}. "
                + "Fill gaps with --fill zero, previous or linear, or leave them out with --fill none.");
        }

        double previousValue = values[^1];
        for (long index = previous + 1; index < next && fill != GapFilling.None; index++)
        {
            double share = (double)(index - previous) / (next - previous);
            times.Add(grid.TimeOf(index));
            rows.Add(0);
            values.Add(fill switch
            {
                GapFilling.Previous => previousValue,
                GapFilling.Linear => (previousValue * (1 - share)) + (nextValue * share),
                _ => 0,
            });
        }
    }

    private static double Aggregate(ReadOnlySpan<double> values, SeriesAggregate aggregate)
    {
        double sum = 0, least = values[0], most = values[0];
        foreach (double value in values)
        {
            sum += value;
            least = Math.Min(least, value);
            most = Math.Max(most, value);
        }

        return aggregate switch
        {
            SeriesAggregate.Sum => sum,
            SeriesAggregate.Avg => sum / values.Length,
            SeriesAggregate.Min => least,
            SeriesAggregate.Max => most,
            SeriesAggregate.Count => values.Length,
            _ => values[^1],
        };
    }
}
