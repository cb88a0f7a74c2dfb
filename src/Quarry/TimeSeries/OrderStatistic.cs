namespace Quarry.TimeSeries;

/// <summary>
/// The k-th smallest of many numbers that are not negative, in linear time whatever the numbers are: their bits, read as an
/// integer, have the numbers' order, and are narrowed down eleven at a time.
/// </summary>
internal sealed class OrderStatistic(int length)
{
    private const int Digit = 11;

    private readonly int[] _counts = new int[1 << Digit];
    private readonly ulong[] _candidates = new ulong[length];

    /// <summary>The number of a rank from 0.</summary>
    public double Select(ReadOnlySpan<double> values, int rank)
    {
        Span<ulong> candidates = _candidates.AsSpan(0, values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            candidates[i] = BitConverter.DoubleToUInt64Bits(values[i]);
        }

        for (int shift = 63 - Digit; ; shift = Math.Max(0, shift - Digit))
        {
            int chosen = Narrow(candidates, shift, ref rank);
            int kept = 0;
            foreach (ulong bits in candidates)
            {
                candidates[kept] = bits;
                kept += ((int)(bits >> shift) & ((1 << Digit) - 1)) == chosen ? 1 : 0;
            }

            candidates = candidates[..kept];
            if (shift == 0 || kept == 1)
            {
                return BitConverter.UInt64BitsToDouble(candidates[Math.Min(rank, kept - 1)]);
            }
        }
    }

    private int Narrow(ReadOnlySpan<ulong> candidates, int shift, ref int rank)
    {
        Span<int> counts = _counts;
        counts.Clear();
        foreach (ulong bits in candidates)
        {
            counts[(int)(bits >> shift) & ((1 << Digit) - 1)]++;
        }

        int digit = 0;
        while (rank >= counts[digit])
        {
            rank -= counts[digit++];
        }

        return digit;
    }
}
