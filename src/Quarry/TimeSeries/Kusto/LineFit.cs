namespace Quarry.TimeSeries.Kusto;

/// <summary>What series_fit_line returns.</summary>
/// <param name="RSquare">How good the line is, 0 to 1.</param>
/// <param name="Slope">a of y = ax + b, where the first point has x = 1.</param>
/// <param name="Variance">The sample variance of the values.</param>
/// <param name="RVariance">The variance of what the line leaves.</param>
/// <param name="Interception">b of y = ax + b.</param>
/// <param name="Line">The line's value at each point.</param>
public sealed record LineFit(double RSquare, double Slope, double Variance, double RVariance, double Interception, double[] Line);
