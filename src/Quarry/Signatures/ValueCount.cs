namespace Quarry.Signatures;

/// <summary>A value in a distribution.</summary>
/// <param name="Value">The value as text.</param>
/// <param name="Count">The number of rows that hold it.</param>
/// <param name="Probability">Its share of the rows in which the column is filled.</param>
public sealed record ValueCount(string Value, long Count, double Probability);
