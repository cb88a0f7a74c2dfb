namespace Quarry.Charts;

/// <summary>A point of a decomposed series. NaN is a gap.</summary>
/// <param name="Time">When, UTC.</param>
/// <param name="Value">The observed value.</param>
/// <param name="Baseline">What was expected: trend and season.</param>
/// <param name="Score">How far it stands out.</param>
/// <param name="Anomaly">1 for a spike, -1 for a dip, 0 for neither.</param>
public readonly record struct SeriesPoint(DateTime Time, double Value, double Baseline, double Score, int Anomaly);
