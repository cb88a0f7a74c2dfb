namespace Quarry.Signatures;

/// <summary>A value of a feature within a signature.</summary>
/// <param name="Feature">The column.</param>
/// <param name="Value">The value as text.</param>
/// <param name="Count">The number of the signature's rows that hold it.</param>
/// <param name="Share">The share of all rows with this value that are rows of the signature: 1 where it stands nowhere else.</param>
public sealed record FeatureValue(string Feature, string Value, long Count, double Share);
