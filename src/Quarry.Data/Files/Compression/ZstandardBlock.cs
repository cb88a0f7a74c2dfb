using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Quarry.Data.Files.Compression;

/// <summary>
/// The compressed blocks of one Zstandard frame (RFC 8878, section 3.1.1.3), with what one block leaves to the next:
/// the Huffman table, the three sequence tables and the last three distances.
/// </summary>
/// <remarks>
/// The loops work on pointers and copy whole vectors past the ends of what they copy: the caller lends
/// <see cref="BackwardBits.Padding"/> bytes before a block, and <see cref="Slack"/> bytes behind block and target.
/// Every length and distance is checked before it is used.
/// </remarks>
internal sealed unsafe class ZstandardBlock
{
    /// <summary>The largest size of a block, compressed or not.</summary>
    public const int LargestSize = 128 * 1024;

    /// <summary>The bytes that must be readable behind a block and writable behind its target.</summary>
    public const int Slack = 64;

    private readonly byte[] _literals = new byte[LargestSize + Slack];
    private HuffmanTable? _huffman;
    private FseTable? _literalLengths;
    private FseTable? _offsets;
    private FseTable? _matchLengths;
    private uint _distance1, _distance2, _distance3;

    /// <summary>Forgets what the blocks before have left: a frame begins.</summary>
    public void Reset()
    {
        _huffman = null;
        _literalLengths = _offsets = _matchLengths = null;
        (_distance1, _distance2, _distance3) = (1, 4, 8);
    }

    /// <summary>Decodes one block.</summary>
    /// <param name="block">The block's content.</param>
    /// <param name="size">Its size.</param>
    /// <param name="history">The first byte that a distance may reach.</param>
    /// <param name="target">Where to write; what stands between <paramref name="history"/> and here is the history.</param>
    /// <param name="room">The most bytes the block may give.</param>
    /// <param name="window">The largest distance.</param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="CompressedDataException">The block breaks the rules.</exception>
    public int Decode(byte* block, int size, byte* history, byte* target, int room, long window)
    {
        fixed (byte* buffer = _literals)
        {
            byte* literals = buffer;
            int taken = ReadLiterals(block, size, room, ref literals, out int literalCount);
            return RunSequences(block + taken, size - taken, literals, literalCount, history, target, room, window);
        }
    }

    private int ReadLiterals(byte* block, int size, int room, ref byte* literals, out int count)
    {
        Require(size >= 2, "a compressed block is too short");
        int kind = block[0] & 3, format = (block[0] >> 2) & 3;
        bool isHuffman = kind >= 2;
        int header = isHuffman ? 3 + Math.Max(0, format - 1) : format switch { 1 => 2, 3 => 3, _ => 1 };
        Require(header <= size, "a literals section goes past its block");
        ulong fields = 0;
        for (int i = 0; i < header; i++)
        {
            fields |= (ulong)block[i] << (8 * i);
        }

        if (!isHuffman)
        {
            count = (int)(fields >> (header == 1 ? 3 : 4));
            int stored = kind == 0 ? count : 1;
            Require(count <= room, "a block has more literals than a block may hold");
            Require(header + stored <= size, "a literals section goes past its block");
            if (kind == 0)
            {
                literals = block + header;
            }
            else
            {
                new Span<byte>(literals, count).Fill(block[header]);
            }

            return header + stored;
        }

        int bits = format <= 1 ? 10 : format == 2 ? 14 : 18;
        int mask = (1 << bits) - 1;
        count = (int)(fields >> 4) & mask;
        int compressed = (int)(fields >> (4 + bits)) & mask;
        Require(count <= room, "a block has more literals than a block may hold");
        Require(header + compressed <= size, "a literals section goes past its block");
        ReadHuffman(block + header, compressed, kind == 3, format == 0, literals, count);
        return header + compressed;
    }

    private void ReadHuffman(byte* source, int size, bool repeatsTable, bool isOneStream, byte* literals, int count)
    {
        if (!repeatsTable)
        {
            _huffman = HuffmanTable.Read(source, size, out int description);
            source += description;
            size -= description;
        }

        HuffmanTable table = _huffman
            ?? throw new CompressedDataException("a block repeats the Huffman table, and none came before");
        if (isOneStream)
        {
            table.Decode(source, size, literals, count);
        }
        else
        {
            table.DecodeFour(source, size, literals, count);
        }
    }

    private int RunSequences(
        byte* source, int size, byte* literals, int literalCount, byte* history, byte* target, int room, long window)
    {
        var section = new ReadOnlySpan<byte>(source, size);
        int count = ReadSequenceCount(section, out int at);
        byte* to = target, literalsEnd = literals + literalCount;
        if (count == 0)
        {
            Require(at == size, "a block without sequences has bytes left over");
        }
        else
        {
            Require(at < size, "the sequences end too early");
            byte modes = section[at++];
            Require((modes & 3) == 0, "a block uses a reserved bit");
            _literalLengths = SequenceField.LiteralLength.Read(modes >> 6, section[at..], _literalLengths, out int taken);
            at += taken;
            _offsets = SequenceField.Offset.Read((modes >> 4) & 3, section[at..], _offsets, out taken);
            at += taken;
            _matchLengths = SequenceField.MatchLength.Read((modes >> 2) & 3, section[at..], _matchLengths, out taken);
            at += taken;
            to = Run(new BackwardBits(source + at, size - at), count, ref literals, literalsEnd, history, target, room, window);
        }

        int rest = (int)(literalsEnd - literals);
        Require(rest <= room - (to - target), "a block gives more bytes than a block may hold");
        new ReadOnlySpan<byte>(literals, rest).CopyTo(new Span<byte>(to, rest));
        return (int)(to - target) + rest;
    }

