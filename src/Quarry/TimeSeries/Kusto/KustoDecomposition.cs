namespace Quarry.TimeSeries.Kusto;

/// <summary>What series_decompose returns; NaN stands for null.</summary>
/// <param name="Baseline">seasonal + trend.</param>
/// <param name="Seasonal">The season.</param>
/// <param name="Trend">The trend.</param>
/// <param name="Residual">The series less the baseline.</param>
public sealed record KustoDecomposition(double[] Baseline, double[] Seasonal, double[] Trend, double[] Residual);
