namespace Quarry.Signatures;

/// <summary>The rows of each signature.</summary>
/// <param name="rows">Those of the first signature, of the second, …; rising within each.</param>
/// <param name="first">Where a signature's begin among those; one more than there are signatures.</param>
internal sealed class SignatureRows(int[] rows, int[] first)
{
    /// <summary>A signature's rows, rising.</summary>
    public ReadOnlySpan<int> this[int signature] => rows.AsSpan(first[signature]..first[signature + 1]);
}
