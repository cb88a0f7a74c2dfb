namespace Quarry.Signatures;

/// <summary>How the values of a column are distributed over the rows of a signature, or of the table.</summary>
/// <param name="Feature">The column.</param>
/// <param name="Signature">The signature; null for the whole table.</param>
/// <param name="Rows">The rows in which the column is filled.</param>
/// <param name="DistinctValues">How many values there are.</param>
/// <param name="Values">The most frequent of them, those that come first in the table before others of the same count.</param>
public sealed record FeatureDistribution(
    string Feature, RowSignature? Signature, long Rows, int DistinctValues, IReadOnlyList<ValueCount> Values)
{
    /// <summary>How many values are not among <see cref="Values"/>.</summary>
    public int RestValues => DistinctValues - Values.Count;

    /// <summary>The rows that hold them.</summary>
    public long RestCount => Rows - Values.Sum(v => v.Count);
}
