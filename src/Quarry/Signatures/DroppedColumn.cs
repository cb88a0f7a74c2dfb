namespace Quarry.Signatures;

/// <summary>A column that has no part in the signatures.</summary>
/// <param name="Name">The column.</param>
/// <param name="Reason">The rule that dropped it.</param>
/// <param name="Detail">The pattern that matched, the earlier column it equals, or what it holds in every row.</param>
public sealed record DroppedColumn(string Name, DropReason Reason, string Detail);