    private static int ReadSequenceCount(ReadOnlySpan<byte> section, out int size)
    {
        Require(section.Length > 0, "the number of sequences is missing");
        int first = section[0];
        size = first < 128 ? 1 : first < 255 ? 2 : 3;
        Require(section.Length >= size, "the number of sequences is cut off");
        return size switch
        {
            1 => first,
            2 => ((first - 128) << 8) + section[1],
            _ => section[1] + (section[2] << 8) + 0x7F00,
        };
    }

    [SkipLocalsInit]
    private byte* Run(
        BackwardBits bits, int count, ref byte* literals, byte* literalsEnd, byte* history, byte* target, int room, long window)
    {
        byte* from = literals, to = target, end = target + room;
        uint distance1 = _distance1, distance2 = _distance2, distance3 = _distance3;
        fixed (FseState* literalLengths = _literalLengths!.States, offsets = _offsets!.States, matchLengths = _matchLengths!.States)
        {
            FseState* l = literalLengths + bits.Read(_literalLengths.Log);
            FseState* o = offsets + bits.Read(_offsets.Log);
            FseState* m = matchLengths + bits.Read(_matchLengths.Log);
            Require(bits.Left >= 0, "the sequences end too early");
            while (true)
            {
                // At most 31 + 16 bits of a window, then at most 16 + 9 + 9 + 8 of the next.
                ulong next = bits.Window();
                uint offset = o->Baseline + BackwardBits.Top(next, o->ExtraBits);
                next <<= o->ExtraBits;
                uint matchLength = m->Baseline + BackwardBits.Top(next, m->ExtraBits);
                bits.Skip(o->ExtraBits + m->ExtraBits);
                next = bits.Window();
                uint literalLength = l->Baseline + BackwardBits.Top(next, l->ExtraBits);
                next <<= l->ExtraBits;
                bits.Skip(l->ExtraBits);

                uint distance;
                if (offset > 3)
                {
                    distance = offset - 3;
                    (distance3, distance2, distance1) = (distance2, distance1, distance);
                }
                else
                {
                    uint which = offset - (literalLength == 0 ? 0u : 1u);
                    distance = which switch { 0 => distance1, 1 => distance2, 2 => distance3, _ => distance1 - 1 };
                    distance3 = which >= 2 ? distance2 : distance3;
                    distance2 = which >= 1 ? distance1 : distance2;
                    distance1 = distance;
                }

                Require(bits.Left >= 0, "the sequences end too early");
                Require(literalLength <= literalsEnd - from, "a sequence takes more literals than there are");
                Require(literalLength + (long)matchLength <= end - to, "a block gives more bytes than a block may hold");
                CopyVectors(from, to, (int)literalLength);
                from += literalLength;
                to += literalLength;
                Require(
                    distance != 0 && distance <= to - history && distance <= window,
                    "a sequence repeats bytes from before the window");
                CopyMatch(to, distance, (int)matchLength);
                to += matchLength;

                if (--count == 0)
                {
                    break;
                }

                byte lBits = l->StateBits, mBits = m->StateBits, oBits = o->StateBits;
                l = literalLengths + l->Next + BackwardBits.Top(next, lBits);
                next <<= lBits;
                m = matchLengths + m->Next + BackwardBits.Top(next, mBits);
                next <<= mBits;
                o = offsets + o->Next + BackwardBits.Top(next, oBits);
                bits.Skip(lBits + mBits + oBits);
            }
        }

        Require(bits.Left == 0, "the sequences leave bits over");
        (_distance1, _distance2, _distance3) = (distance1, distance2, distance3);
        literals = from;
        return to;
    }

    // Copies whole vectors: up to Slack bytes behind the end are overwritten.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyVectors(byte* from, byte* to, int length)
    {
        byte* end = to + length;
        do
        {
            Vector128.Store(Vector128.Load(from), to);
            from += 16;
            to += 16;
        }
        while (to < end);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyMatch(byte* to, uint distance, int length)
    {
        if (distance >= 16)
        {
            CopyVectors(to - distance, to, length);
        }
        else
        {
            CopyPattern(to, distance, length);
        }
    }

    // A distance shorter than a vector: write the pattern until it reaches sixteen bytes back, then copy vectors.
    private static void CopyPattern(byte* to, uint distance, int length)
    {
        byte* from = to - distance;
        int lead = (int)Math.Min((uint)length, (15 / distance) * distance);
        for (int i = 0; i < lead; i++)
        {
            to[i] = from[i];
        }

        if (length > lead)
        {
            CopyVectors(from, to + lead, length - lead);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            Refuse(otherwise);
        }
    }

    private static void Refuse(string reason) => throw new CompressedDataException(reason);
}
