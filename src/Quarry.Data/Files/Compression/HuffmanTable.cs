using System.Numerics;
using System.Runtime.CompilerServices;

namespace Quarry.Data.Files.Compression;

/// <summary>The Huffman code of a block's literals (RFC 8878, section 4.2): its description and the decoding with it.</summary>
internal sealed class HuffmanTable
{
    private const int LargestDepth = 11;
    private const int SymbolsInWindow = 5; // five codes of 11 bits fit into the 57 good bits of a window

    private static readonly ValueCode[] Weights = [.. Enumerable.Range(0, 256).Select(w => new ValueCode((uint)w, 0))];

    private readonly ushort[] _cells; // the symbol in the low byte, the length of its code in the high byte
    private readonly int _depth;

    private HuffmanTable(ushort[] cells, int depth)
    {
        _cells = cells;
        _depth = depth;
    }

    /// <summary>Reads a description; at least <see cref="BackwardBits.Padding"/> bytes must be readable before it.</summary>
    /// <exception cref="CompressedDataException">It breaks the rules.</exception>
    public static unsafe HuffmanTable Read(byte* source, int length, out int size)
    {
        if (length < 2)
        {
            throw new CompressedDataException("a Huffman table is missing");
        }

        Span<byte> weights = stackalloc byte[256];
        int header = source[0], count;
        if (header < 128)
        {
            size = 1 + header;
            Require(size <= length, "a Huffman table goes past its block");
            count = ReadCompressedWeights(source + 1, header, weights);
        }
        else
        {
            count = header - 127;
            size = 1 + ((count + 1) / 2);
            Require(size <= length, "a Huffman table goes past its block");
            for (int i = 0; i < count; i++)
            {
                weights[i] = (byte)((i & 1) == 0 ? source[1 + (i / 2)] >> 4 : source[1 + (i / 2)] & 15);
            }
        }

        return Build(weights, count);
    }

    /// <summary>Decodes one stream into exactly <paramref name="count"/> bytes.</summary>
    /// <exception cref="CompressedDataException">The stream does not hold exactly so many.</exception>
    public unsafe void Decode(byte* source, int length, byte* target, int count)
    {
        var bits = new BackwardBits(source, length);
        fixed (ushort* cells = _cells)
        {
            DecodeRest(cells, ref bits, target, target + count);
        }
    }

    /// <summary>Decodes four streams, which stand behind a table of their lengths, into <paramref name="count"/> bytes.</summary>
    /// <exception cref="CompressedDataException">The streams do not hold exactly so many.</exception>
    [SkipLocalsInit]
    public unsafe void DecodeFour(byte* source, int length, byte* target, int count)
    {
        Require(length >= 10, "the four literal streams lack their lengths");
        int first = source[0] | (source[1] << 8), second = source[2] | (source[3] << 8), third = source[4] | (source[5] << 8);
        int fourth = length - 6 - first - second - third;
        int quarter = (count + 3) / 4;
        Require(fourth > 0 && count >= 3 * quarter, "the lengths of the four literal streams do not add up");

        byte* from = source + 6;
        var a = new BackwardBits(from, first);
        var b = new BackwardBits(from + first, second);
        var c = new BackwardBits(from + first + second, third);
        var d = new BackwardBits(from + first + second + third, fourth);
        byte* aTo = target, bTo = target + quarter, cTo = bTo + quarter, dTo = cTo + quarter;
        byte* aEnd = bTo, bEnd = cTo, cEnd = dTo, dEnd = target + count;
        int shift = 64 - _depth;
        fixed (ushort* cells = _cells)
        {
            // The fourth stream is the shortest: while it has a round's symbols left, so have the others.
            while (dEnd - dTo >= SymbolsInWindow)
            {
                ulong aBits = a.Window(), bBits = b.Window(), cBits = c.Window(), dBits = d.Window();
                int aTaken = 0, bTaken = 0, cTaken = 0, dTaken = 0;
                for (int i = 0; i < SymbolsInWindow; i++)
                {
                    aTo[i] = Symbol(cells, ref aBits, ref aTaken, shift);
                    bTo[i] = Symbol(cells, ref bBits, ref bTaken, shift);
                    cTo[i] = Symbol(cells, ref cBits, ref cTaken, shift);
                    dTo[i] = Symbol(cells, ref dBits, ref dTaken, shift);
                }

                aTo += SymbolsInWindow;
                bTo += SymbolsInWindow;
                cTo += SymbolsInWindow;
                dTo += SymbolsInWindow;
                a.Skip(aTaken);
                b.Skip(bTaken);
                c.Skip(cTaken);
                d.Skip(dTaken);
                Require((a.Left | b.Left | c.Left | d.Left) >= 0, "a literal stream ends too early");
            }

            DecodeRest(cells, ref a, aTo, aEnd);
            DecodeRest(cells, ref b, bTo, bEnd);
            DecodeRest(cells, ref c, cTo, cEnd);
            DecodeRest(cells, ref d, dTo, dEnd);
        }
    }

