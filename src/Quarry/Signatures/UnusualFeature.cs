namespace Quarry.Signatures;

/// <summary>A column in which a signature differs from most rows.</summary>
/// <param name="Feature">The column.</param>
/// <param name="IsPresent">Whether it is filled in the signature's rows.</param>
/// <param name="Share">The share of the table's rows in which it is the same.</param>
public readonly record struct UnusualFeature(string Feature, bool IsPresent, double Share);
