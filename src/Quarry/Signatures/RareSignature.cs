namespace Quarry.Signatures;

/// <summary>How surprising a signature is.</summary>
/// <param name="Signature">The signature.</param>
/// <param name="Surprise">The bits of information in meeting one of its rows: -log2 of its probability.</param>
/// <param name="Deviation">
/// The same if each column were filled independently of the others, in the share of rows in which it is: high where
/// the signature lacks what most rows have, or has what few rows have.
/// </param>
/// <param name="UnusualFeatures">The columns in which it differs from most rows, the least usual first.</param>
public sealed record RareSignature(
    RowSignature Signature, double Surprise, double Deviation, IReadOnlyList<UnusualFeature> UnusualFeatures);