    private unsafe void DecodeRest(ushort* cells, ref BackwardBits bits, byte* target, byte* end)
    {
        int shift = 64 - _depth;
        while (target < end)
        {
            ulong window = bits.Window();
            int taken = 0, round = (int)Math.Min(SymbolsInWindow, end - target);
            for (int i = 0; i < round; i++)
            {
                *target++ = Symbol(cells, ref window, ref taken, shift);
            }

            bits.Skip(taken);
            Require(bits.Left >= 0, "a literal stream ends too early");
        }

        Require(bits.Left == 0, "a literal stream is longer than its literals");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe byte Symbol(ushort* cells, ref ulong window, ref int taken, int shift)
    {
        uint cell = cells[window >> shift];
        int length = (int)(cell >> 8);
        window <<= length;
        taken += length;
        return (byte)cell;
    }

    // Two states take turns over one stream; the first that lacks bits ends it, and the other's symbol is the last.
    private static unsafe int ReadCompressedWeights(byte* source, int length, Span<byte> weights)
    {
        FseDistribution distribution = FseDistribution.Read(new ReadOnlySpan<byte>(source, length), 255, 6);
        FseTable table = FseTable.Build(distribution.Shares.Span, distribution.Log, Weights);
        var bits = new BackwardBits(source + distribution.Size, length - distribution.Size);
        FseState state = table.States[bits.Read(table.Log)], other = table.States[bits.Read(table.Log)];
        Require(bits.Left >= 0, "the weights of a Huffman table end too early");

        int count = 0;
        while (true)
        {
            Require(count < 254, "a Huffman table has too many weights");
            weights[count++] = (byte)state.Baseline;
            if (bits.Left < state.StateBits)
            {
                weights[count++] = (byte)other.Baseline;
                return count;
            }

            (state, other) = (other, table.States[state.Next + bits.Read(state.StateBits)]);
        }
    }

    private static HuffmanTable Build(Span<byte> weights, int count)
    {
        int sum = 0;
        foreach (byte weight in weights[..count])
        {
            Require(weight <= LargestDepth, "a Huffman code is too long");
            sum += (1 << weight) >> 1;
        }

        Require(sum > 0, "a Huffman table has no symbols");
        int depth = BitOperations.Log2((uint)sum) + 1;
        int left = (1 << depth) - sum;
        Require(depth <= LargestDepth, "a Huffman code is too long");
        Require(BitOperations.IsPow2(left), "a Huffman table does not add up");
        weights[count++] = (byte)(BitOperations.Log2((uint)left) + 1);
        Require(weights[..count].Contains((byte)1), "a Huffman table has no longest code");

        var cells = new ushort[1 << depth];
        int position = 0;
        for (int weight = 1; weight <= depth; weight++)
        {
            int width = 1 << (weight - 1), codeLength = depth + 1 - weight;
            for (int symbol = 0; symbol < count; symbol++)
            {
                if (weights[symbol] == weight)
                {
                    cells.AsSpan(position, width).Fill((ushort)(symbol | (codeLength << 8)));
                    position += width;
                }
            }
        }

        return new HuffmanTable(cells, depth);
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new CompressedDataException(otherwise);
        }
    }
}
