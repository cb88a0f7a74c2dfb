namespace Quarry.TimeSeries.Kusto;

/// <summary>KQL's series_outliers: Tukey's fences. NaN stands for null.</summary>
/// <remarks>
/// Source: Kusto's documentation, which fixes the percentiles, the sign, that above 1.5 is an anomaly and that nulls score 0. It does not fix
/// the score's scale; here it is the distance beyond the percentile in distances between the two, so that 1.5 is Tukey's fence.
/// </remarks>
public static class SeriesOutliers
{
    /// <summary>The score of each value.</summary>
    /// <param name="series">The values.</param>
    /// <param name="minPercentile">The lower percentile; 10 for ctukey, 25 for tukey.</param>
    /// <param name="maxPercentile">The upper percentile; 90 for ctukey, 75 for tukey.</param>
    /// <param name="ignore">A value that counts as null.</param>
    /// <exception cref="QuarryException">A percentile is not from 2 to 98, or the lower one is not below the upper.</exception>
    public static double[] Score(ReadOnlySpan<double> series, double minPercentile = 10, double maxPercentile = 90, double ignore = double.NaN)
    {
        if (!(minPercentile >= 2 && maxPercentile <= 98 && minPercentile < maxPercentile))
        {
            throw new QuarryException($"series_outliers: percentiles are from 2 to 98, the lower first, not {minPercentile} and {maxPercentile}.");
        }

        var kept = new List<double>();
        foreach (double value in series)
        {
            if (!IsMissing(value))
            {
                kept.Add(value);
            }
        }

        kept.Sort();
        ReadOnlySpan<double> sorted = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(kept);
        double low = Scores.Percentile(sorted, minPercentile), high = Scores.Percentile(sorted, maxPercentile);
        double[] scores = new double[series.Length];
        for (int i = 0; i < scores.Length && high > low; i++)
        {
            double value = series[i];
            scores[i] = IsMissing(value) ? 0 : value > high ? (value - high) / (high - low) : value < low ? (value - low) / (high - low) : 0;
        }

        return scores;

        bool IsMissing(double value) => double.IsNaN(value) || value == ignore;
    }
}
