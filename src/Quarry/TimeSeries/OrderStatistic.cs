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
    private readonly ulong[] _candidates = new ulong[length];

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
        Span<ulong> candidates = _candidates.AsSpan(0, values.Length);
        for (int i = 0; i < candidates.Length; i++)
        {
            candidates[i] = BitConverter.DoubleToUInt64Bits(values[i]);
        }

        for (int shift = 63 - Digit; ; shift = Math.Max(0, shift - Digit))
        {
            ulong chosen = Narrow(candidates, shift, ref rank);
            int kept = 0;
            foreach (ulong bits in candidates)
            {
                candidates[kept] = bits;
                kept += ((bits >> shift) & Mask) == chosen ? 1 : 0;
            }

            candidates = candidates[..kept];
            if (shift == 0 || kept == 1)
            {
                return BitConverter.UInt64BitsToDouble(candidates[0]);
            }
        }
    }

    // The number of the rank before: the largest below, unless so many are below that it is the same again.
    private static double Before(ReadOnlySpan<double> values, double value, int rank)
    {
        double largest = 0;
        int below = 0;
        foreach (double candidate in values)
        {
            largest = Math.Max(largest, candidate < value ? candidate : 0);
            below += candidate < value ? 1 : 0;
        }

        return below == rank ? largest : value;
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
