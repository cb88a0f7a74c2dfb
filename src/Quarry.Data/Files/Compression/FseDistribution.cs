using System.Numerics;

namespace Quarry.Data.Files.Compression;

/// <summary>
/// The probabilities of a Finite State Entropy table, read from its description (RFC 8878, section 4.1.1): the
/// share of each symbol in <c>1 &lt;&lt; Log</c> cells, where -1 stands for less than one.
/// </summary>
internal readonly struct FseDistribution
{
    private FseDistribution(short[] shares, int count, int log, int size)
    {
        Shares = shares.AsMemory(0, count);
        Log = log;
        Size = size;
    }

    /// <summary>The share of each symbol, beginning with symbol 0.</summary>
    public ReadOnlyMemory<short> Shares { get; }

    /// <summary>The binary logarithm of the number of cells.</summary>
    public int Log { get; }

    /// <summary>The number of bytes that the description took.</summary>
    public int Size { get; }

    /// <summary>Reads a description.</summary>
    /// <exception cref="CompressedDataException">It breaks the rules or goes past the end of the source.</exception>
    public static FseDistribution Read(ReadOnlySpan<byte> source, int largestSymbol, int largestLog)
    {
        if (source.IsEmpty)
        {
            throw new CompressedDataException("an entropy table is missing");
        }

        int log = (source[0] & 15) + 5;
        if (log > largestLog)
        {
            throw new CompressedDataException($"an entropy table has {log} bits where at most {largestLog} are allowed");
        }

        var shares = new short[largestSymbol + 1];
        int position = 4, remaining = 1 << log, symbol = 0;
        while (remaining > 0)
        {
            if (symbol > largestSymbol)
            {
                throw new CompressedDataException("an entropy table has too many symbols");
            }

            // Values up to remaining + 1 are possible; those that a bit less can tell apart take a bit less.
            int bits = 32 - BitOperations.LeadingZeroCount((uint)remaining + 1);
            int value = Peek(source, position, bits);
            int lowMask = (1 << (bits - 1)) - 1, spare = (1 << bits) - 2 - remaining;
            if ((value & lowMask) < spare)
            {
                value &= lowMask;
                position += bits - 1;
            }
            else
            {
                value = value > lowMask ? value - spare : value;
                position += bits;
            }

            int share = value - 1;
            remaining -= Math.Abs(share);
            shares[symbol++] = (short)share;
            if (share == 0)
            {
                symbol += ReadZeroes(source, ref position);
            }
        }

        if (remaining < 0 || (position + 7) / 8 > source.Length)
        {
            throw new CompressedDataException("an entropy table does not add up");
        }

        return new FseDistribution(shares, symbol, log, (position + 7) / 8);
    }

    private static int ReadZeroes(ReadOnlySpan<byte> source, ref int position)
    {
        int count = 0, repeat = 3;
        while (repeat == 3 && position < source.Length * 8)
        {
            repeat = Peek(source, position, 2);
            position += 2;
            count += repeat;
        }

        return count;
    }

    // Bits past the end read as zero; Read refuses the table when it sees that the end was passed.
    private static int Peek(ReadOnlySpan<byte> source, int position, int bits)
    {
        uint value = 0;
        int first = position >> 3;
        for (int i = 0; i < 3 && first + i < source.Length; i++)
        {
            value |= (uint)source[first + i] << (8 * i);
        }

        return (int)(value >> (position & 7)) & ((1 << bits) - 1);
    }
}
