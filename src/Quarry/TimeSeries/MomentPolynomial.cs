using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Quarry.TimeSeries;

/// <summary>One side of the tricube weight, times a power of the distance, as a polynomial in a block's coordinate.</summary>
internal static class MomentPolynomial
{
    /// <summary>
    /// Writes the coefficients of kᵗ (1 - |d|³)³, where k is the distance from the position and d = k / bandwidth.
    /// </summary>
    /// <param name="position">The position's coordinate in the block.</param>
    /// <param name="scale">What a step of the coordinate is of the bandwidth.</param>
    /// <param name="bandwidth">The bandwidth.</param>
    /// <param name="power">t: 0, 1 or 2.</param>
    /// <param name="isRight">Whether the polynomial is for points behind the position, else for those before it.</param>
    /// <param name="coefficients">The coefficients of uʲ.</param>
    public static void Expand(double position, double scale, double bandwidth, int power, bool isRight, Span<double> coefficients)
    {
        double sign = isRight ? -1 : 1;
        double factor = Math.Pow(bandwidth, power);
        Span<double> term = stackalloc double[Moments.Count];
        term.Clear();
        term[0] = 1;
        coefficients.Clear();
        for (int k = 0; k < Moments.Count; k++)
        {
            double share = (k - power) switch { 0 => 1, 3 => 3 * sign, 6 => 3, 9 => sign, _ => 0 };
            for (int j = 0; share != 0 && j <= k; j++)
            {
                coefficients[j] += share * factor * term[j];
            }

            // The next power of d = (u - position) scale.
            for (int j = Math.Min(k + 1, Moments.Count - 1); j >= 0; j--)
            {
                term[j] = ((j > 0 ? term[j - 1] : 0) - (position * term[j])) * scale;
            }
        }
    }

    /// <summary>The value of a polynomial for the moments of a range.</summary>
    /// <param name="coefficients">Coefficients.</param>
    /// <param name="at">Where the polynomial begins in them.</param>
    /// <param name="moments">Moments.</param>
    /// <param name="row">Which row's.</param>
    public static Vector256<double> Apply(double[] coefficients, int at, double[] moments, int row)
    {
        ReadOnlySpan<double> c = coefficients.AsSpan(at, Moments.Count), m = moments.AsSpan(row * Moments.Count, Moments.Count);
        ref double x = ref MemoryMarshal.GetReference(c);
        ref double y = ref MemoryMarshal.GetReference(m);
        Vector256<double> sum = Vector256.LoadUnsafe(ref x) * Vector256.LoadUnsafe(ref y);
        sum = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref x, 4), Vector256.LoadUnsafe(ref y, 4), sum);
        return Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref x, 8), Vector256.LoadUnsafe(ref y, 8), sum);
    }
}
