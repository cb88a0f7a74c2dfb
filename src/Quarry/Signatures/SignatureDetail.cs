namespace Quarry.Signatures;

/// <summary>All about a signature.</summary>
/// <param name="Signature">The signature.</param>
/// <param name="DistinctValues">How many different values each of its present features has, in their order.</param>
/// <param name="Always">The values that stand in every one of its rows.</param>
/// <param name="Unique">
/// The values that identify it. In exact mode the values of features with at most as many different values as the threshold says that
/// stand in no row of another signature; in reference mode the first value of each such feature, wherever else it stands.
/// </param>
public sealed record SignatureDetail(
    RowSignature Signature,
    IReadOnlyList<int> DistinctValues,
    IReadOnlyList<FeatureValue> Always,
    IReadOnlyList<FeatureValue> Unique);
