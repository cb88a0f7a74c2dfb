namespace Quarry.Charts;

/// <summary>A series of a <see cref="GroupedBarChart"/>.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Values">A value for each label; NaN where there is none.</param>
public sealed record BarGroup(string Name, IReadOnlyList<double> Values);
