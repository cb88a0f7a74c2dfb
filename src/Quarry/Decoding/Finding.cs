namespace Quarry.Decoding;

/// <summary>What decoded bytes turned out to be.</summary>
/// <param name="Encoding">How they read as text, or none.</param>
/// <param name="FileType">The type their first bytes tell, or null.</param>
/// <param name="Inflated">What came out, where they are a compressed stream without a magic number.</param>
internal readonly record struct Reading(TextEncodingKind Encoding, string? FileType, Archive? Inflated = null)
{
    /// <summary>Whether the bytes are something: text, a known file type, or a stream that inflates.</summary>
    public bool IsStrong => Encoding != TextEncodingKind.None || FileType is not null || Inflated is not null;

    /// <summary>Reads bytes. <paramref name="announced"/>: the text around them names DEFLATE.</summary>
    public static Reading Of(ReadOnlySpan<byte> bytes, bool announced, bool isCut, Budget budget)
    {
        string? type = FileTypes.Detect(bytes);
        TextEncodingKind encoding = Archives.CanOpen(type) ? TextEncodingKind.None : TextReading.Decide(bytes, isCut);
        Archive? inflated = type is null && encoding == TextEncodingKind.None ? Archives.TryInflate(bytes, announced, budget) : null;
        return new Reading(encoding, type, inflated);
    }
}

/// <summary>A part of a text that decodes.</summary>
/// <param name="Offset">Where it begins, in bytes.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Codec">The name of its encoding; empty for a run the reference would number though it does not decode.</param>
/// <param name="Data">What it decodes to.</param>
/// <param name="Reading">What that is.</param>
/// <param name="StoppedBy">What cut it short, or null.</param>
internal readonly record struct Finding(int Offset, int Length, string Codec, byte[] Data, Reading Reading, string? StoppedBy = null)
{
    public int End => Offset + Length;
}
