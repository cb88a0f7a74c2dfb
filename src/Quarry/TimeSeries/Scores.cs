namespace Quarry.TimeSeries;

/// <summary>Scores of residuals, and the anomalies that follow from them.</summary>
public static class Scores
{
    // 1 / Φ⁻¹(3/4), and √(π/2): what makes a deviation of the middle and of the mean a standard deviation of normal values.
    private const double OfMedian = 1.482602218505602;
    private const double OfMean = 1.2533141373155001;

    // Residuals that spread less than this share of the values' range are what rounding left of a perfect fit.
    private const double Rounding = 1e-12;

    /// <summary>
    /// The score of each residual, positive above and negative below. All are 0 where the residuals do not spread: a constant series
    /// and one that repeats perfectly have nothing that stands out.
    /// </summary>
    /// <param name="residuals">The residuals.</param>
    /// <param name="values">The values they belong to, whose range tells residuals from rounding.</param>
    /// <param name="score">How to measure.</param>
    /// <returns>
    /// zscore: (r - mean) / standard deviation, with divisor n. mad: (r - median) / (1.4826 median |r - median|); where more than half of the
    /// residuals are equal, 1.2533 times the mean deviation takes the place of the median one. tukey: how far r is beyond the 10th or 90th
    /// percentile, divided by the distance between the two.
    /// </returns>
    public static double[] Of(ReadOnlySpan<double> residuals, ReadOnlySpan<double> values, AnomalyScore score)
    {
        double[] scores = new double[residuals.Length];
        double range = 0;
        foreach (double value in values)
        {
            range = Math.Max(range, Math.Abs(value - values[0]));
        }

        (double low, double high, double scale) = score switch
        {
            AnomalyScore.Zscore => Deviation(residuals),
            AnomalyScore.Mad => MedianDeviation(residuals, range * Rounding),
            _ => Fences(residuals, range * Rounding),
        };
        if (!(scale > range * Rounding))
        {
            return scores;
        }

        for (int i = 0; i < scores.Length; i++)
        {
            double r = residuals[i];
            scores[i] = r > high ? (r - high) / scale : r < low ? (r - low) / scale : 0;
        }

        return scores;
    }

    /// <summary>1 for a score above the threshold (a spike), -1 for one below its negative (a dip), else 0.</summary>
    public static int[] Flag(ReadOnlySpan<double> scores, double threshold)
    {
        int[] anomalies = new int[scores.Length];
        for (int i = 0; i < scores.Length; i++)
        {
            anomalies[i] = scores[i] > threshold ? 1 : scores[i] < -threshold ? -1 : 0;
        }

        return anomalies;
    }

    /// <summary>
    /// Anomalies by other thresholds, which count as reached when they are equalled: 1 for a score of at least
    /// <paramref name="threshold"/>, -1 for one of at most -<paramref name="thresholdLow"/>. NaN is none.
    /// </summary>
    /// <param name="scores">The scores.</param>
    /// <param name="threshold">The threshold for spikes.</param>
    /// <param name="thresholdLow">That for dips, 0 included; the same as for spikes if null.</param>
    public static int[] ApplyThreshold(ReadOnlySpan<double> scores, double threshold, double? thresholdLow = null)
    {
        double low = thresholdLow ?? threshold;
        int[] anomalies = new int[scores.Length];
        for (int i = 0; i < scores.Length; i++)
        {
            anomalies[i] = scores[i] >= threshold ? 1 : scores[i] <= -low ? -1 : 0;
        }

        return anomalies;
    }

    private static (double Low, double High, double Scale) Deviation(ReadOnlySpan<double> values)
    {
        double mean = Mean(values), squares = 0, largest = 0;
        foreach (double value in values)
        {
            largest = Math.Max(largest, Math.Abs(value - mean));
        }

        foreach (double value in values)
        {
            // As shares of the largest: squares of huge numbers overflow.
            squares += largest == 0 ? 0 : (value - mean) / largest * ((value - mean) / largest);
        }

        return (mean, mean, largest * Math.Sqrt(squares / values.Length));
    }

    private static (double Low, double High, double Scale) MedianDeviation(ReadOnlySpan<double> values, double least)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        double median = Percentile(sorted, 50);
        double[] deviations = [.. sorted.Select(value => Math.Abs(value - median))];
        Array.Sort(deviations);
        double scale = OfMedian * Percentile(deviations, 50);
        return (median, median, scale > least ? scale : OfMean * Mean(deviations));
    }

    private static (double Low, double High, double Scale) Fences(ReadOnlySpan<double> values, double least)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        (double low, double high) = (Percentile(sorted, 10), Percentile(sorted, 90));

        // Where four of five are equal the fences have no distance: the next wider measure takes its place.
        return high - low > least ? (low, high, high - low) : (low, high, 2.5631 * OfMean * Mean([.. sorted.Select(value => Math.Abs(value - low))]));
    }

    /// <summary>A percentile of sorted values, on the line between the two nearest.</summary>
    internal static double Percentile(ReadOnlySpan<double> sorted, double percent)
    {
        if (sorted.IsEmpty)
        {
            return double.NaN;
        }

        double at = (sorted.Length - 1) * percent / 100;
        int below = (int)at;
        return below + 1 >= sorted.Length ? sorted[^1] : sorted[below] + ((sorted[below + 1] - sorted[below]) * (at - below));
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double mean = 0;
        for (int i = 0; i < values.Length; i++)
        {
            mean += (values[i] - mean) / (i + 1);
        }

        return mean;
    }
}
