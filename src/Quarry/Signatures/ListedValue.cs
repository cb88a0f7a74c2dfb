namespace Quarry.Signatures;

/// <summary>A value that identifies signatures, and how many it is listed for.</summary>
/// <param name="Feature">The column.</param>
/// <param name="Value">The value as text.</param>
/// <param name="Signatures">How many signatures list it. Always 1 in exact mode; the reference lists a value for several.</param>
public sealed record ListedValue(string Feature, string Value, int Signatures);
