namespace Quarry.TimeSeries;

/// <summary>A stretch of time around points that stand out.</summary>
/// <param name="Start">When it begins, UTC.</param>
/// <param name="End">When it ends, UTC.</param>
public readonly record struct AnomalyPeriod(DateTime Start, DateTime End);
