namespace Quarry.Signatures;

/// <summary>How well it splits the rows whether a column is filled.</summary>
/// <param name="Feature">The column.</param>
/// <param name="PresentCount">The rows in which it is filled.</param>
/// <param name="PresentShare">Their share of all rows.</param>
/// <param name="PresentSignatures">The signatures that have it.</param>
/// <param name="MissingSignatures">The signatures that lack it.</param>
/// <param name="Gain">
/// The bits that are learnt about a row's signature by asking whether the column is filled: the entropy of the answer,
/// since the signature decides it. 1 where half of the rows are filled, 0 where all are or none.
/// </param>
public sealed record PivotColumn(
    string Feature, long PresentCount, double PresentShare, int PresentSignatures, int MissingSignatures, double Gain);
