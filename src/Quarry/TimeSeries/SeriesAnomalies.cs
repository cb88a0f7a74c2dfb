namespace Quarry.TimeSeries;

/// <summary>A decomposed series with what stands out of it.</summary>
/// <param name="Components">Trend, season, residual and weights.</param>
/// <param name="Baseline">What was expected: trend + season.</param>
/// <param name="Scores">How far each residual stands out; see <see cref="TimeSeries.Scores"/>.</param>
/// <param name="Anomalies">1 for a spike, -1 for a dip, whatever the season's sign; else 0.</param>
public sealed record SeriesAnomalies(Decomposition Components, double[] Baseline, double[] Scores, int[] Anomalies)
{
    /// <summary>Decomposes a series and finds what stands out.</summary>
    /// <param name="values">The values at even steps, all finite.</param>
    /// <param name="parameters">The parameters of the decomposition.</param>
    /// <param name="score">How the score is measured.</param>
    /// <param name="threshold">A score above it is a spike, one below its negative a dip; 3, or 1.5 for tukey, if null.</param>
    /// <exception cref="QuarryException">A parameter is out of its range, a value is not finite, or there are fewer than two periods.</exception>
    public static SeriesAnomalies Find(
        ReadOnlySpan<double> values, StlParameters? parameters = null, AnomalyScore score = AnomalyScore.Zscore, double? threshold = null) =>
        Find(values, Stl.Decompose(values, parameters ?? new StlParameters()), score, threshold);

    /// <summary>Finds what stands out of a series that was decomposed.</summary>
    /// <param name="values">The values.</param>
    /// <param name="components">Their components.</param>
    /// <param name="score">How the score is measured.</param>
    /// <param name="threshold">A score above it is a spike, one below its negative a dip; 3, or 1.5 for tukey, if null.</param>
    public static SeriesAnomalies Find(
        ReadOnlySpan<double> values, Decomposition components, AnomalyScore score = AnomalyScore.Zscore, double? threshold = null)
    {
        double[] baseline = new double[values.Length];
        for (int i = 0; i < baseline.Length; i++)
        {
            baseline[i] = components.Trend[i] + components.Seasonal[i];
        }

        double[] scores = TimeSeries.Scores.Of(components.Residual, values, score);
        int[] anomalies = TimeSeries.Scores.Flag(scores, threshold ?? (score == AnomalyScore.Tukey ? 1.5 : 3));
        return new SeriesAnomalies(components, baseline, scores, anomalies);
    }
}
