namespace Quarry.TimeSeries.Kusto;

/// <summary>KQL's series_decompose and the functions on top of it. NaN stands for null.</summary>
/// <remarks>
/// Source: Kusto's documentation of series_decompose(), series_decompose_anomalies() and series_decompose_forecast(), which fixes the
/// steps: the season is the median of each phase, then the trend is taken of what the season leaves, and the residual is the rest.
/// It does not fix how a season is detected nor what scale a score has; see <see cref="SeriesPeriods"/> and <see cref="SeriesOutliers"/>.
/// </remarks>
public static class SeriesDecompose
{
    /// <summary>series_decompose(): season, trend and residual.</summary>
    /// <param name="series">The values; NaN is null, takes no part in the learning, and has no residual.</param>
    /// <param name="seasonality">The period in points; 0 for none, -1 to detect it.</param>
    /// <param name="trend">How to take the trend.</param>
    /// <param name="testPoints">How many points at the end to predict without learning from them.</param>
    /// <param name="seasonalityThreshold">The least score of a period that is detected.</param>
    /// <exception cref="QuarryException">An argument is out of its range.</exception>
    public static KustoDecomposition Decompose(
        ReadOnlySpan<double> series, int seasonality = -1, TrendKind trend = TrendKind.Avg, int testPoints = 0, double seasonalityThreshold = 0.6)
    {
        if (seasonality < -1 || testPoints < 0 || testPoints > series.Length)
        {
            throw new QuarryException("series_decompose: the seasonality is -1, 0 or a period, and the test points are no more than the series has.");
        }

        ReadOnlySpan<double> learnt = series[..^testPoints];
        int period = seasonality >= 0 ? seasonality : DetectPeriod(learnt, seasonalityThreshold);
        double[] seasonal = Season(learnt, period, series.Length);
        double[] rest = new double[learnt.Length];
        Lanes.Subtract(learnt, seasonal.AsSpan(0, rest.Length), rest);
        double[] trends = Trend(rest, trend, series.Length);
        var result = new KustoDecomposition(new double[series.Length], seasonal, trends, new double[series.Length]);
        for (int i = 0; i < series.Length; i++)
        {
            result.Baseline[i] = seasonal[i] + trends[i];
            result.Residual[i] = series[i] - result.Baseline[i];
        }

        return result;
    }

    /// <summary>series_decompose_anomalies(): what the residuals of <see cref="Decompose"/> have of outliers.</summary>
    /// <param name="series">The values.</param>
    /// <param name="threshold">The least score of an anomaly, exclusive.</param>
    /// <param name="seasonality">See <see cref="Decompose"/>.</param>
    /// <param name="trend">See <see cref="Decompose"/>.</param>
    /// <param name="testPoints">See <see cref="Decompose"/>.</param>
    /// <param name="customFences">ctukey, the 10th and 90th percentile, if true; tukey, the quartiles, if false.</param>
    /// <param name="seasonalityThreshold">See <see cref="Decompose"/>.</param>
    public static KustoAnomalies Anomalies(
        ReadOnlySpan<double> series, double threshold = 1.5, int seasonality = -1, TrendKind trend = TrendKind.Avg, int testPoints = 0,
        bool customFences = true, double seasonalityThreshold = 0.6)
    {
        KustoDecomposition parts = Decompose(series, seasonality, trend, testPoints, seasonalityThreshold);
        double[] scores = customFences ? SeriesOutliers.Score(parts.Residual) : SeriesOutliers.Score(parts.Residual, 25, 75);
        return new KustoAnomalies(Scores.Flag(scores, threshold), scores, parts.Baseline);
    }

    /// <summary>series_decompose_forecast(): the baseline of the whole series, learnt without its last points.</summary>
    public static double[] Forecast(
        ReadOnlySpan<double> series, int points, int seasonality = -1, TrendKind trend = TrendKind.Avg, double seasonalityThreshold = 0.6) =>
        Decompose(series, seasonality, trend, points, seasonalityThreshold).Baseline;

    private static int DetectPeriod(ReadOnlySpan<double> series, double threshold)
    {
        (double[] periods, double[] scores) = SeriesPeriods.Detect(series, 4, series.Length / 2.0, 1);
        return scores is [var best, ..] && best >= threshold ? (int)periods[0] : 0;
    }

    private static double[] Season(ReadOnlySpan<double> series, int period, int length)
    {
        double[] season = new double[length];
        var phase = new List<double>();
        for (int first = 0; first < Math.Min(period, length); first++)
        {
            phase.Clear();
            for (int i = first; i < series.Length; i += period)
            {
                if (!double.IsNaN(series[i]))
                {
                    phase.Add(series[i]);
                }
            }

            phase.Sort();
            double median = phase.Count == 0 ? 0 : Scores.Percentile(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(phase), 50);
            for (int i = first; i < length; i += period)
            {
                season[i] = median;
            }
        }

        return season;
    }

    private static double[] Trend(ReadOnlySpan<double> series, TrendKind kind, int length)
    {
        double[] trend = new double[length];
        if (kind == TrendKind.None)
        {
            return trend;
        }

        (double slope, double intercept) = kind == TrendKind.Linefit ? SeriesFit.Regress(series, 1) : (0, Mean(series));
        for (int i = 0; i < length; i++)
        {
            trend[i] = (slope * (i + 1)) + intercept;
        }

        return trend;
    }

    private static double Mean(ReadOnlySpan<double> series)
    {
        double sum = 0;
        int count = 0;
        foreach (double value in series)
        {
            (sum, count) = double.IsNaN(value) ? (sum, count) : (sum + value, count + 1);
        }

        return count == 0 ? 0 : sum / count;
    }
}
