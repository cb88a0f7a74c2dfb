using System.Globalization;
using System.Runtime.InteropServices;

namespace Quarry.TimeSeries;

/// <summary>Even steps of time, to which the points of all series of a run belong.</summary>
/// <param name="Origin">Where a step begins, in ticks.</param>
/// <param name="Ticks">How long a step is, in ticks.</param>
/// <param name="IsInferred">Whether it was told from the times.</param>
internal readonly record struct SeriesGrid(long Origin, long Ticks, bool IsInferred)
{
    private const double MostUneven = 0.1;

    /// <summary>The step.</summary>
    public TimeSpan Step => new(Ticks);

    /// <summary>Steps that begin at whole multiples, as KQL's bin() has them: hours on the hour, days at midnight.</summary>
    public static SeriesGrid Aligned(TimeSpan step) => new(0, step.Ticks, false);

    /// <summary>
    /// The steps that the times themselves have: what is most often between neighbours, beginning at the first. At least nine of ten
    /// distances have to be whole multiples of it.
    /// </summary>
    /// <param name="series">The series, each sorted.</param>
    /// <exception cref="QuarryException">There is no such step.</exception>
    public static SeriesGrid Infer(IReadOnlyList<RawSeries> series)
    {
        var counts = new Dictionary<long, long>();
        long first = long.MaxValue;
        foreach (RawSeries one in series)
        {
            ReadOnlySpan<long> times = one.Times;
            first = times.IsEmpty ? first : Math.Min(first, times[0]);
            for (int i = 1; i < times.Length; i++)
            {
                if (times[i] > times[i - 1])
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(counts, times[i] - times[i - 1], out _)++;
                }
            }
        }

        return Infer(counts, first == long.MaxValue ? 0 : first);
    }

    /// <summary>As <see cref="Infer(IReadOnlyList{RawSeries})"/>, from how often each distance stands between neighbours, and the first time.</summary>
    /// <exception cref="QuarryException">There is no such step.</exception>
    public static SeriesGrid Infer(IReadOnlyDictionary<long, long> counts, long first)
    {
        if (counts.Count == 0)
        {
            return new SeriesGrid(first % TimeSpan.TicksPerHour, TimeSpan.TicksPerHour, true);
        }

        long distances = counts.Values.Sum();

        long step = counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).First().Key;
        long uneven = counts.Where(pair => pair.Key % step != 0).Sum(pair => pair.Value);
        return uneven <= MostUneven * distances
            ? new SeriesGrid(first % step, step, true)
            : throw new QuarryException(
                $"The times are not at even steps: most often {Text(step)} lie between two of them, but {uneven:N0} of {distances:N0} distances are no "
                + "multiple of it. Give --step, such as --step 1h, to add the rows up by steps (--aggregate count to count them).");
    }

    /// <summary>The number of a time's step.</summary>
    public long IndexOf(long ticks) => (ticks - Origin) / Ticks;

    /// <summary>When a step begins.</summary>
    public DateTime TimeOf(long index) => new(Origin + (index * Ticks), DateTimeKind.Utc);

    /// <summary>How many steps a sorted series reaches over.</summary>
    public long Span(RawSeries series) => IndexOf(series.Times[^1]) - IndexOf(series.Times[0]) + 1;

    /// <summary>What to say of a series that reaches over too many.</summary>
    public string TooLong(RawSeries series, int most)
    {
        string from = Text(new DateTime(series.Times[0])), to = Text(new DateTime(series.Times[^1]));
        return $"The times reach from {from} to {to}: {Span(series):N0} steps of {Text(Ticks)}, and at most {most:N0} are allowed. "
            + "Leave out the times that are wrong, give a longer --step, or raise --max-points.";
    }

    /// <summary>A length of time for a person, in the largest unit of which it is a whole number.</summary>
    public static string Text(long ticks) => Catalogue.DurationText.Format(new TimeSpan(ticks));

    private static string Text(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
