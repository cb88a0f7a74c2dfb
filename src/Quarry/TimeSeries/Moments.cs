using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Quarry.TimeSeries;

/// <summary>
/// The moments Σ uʲ z, j = 0 … 11, of every head (rows 0 to r - 1) and tail (rows r to the last) of a block of values, where u runs
/// from -1 to 1 over the block. Heads are summed forwards and tails backwards: what is not in a range leaves no trace in its sums.
/// </summary>
internal sealed class Moments
{
    /// <summary>How many moments there are: the tricube's degree and two more for the slope.</summary>
    public const int Count = 12;

    private readonly double[] _powers;
    private readonly double[] _heads;
    private readonly double[] _tails;

    public Moments(int length)
    {
        Length = length;
        _heads = new double[(length + 1) * Count];
        _tails = new double[(length + 1) * Count];
        _powers = new double[length * Count];
        for (int row = 0; row < length; row++)
        {
            double power = 1, u = Coordinate(row, length);
            for (int j = 0; j < Count; j++)
            {
                _powers[(row * Count) + j] = power;
                power *= u;
            }
        }
    }

    /// <summary>A block that shares the powers of another of the same length.</summary>
    public Moments(Moments other)
    {
        Length = other.Length;
        _heads = new double[other._heads.Length];
        _tails = new double[other._tails.Length];
        _powers = other._powers;
    }

    public int Length { get; }

    /// <summary>The moments of the rows before each row.</summary>
    public double[] Heads => _heads;

    /// <summary>The moments of each row and those behind it.</summary>
    public double[] Tails => _tails;

    /// <summary>Where a row stands, from -1 to 1. Rows outside of the block have one too.</summary>
    public static double Coordinate(double row, int length) => ((2 * row) - (length - 1)) / length;

    /// <summary>Takes in the values of a block; those missing at its end count as 0.</summary>
    public void Fill(ReadOnlySpan<double> z)
    {
        z = z[..Math.Min(z.Length, Length)];
        ref double powers = ref MemoryMarshal.GetArrayDataReference(_powers);
        Vector256<double> sum0 = default, sum1 = default, sum2 = default;
        ref double heads = ref MemoryMarshal.GetArrayDataReference(_heads);
        for (int row = 0; row < Length; row++)
        {
            nuint at = (nuint)(row * Count);
            if (row < z.Length)
            {
                Vector256<double> value = Vector256.Create(z[row]);
                sum0 = Vector256.FusedMultiplyAdd(value, Vector256.LoadUnsafe(ref powers, at), sum0);
                sum1 = Vector256.FusedMultiplyAdd(value, Vector256.LoadUnsafe(ref powers, at + 4), sum1);
                sum2 = Vector256.FusedMultiplyAdd(value, Vector256.LoadUnsafe(ref powers, at + 8), sum2);
            }

            sum0.StoreUnsafe(ref heads, at + Count);
            sum1.StoreUnsafe(ref heads, at + Count + 4);
            sum2.StoreUnsafe(ref heads, at + Count + 8);
        }

        _tails.AsSpan(z.Length * Count).Clear();
        ref double tails = ref MemoryMarshal.GetArrayDataReference(_tails);
        sum0 = sum1 = sum2 = default;
        for (int row = z.Length - 1; row >= 0; row--)
        {
            nuint at = (nuint)(row * Count);
            Vector256<double> value = Vector256.Create(z[row]);
            sum0 = Vector256.FusedMultiplyAdd(value, Vector256.LoadUnsafe(ref powers, at), sum0);
            sum1 = Vector256.FusedMultiplyAdd(value, Vector256.LoadUnsafe(ref powers, at + 4), sum1);
            sum2 = Vector256.FusedMultiplyAdd(value, Vector256.LoadUnsafe(ref powers, at + 8), sum2);
            sum0.StoreUnsafe(ref tails, at);
            sum1.StoreUnsafe(ref tails, at + 4);
            sum2.StoreUnsafe(ref tails, at + 8);
        }
    }
}
