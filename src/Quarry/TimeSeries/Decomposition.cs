namespace Quarry.TimeSeries;

/// <summary>The components of a series, a number for each point: value = trend + seasonal + residual.</summary>
/// <param name="Trend">The slow change.</param>
/// <param name="Seasonal">What repeats each period.</param>
/// <param name="Residual">What is left.</param>
/// <param name="Weights">What each point counted, 0 to 1; all 1 unless the decomposition was robust.</param>
public sealed record Decomposition(double[] Trend, double[] Seasonal, double[] Residual, double[] Weights);
