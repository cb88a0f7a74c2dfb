namespace Quarry.TimeSeries.Kusto;

/// <summary>What series_fit_2lines returns.</summary>
/// <param name="RSquare">How good both lines are together, 0 to 1.</param>
/// <param name="SplitIndex">Where the right line begins, from 0.</param>
/// <param name="Variance">The sample variance of the values.</param>
/// <param name="RVariance">The variance of what the lines leave.</param>
/// <param name="Line">The lines' value at each point.</param>
/// <param name="Right">The line from the split on.</param>
/// <param name="Left">The line before the split.</param>
public sealed record TwoLineFit(double RSquare, int SplitIndex, double Variance, double RVariance, double[] Line, LineFit Right, LineFit Left);
