using System.Security.Cryptography;

namespace Quarry.Decoding;

/// <summary>One thing that was hidden in a text: what a run decoded to, or one file of what was packed in it.</summary>
/// <remarks>Strings and hashes are computed when they are asked for, so that a caller pays only for what it reads.</remarks>
public sealed class DecodedLayer
{
    private readonly ReadOnlyMemory<byte> _original;
    private readonly ReadOnlyMemory<byte> _text;

    internal DecodedLayer(
        string reference,
        string? parentReference,
        int depth,
        int level,
        ReadOnlyMemory<byte> original,
        ReadOnlyMemory<byte> bytes,
        ReadOnlyMemory<byte> text,
        TextEncodingKind encoding)
    {
        Reference = reference;
        ParentReference = parentReference;
        Depth = depth;
        Level = level;
        _original = original;
        Bytes = bytes;
        _text = text;
        Encoding = encoding;
    }

    /// <summary>The dotted path of the layer, unique in its input: <c>1</c>, <c>1.2</c>, <c>1.2.1</c>.</summary>
    public string Reference { get; }

    /// <summary>
    /// The path of the layer this one stood in; null for what stood in the input itself. The files of an archive that stood in
    /// the input name the element of the archive, which has no record of its own.
    /// </summary>
    public string? ParentReference { get; }

    /// <summary>How deeply the layer is nested, from 1: the number of parts of <see cref="Reference"/>.</summary>
    public int Depth { get; }

    /// <summary>The run that was decoded, as it stood. For the files of an archive, the run the archive was in.</summary>
    public string OriginalString => System.Text.Encoding.UTF8.GetString(_original.Span);

    /// <summary>Where the run begins in the text it stood in (the input or the parent's text), in UTF-8 bytes; 0 for a file of an archive that is not itself a run.</summary>
    public int Offset { get; internal init; }

    /// <summary>The length of the run in UTF-8 bytes; 0 for a file of an archive that is not itself a run.</summary>
    public int Length { get; internal init; }

    /// <summary>The name of the file in its archive, which is data and no path to write to; <c>gzip_file</c> and the like where there is none; else <c>unknown</c>.</summary>
    public string FileName { get; internal init; } = "unknown";

    /// <summary>The file type told by the bytes (<c>exe</c>, <c>pdf</c>, <c>zip</c>); the archive's where a packed file's own is unknown; else null.</summary>
    public string? FileType { get; internal init; }

    /// <summary>How the layer was encoded and packed, from outside in: <c>base64</c>, <c>base64+gzip</c>, <c>hex</c>, <c>percent</c>, <c>charcodes</c>, <c>zip</c>.</summary>
    public string Codec { get; internal init; } = "";

    /// <summary>What cut the layer or its contents short (a limit by its option's name, <c>password</c>, <c>truncated</c>, <c>broken: …</c>); null where all is there.</summary>
    public string? StoppedBy { get; internal set; }

    /// <summary>The decoded bytes.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The text, where the bytes are text; else null.</summary>
    public string? DecodedString => Encoding == TextEncodingKind.None ? null : System.Text.Encoding.UTF8.GetString(_text.Span);

    /// <summary>The text as UTF-8; empty where the bytes are not text.</summary>
    public ReadOnlyMemory<byte> DecodedUtf8 => _text;

    /// <summary>Whether the bytes are text.</summary>
    public bool IsText => Encoding != TextEncodingKind.None;

    /// <summary><c>utf-8</c>, <c>utf-16</c> (little endian), <c>utf-16be</c> or <c>binary</c>.</summary>
    public string EncodingType => Encoding switch
    {
        TextEncodingKind.Utf8 => "utf-8",
        TextEncodingKind.Utf16LittleEndian => "utf-16",
        TextEncodingKind.Utf16BigEndian => "utf-16be",
        _ => "binary",
    };

    /// <summary>The MD5 of the bytes in lower-case hexadecimal.</summary>
    public string Md5 => Convert.ToHexStringLower(MD5.HashData(Bytes.Span));

    /// <summary>The SHA-1 of the bytes in lower-case hexadecimal.</summary>
    public string Sha1 => Convert.ToHexStringLower(SHA1.HashData(Bytes.Span));

    /// <summary>The SHA-256 of the bytes in lower-case hexadecimal.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Bytes.Span));

    /// <summary>The bytes in lower-case hexadecimal, separated by blanks.</summary>
    public string PrintableBytes
    {
        get
        {
            using var writer = new AnnotationWriter();
            writer.WriteSpacedHex(Bytes.Span);
            return System.Text.Encoding.ASCII.GetString(writer.Written);
        }
    }

    /// <summary>The pass over the text in which the layer came to light, from 1; records are ordered by it.</summary>
    internal int Level { get; }

    internal TextEncodingKind Encoding { get; }

    internal ReadOnlySpan<byte> OriginalUtf8 => _original.Span;
}
