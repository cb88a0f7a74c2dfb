namespace Quarry.Reports;

/// <summary>A change to a text for showing it.</summary>
/// <param name="Position">From where, in UTF-16 units.</param>
/// <param name="Length">How many of them it replaces.</param>
/// <param name="Text">What stands there instead.</param>
internal readonly record struct ShownPatch(int Position, int Length, string Text);
