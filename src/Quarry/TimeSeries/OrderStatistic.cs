using System.Runtime.InteropServices;

namespace Quarry.TimeSeries;

/// <summary>
/// The middle of many numbers that are not negative, in linear time whatever the numbers are: their bits, read as an integer,
/// have the numbers' order, and are narrowed down eleven at a time.
/// </summary>
internal sealed class OrderStatistic(int length)
{
    private const int Digit = 11;
    private const int Mask = (1 << Digit) - 1;

    private readonly int[] _counts = new int[1 << Digit];
    private readonly ulong[] _candidates = new ulong[length + 1];

    /// <summary>The sum of the two numbers in the middle; of an odd number of them, twice the one in the middle.</summary>
    public double MiddleSum(ReadOnlySpan<double> values)
    {
        int middle = values.Length / 2;
        double upper = Select(values, middle);
        return values.Length % 2 == 1 ? upper * 2 : upper + Before(values, upper, middle);
    }

    /// <summary>The number of a rank from 0.</summary>
    public double Select(ReadOnlySpan<double> values, int rank)
    {
        // The first pass reads the numbers where they are: most of them are done with after it.
        ReadOnlySpan<ulong> candidates = MemoryMarshal.Cast<double, ulong>(values);
        for (int shift = 63 - Digit; ; shift = Math.Max(0, shift - Digit))
        {
            ulong chosen = Narrow(candidates, shift, ref rank);
            Span<ulong> kept = _candidates;
            int count = 0;
            foreach (ulong bits in candidates)
            {
                kept[count] = bits;
                count += ((bits >> shift) & Mask) == chosen ? 1 : 0;
            }

            candidates = kept[..count];
            if (shift == 0 || count == 1)
            {
                return BitConverter.UInt64BitsToDouble(candidates[0]);
            }
        }
    }

    // The number of the rank before: the largest below, unless so many are below that it is the same again.
    private static double Before(ReadOnlySpan<double> values, double value, int rank)
    {
        // Bits instead of numbers: comparing and choosing integers takes no branch.
        ulong bits = BitConverter.DoubleToUInt64Bits(value), largest = 0;
        int below = 0;
        foreach (ulong candidate in MemoryMarshal.Cast<double, ulong>(values))
        {
            bool isBelow = candidate < bits;
            ulong chosen = isBelow ? candidate : 0;
            largest = chosen > largest ? chosen : largest;
            below += isBelow ? 1 : 0;
        }

        return below == rank ? BitConverter.UInt64BitsToDouble(largest) : value;
    }

    private ulong Narrow(ReadOnlySpan<ulong> candidates, int shift, ref int rank)
    {
        Span<int> counts = _counts;
        counts.Clear();
        foreach (ulong bits in candidates)
        {
            counts[(int)(bits >> shift) & Mask]++;
        }

        int digit = 0;
        while (rank >= counts[digit])
        {
            rank -= counts[digit++];
        }

        return (ulong)digit;
    }
}
