namespace Quarry.Charts;

/// <summary>A point of a line.</summary>
/// <param name="X">Where; on an axis of time in milliseconds since 1970, UTC.</param>
/// <param name="Y">How much; NaN is a gap.</param>
public readonly record struct LinePoint(double X, double Y);
