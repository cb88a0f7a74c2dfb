namespace Quarry.Charts;

/// <summary>A bar.</summary>
/// <param name="Label">What it stands for. Two bars may have the same.</param>
/// <param name="Value">How long it is.</param>
/// <param name="IsRest">Whether it stands for all that is not shown singly.</param>
public readonly record struct Bar(string Label, double Value, bool IsRest = false);
