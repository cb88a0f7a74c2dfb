namespace Quarry.TimeSeries.Kusto;

/// <summary>KQL's series_periods_detect and series_periods_validate: how strongly a series repeats.</summary>
/// <remarks>
/// Source: Kusto's documentation, which fixes the range of periods (4 points to half the series) and of scores (0 to 1), not the method. Here
/// a period is the highest peak of the autocorrelation in its neighbourhood, and its score the lesser of the autocorrelations at the period and, where the series reaches, at
/// its double; that gives the documented example's 14 and 0.84. NaN counts as the mean.
/// </remarks>
public static class SeriesPeriods
{
    private const int Least = 4;

    /// <summary>series_periods_detect(): the periods with the best scores, the best first, filled up with 0.</summary>
    /// <param name="series">The values at even steps.</param>
    /// <param name="minPeriod">The shortest period to look for.</param>
    /// <param name="maxPeriod">The longest.</param>
    /// <param name="count">How many to return.</param>
    public static (double[] Periods, double[] Scores) Detect(ReadOnlySpan<double> series, double minPeriod, double maxPeriod, int count)
    {
        double[] correlation = Autocorrelation.Of(series);
        var found = new List<(int Period, double Score)>();
        for (int period = Least; period <= series.Length / 2; period++)
        {
            if (period >= minPeriod && period <= maxPeriod && Score(correlation, period) is > 0 and var score)
            {
                found.Add((period, score));
            }
        }

        var best = new List<(int Period, double Score)>();
        foreach ((int period, double score) in found.OrderByDescending(f => f.Score).ThenBy(f => f.Period))
        {
            // What repeats after 24 points repeats after 48 as well; that is no period of its own.
            int at = best.FindIndex(b => period % b.Period == 0 || b.Period % period == 0);
            if (at < 0)
            {
                best.Add((period, score));
            }
            else if (period < best[at].Period && score > 0.9 * best[at].Score)
            {
                best[at] = (period, score);
            }
        }

        double[] periods = new double[Math.Max(count, 0)], scores = new double[periods.Length];
        for (int i = 0; i < Math.Min(best.Count, periods.Length); i++)
        {
            (periods[i], scores[i]) = best[i];
        }

        return (periods, scores);
    }

    /// <summary>series_periods_validate(): the score of each period; 0 for one outside of 4 to half the series, or that is no peak.</summary>
    /// <param name="series">The values at even steps.</param>
    /// <param name="periods">The periods, rounded to whole points.</param>
    public static double[] Validate(ReadOnlySpan<double> series, params ReadOnlySpan<double> periods)
    {
        double[] correlation = Autocorrelation.Of(series);
        double[] scores = new double[periods.Length];
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = periods[i] >= Least && periods[i] <= series.Length / 2.0
                ? Math.Max(0, Score(correlation, (int)Math.Round(periods[i])))
                : 0;
        }

        return scores;
    }

    private static double Score(double[] correlation, int period)
    {
        // The highest of its neighbourhood: a series that alternates within its period has lesser peaks on either side.
        int reach = Math.Max(1, period / 4);
        for (int near = period - reach; near <= period + reach; near++)
        {
            if (near < correlation.Length && correlation[near] > correlation[period])
            {
                return 0;
            }
        }

        double twice = 2 * period <= correlation.Length / 2 ? correlation[2 * period] : 1;
        return period + reach < correlation.Length ? Math.Min(1, Math.Min(correlation[period], twice)) : 0;
    }
}
