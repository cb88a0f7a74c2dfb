namespace Quarry.Charts;

/// <summary>An event, or what lasted from a time to another.</summary>
/// <param name="Start">When it happened or began, UTC.</param>
/// <param name="End">When it ended; null for a single point in time.</param>
/// <param name="Lane">Which group it belongs to.</param>
/// <param name="Label">What it was.</param>
/// <param name="Stands">Whether it stands out among the others.</param>
public readonly record struct TimelineEvent(DateTime Start, DateTime? End, string Lane, string Label, bool Stands = false);
