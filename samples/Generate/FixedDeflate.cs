namespace Quarry.Samples;

/// <summary>
/// A small compressor: DEFLATE (RFC 1951) in one block of fixed Huffman codes with greedy matches, and gzip (RFC 1952)
/// around it. System.IO.Compression's bytes change with the zlib below it; these never do.
/// </summary>
internal sealed class FixedDeflate
{
    private static readonly int[] LengthBase =
        [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];

    private static readonly int[] DistanceBase =
        [
            1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
            6145, 8193, 12289, 16385, 24577,
        ];

    private readonly List<byte> _bytes = [];
    private uint _bits;
    private int _bitCount;

    /// <summary>Raw DEFLATE data.</summary>
    public static byte[] Deflate(ReadOnlySpan<byte> data)
    {
        var output = new FixedDeflate();
        output.WriteBits(0b011, 3); // final block, fixed codes
        for (int at = 0; at < data.Length;)
        {
            (int length, int distance) = LongestMatch(data, at);
            if (length < 3)
            {
                output.WriteSymbol(data[at]);
                at++;
                continue;
            }

            output.WriteMatch(length, distance);
            at += length;
        }

        output.WriteSymbol(256);
        output.WriteBits(0, 7); // to the byte's end
        return [.. output._bytes];
    }

    /// <summary>A gzip member without name and time, as .NET's GzipStream writes them.</summary>
    public static byte[] Gzip(ReadOnlySpan<byte> data)
    {
        var member = new List<byte> { 0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0x0A };
        member.AddRange(Deflate(data));
        member.AddRange(BitConverter.GetBytes(Crc32(data)));
        member.AddRange(BitConverter.GetBytes(data.Length));
        return [.. member];
    }

    // The samples compress a kilobyte or two: comparing with every earlier position is quick enough.
    private static (int Length, int Distance) LongestMatch(ReadOnlySpan<byte> data, int at)
    {
        (int Length, int Distance) best = (0, 0);
        for (int from = at - 1; from >= Math.Max(0, at - 32768); from--)
        {
            int limit = Math.Min(258, data.Length - at);
            int length = data.Slice(from, limit).CommonPrefixLength(data.Slice(at, limit));
            if (length > best.Length)
            {
                best = (length, at - from);
            }
        }

        return best;
    }

    private static uint Crc32(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in data)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
            }
        }

        return ~crc;
    }

    private void WriteMatch(int length, int distance)
    {
        int code = IndexOfBase(LengthBase, length);
        WriteSymbol(257 + code);
        WriteBits((uint)(length - LengthBase[code]), code is < 8 or 28 ? 0 : (code - 4) / 4);

        int distanceCode = IndexOfBase(DistanceBase, distance);
        WriteCode((uint)distanceCode, 5);
        WriteBits((uint)(distance - DistanceBase[distanceCode]), distanceCode < 4 ? 0 : (distanceCode - 2) / 2);
    }

    private static int IndexOfBase(int[] bases, int value) => Array.FindLastIndex(bases, b => b <= value);

    // RFC 1951, 3.2.6.
    private void WriteSymbol(int symbol)
    {
        switch (symbol)
        {
            case < 144:
                WriteCode((uint)(0x30 + symbol), 8);
                break;
            case < 256:
                WriteCode((uint)(0x190 + symbol - 144), 9);
                break;
            case < 280:
                WriteCode((uint)(symbol - 256), 7);
                break;
            default:
                WriteCode((uint)(0xC0 + symbol - 280), 8);
                break;
        }
    }

    // Huffman codes go in with their most significant bit first, everything else with the least.
    private void WriteCode(uint code, int length)
    {
        for (int bit = length - 1; bit >= 0; bit--)
        {
            WriteBits((code >> bit) & 1, 1);
        }
    }

    private void WriteBits(uint value, int length)
    {
        _bits |= value << _bitCount;
        _bitCount += length;
        while (_bitCount >= 8)
        {
            _bytes.Add((byte)_bits);
            _bits >>= 8;
            _bitCount -= 8;
        }
    }
}
