using System.Buffers.Binary;

namespace Quarry.Decoding;

/// <summary>Unpacks what a file type says can be unpacked.</summary>
internal static class Archives
{
    private const int LeastDeflated = 8;

    /// <summary>Whether the type is one that <see cref="Open"/> unpacks.</summary>
    public static bool CanOpen(string? type) => type is FileTypes.Zip or FileTypes.ProtectedZip or FileTypes.Gzip or FileTypes.Tar;

    /// <summary>The files in the bytes of an archive of the given type.</summary>
    public static Archive Open(string type, ReadOnlyMemory<byte> bytes, Budget budget) => type switch
    {
        FileTypes.Zip or FileTypes.ProtectedZip => new ZipReader(bytes, budget).Read(),
        FileTypes.Tar => new TarReader(bytes, budget).Read(),
        _ => OpenGzip(bytes.Span, budget),
    };

    /// <summary>
    /// A zlib stream (RFC 1950) or a bare DEFLATE stream, which have no magic number: taken for one only where it inflates,
    /// ends where the bytes end, and gives text or a known file type. Null otherwise. A text that announces one (<paramref name="announced"/>)
    /// makes a truncated stream count as well.
    /// </summary>
    public static Archive? TryInflate(ReadOnlySpan<byte> bytes, bool announced, Budget budget)
    {
        if (bytes.Length < LeastDeflated || budget.IsExhausted)
        {
            return null;
        }

        bool isZlib = (bytes[0] & 0x0F) == 8 && bytes[0] >> 4 <= 7 && ((bytes[0] << 8) | bytes[1]) % 31 == 0 && (bytes[1] & 0x20) == 0;
        if (isZlib && Judge(bytes, 2, 4, announced: true, budget) is { } zlib)
        {
            string? stopped = zlib.StoppedBy ?? CheckAdler(bytes[(2 + zlib.Consumed)..], zlib.Bytes);
            return new Archive(FileTypes.Zlib, "zlib", [new ArchiveEntry("zlib_file", zlib.Bytes, stopped)]);
        }

        return (bytes[0] & 7) is not (6 or 7) && Judge(bytes, 0, 0, announced, budget) is { } raw
            ? new Archive(FileTypes.Deflate, "deflate", [new ArchiveEntry("deflate_file", raw.Bytes, raw.StoppedBy)])
            : null;
    }

    private static Inflated? Judge(ReadOnlySpan<byte> bytes, int header, int trailer, bool announced, Budget budget)
    {
        Inflated inflated = Inflater.Inflate(bytes[header..], budget);
        int left = bytes.Length - header - inflated.Consumed;
        bool isWhole = inflated.StoppedBy is null && left <= trailer + 2;
        bool isCut = inflated.StoppedBy is not null && !inflated.StoppedBy.StartsWith("broken", StringComparison.Ordinal);
        if (!(isWhole || (announced && isCut)) || inflated.Bytes.Length < LeastDeflated)
        {
            return null;
        }

        return TextReading.Decide(inflated.Bytes, isCut) != TextEncodingKind.None || FileTypes.Detect(inflated.Bytes) is not null
            ? inflated
            : null;
    }

    private static string? CheckAdler(ReadOnlySpan<byte> trailer, ReadOnlySpan<byte> bytes) =>
        trailer.Length < 4 ? "truncated"
        : BinaryPrimitives.ReadUInt32BigEndian(trailer) != Checksums.Adler32(bytes) ? "broken: checksum"
        : null;

    /// <summary>A gzip file (RFC 1952), of one member or several, which are one file.</summary>
    private static Archive OpenGzip(ReadOnlySpan<byte> bytes, Budget budget)
    {
        var parts = new List<byte[]>();
        string? stoppedBy = null;
        while (stoppedBy is null && bytes.Length >= 10 && bytes[0] == 0x1F && bytes[1] == 0x8B)
        {
            int header = GzipHeaderLength(bytes, out stoppedBy);
            if (stoppedBy is not null)
            {
                break;
            }

            Inflated inflated = Inflater.Inflate(bytes[header..], budget);
            parts.Add(inflated.Bytes);
            bytes = bytes[(header + inflated.Consumed)..];
            stoppedBy = inflated.StoppedBy
                ?? (bytes.Length < 8 ? "truncated"
                : BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Checksums.Crc32(inflated.Bytes) ? "broken: checksum"
                : null);
            bytes = bytes.Length < 8 ? default : bytes[8..];
        }

        if (parts.Count == 0)
        {
            stoppedBy ??= "truncated";
        }

        byte[] whole = parts.Count == 1 ? parts[0] : [.. parts.SelectMany(p => p)];
        bool isNothing = whole.Length == 0 && stoppedBy is not null;
        return new Archive(FileTypes.Gzip, "gzip", isNothing ? [] : [new ArchiveEntry("gzip_file", whole, stoppedBy)], stoppedBy);
    }

    private static int GzipHeaderLength(ReadOnlySpan<byte> bytes, out string? error)
    {
        const int Crc = 2, Extra = 4, Name = 8, Comment = 16, Reserved = 0xE0;
        int flags = bytes[3], at = 10;
        error = (flags & Reserved) != 0 ? "broken: gzip header" : null;
        if ((flags & Extra) != 0 && at + 2 <= bytes.Length)
        {
            at += 2 + BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
        }

        for (int flag = Name; flag <= Comment; flag <<= 1)
        {
            if ((flags & flag) == 0 || at >= bytes.Length)
            {
                continue;
            }

            int length = bytes[at..].IndexOf((byte)0);
            at = length < 0 ? int.MaxValue / 2 : at + length + 1;
        }

        at += (flags & Crc) != 0 ? 2 : 0;
        if (at > bytes.Length)
        {
            error ??= "truncated";
        }

        return Math.Min(at, bytes.Length);
    }
}
