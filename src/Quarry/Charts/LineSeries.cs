namespace Quarry.Charts;

/// <summary>A line of a <see cref="LineChart"/>.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Points">The points, in order of x.</param>
public sealed record LineSeries(string Name, IReadOnlyList<LinePoint> Points);
