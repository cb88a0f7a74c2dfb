using System.Text;

namespace Quarry.Decoding;

/// <summary>
/// Finds what is encoded and packed in a text (base64 and the other encodings that attackers use, gzip, zip, tar, DEFLATE)
/// and unpacks it, layer by layer. Calls share no state and may run at the same time.
/// </summary>
public static class Base64Unpacker
{
    /// <summary>Unpacks a text. Lone surrogates in it become U+FFFD; offsets in the result are those of its UTF-8.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">What to look for and where to stop; null for the defaults.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static UnpackResult Unpack(string text, DecodeOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Unpack(Encoding.UTF8.GetBytes(text), options ?? DecodeOptions.Default, TimeProvider.System, cancellation);
    }

    /// <summary>Unpacks a text given as UTF-8. Bytes that are not UTF-8 are kept as they are.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="options">What to look for and where to stop; null for the defaults.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static UnpackResult Unpack(ReadOnlySpan<byte> utf8, DecodeOptions? options = null, CancellationToken cancellation = default) =>
        Unpack(utf8.ToArray(), options ?? DecodeOptions.Default, TimeProvider.System, cancellation);

    /// <summary>
    /// Whether a text may hold something encoded: false is certain, true means that it is worth unpacking. At memory speed. Ask it
    /// of one text, not of several joined: what stands before a run decides. <see cref="DecodeTables"/> scans joined rows by itself.
    /// </summary>
    /// <param name="utf8">The text.</param>
    /// <param name="options">What to look for; null for the defaults.</param>
    public static bool MayContainEncoded(ReadOnlySpan<byte> utf8, DecodeOptions? options = null) =>
        CandidateFinder.MayContain(utf8, options ?? DecodeOptions.Default);

    internal static UnpackResult Unpack(ReadOnlyMemory<byte> utf8, DecodeOptions options, TimeProvider clock, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!CandidateFinder.MayContain(utf8.Span, options))
        {
            return new UnpackResult(utf8, [], null);
        }

        using var unpacking = new Unpacking(options, new Budget(options, clock, cancellation));
        return unpacking.Unpack(utf8);
    }
}
