namespace Quarry.TimeSeries.Kusto;

/// <summary>What series_decompose_anomalies returns.</summary>
/// <param name="Flag">ad_flag: 1 up, -1 down, 0 neither.</param>
/// <param name="Score">ad_score, by series_outliers of the residual.</param>
/// <param name="Baseline">The predicted value.</param>
public sealed record KustoAnomalies(int[] Flag, double[] Score, double[] Baseline);
