using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Quarry.TimeSeries;

/// <summary>The loops of the decomposition over vectors of four numbers. Every span of a call is as long as the first one.</summary>
internal static class Lanes
{
    private const int Tile = 16;

    /// <summary>Σ a b.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref double x = ref MemoryMarshal.GetReference(a);
        ref double y = ref MemoryMarshal.GetReference(b[..a.Length]);
        Vector256<double> sum0 = default, sum1 = default;
        int i = 0;
        for (; i <= a.Length - 8; i += 8)
        {
            sum0 = Vector256.FusedMultiplyAdd(At(ref x, i), At(ref y, i), sum0);
            sum1 = Vector256.FusedMultiplyAdd(At(ref x, i + 4), At(ref y, i + 4), sum1);
        }

        double sum = Vector256.Sum(sum0 + sum1);
        for (; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>result = a - b.</summary>
    public static void Subtract(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> result)
    {
        ref double x = ref MemoryMarshal.GetReference(a);
        ref double y = ref MemoryMarshal.GetReference(b[..a.Length]);
        ref double z = ref MemoryMarshal.GetReference(result[..a.Length]);
        int i = 0;
        for (; i <= a.Length - 4; i += 4)
        {
            (At(ref x, i) - At(ref y, i)).StoreUnsafe(ref z, (nuint)i);
        }

        for (; i < a.Length; i++)
        {
            result[i] = a[i] - b[i];
        }
    }

    /// <summary>result = a b.</summary>
    public static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> result)
    {
        ref double x = ref MemoryMarshal.GetReference(a);
        ref double y = ref MemoryMarshal.GetReference(b[..a.Length]);
        ref double z = ref MemoryMarshal.GetReference(result[..a.Length]);
        int i = 0;
        for (; i <= a.Length - 4; i += 4)
        {
            (At(ref x, i) * At(ref y, i)).StoreUnsafe(ref z, (nuint)i);
        }

        for (; i < a.Length; i++)
        {
            result[i] = a[i] * b[i];
        }
    }

    /// <summary>result[i] = Σ kernel[k] z[i + k stride], for as many i as the result has.</summary>
    public static void Convolve(ReadOnlySpan<double> z, ReadOnlySpan<double> kernel, int stride, Span<double> result)
    {
        CheckReach(z, kernel, stride, result);
        ref double x = ref MemoryMarshal.GetReference(z);
        ref double r = ref MemoryMarshal.GetReference(result);
        int i = 0;
        for (; i <= result.Length - Tile; i += Tile)
        {
            ConvolveTile(ref Unsafe.Add(ref x, i), kernel, stride, ref Unsafe.Add(ref r, i));
        }

        if (i < result.Length && result.Length >= Tile)
        {
            i = result.Length - Tile;
            ConvolveTile(ref Unsafe.Add(ref x, i), kernel, stride, ref Unsafe.Add(ref r, i));
            return;
        }

        for (; i < result.Length; i++)
        {
            double sum = 0;
            for (int k = 0; k < kernel.Length; k++)
            {
                sum += kernel[k] * z[i + (k * stride)];
            }

            result[i] = sum;
        }
    }

    /// <summary>result[i] = alpha[i] Σ kernel0[k] z[i + k stride] + beta[i] Σ kernel1[k] z[i + k stride].</summary>
    public static void ConvolveTwice(
        ReadOnlySpan<double> z, ReadOnlySpan<double> kernel0, ReadOnlySpan<double> kernel1, int stride,
        ReadOnlySpan<double> alpha, ReadOnlySpan<double> beta, Span<double> result)
    {
        CheckReach(z, kernel0, stride, result);
        ref double x = ref MemoryMarshal.GetReference(z);
        ref double r = ref MemoryMarshal.GetReference(result);
        ref double a = ref MemoryMarshal.GetReference(alpha[..result.Length]);
        ref double b = ref MemoryMarshal.GetReference(beta[..result.Length]);
        int i = 0;
        for (; i <= result.Length - Tile; i += Tile)
        {
            ConvolveTileTwice(ref Unsafe.Add(ref x, i), kernel0, kernel1, stride, ref Unsafe.Add(ref a, i), ref Unsafe.Add(ref b, i), ref Unsafe.Add(ref r, i));
        }

        if (i < result.Length && result.Length >= Tile)
        {
            i = result.Length - Tile;
            ConvolveTileTwice(ref Unsafe.Add(ref x, i), kernel0, kernel1, stride, ref Unsafe.Add(ref a, i), ref Unsafe.Add(ref b, i), ref Unsafe.Add(ref r, i));
            return;
        }

        for (; i < result.Length; i++)
        {
            double sum0 = 0, sum1 = 0;
            for (int k = 0; k < kernel0.Length; k++)
            {
                sum0 += kernel0[k] * z[i + (k * stride)];
                sum1 += kernel1[k] * z[i + (k * stride)];
            }

            result[i] = (alpha[i] * sum0) + (beta[i] * sum1);
        }
    }

    /// <summary>
    /// The sums of z with three kernels of the same odd length around each point: an even one, an odd one and an even one. Each is given
    /// by its right half, from the middle on; what lies at the same distance on either side is added first.
    /// </summary>
    public static void ConvolveThrice(
        ReadOnlySpan<double> z, ReadOnlySpan<double> even, ReadOnlySpan<double> odd, ReadOnlySpan<double> even2, int stride,
        Span<double> result0, Span<double> result1, Span<double> result2)
    {
        int half = even.Length - 1;
        CheckReach(z[(half * stride)..], even, stride, result0);
        ref double x = ref MemoryMarshal.GetReference(z[(half * stride)..]);
        ref double r0 = ref MemoryMarshal.GetReference(result0);
        ref double r1 = ref MemoryMarshal.GetReference(result1[..result0.Length]);
        ref double r2 = ref MemoryMarshal.GetReference(result2[..result0.Length]);
        int i = 0;
        for (; i <= result0.Length - 8; i += 8)
        {
            ConvolveTileThrice(ref Unsafe.Add(ref x, i), even, odd, even2, stride, ref Unsafe.Add(ref r0, i), ref Unsafe.Add(ref r1, i), ref Unsafe.Add(ref r2, i));
        }

        for (; i < result0.Length; i++)
        {
            int middle = i + (half * stride);
            double sum0 = even[0] * z[middle], sum1 = 0, sum2 = 0;
            for (int k = 1; k <= half; k++)
            {
                double left = z[middle - (k * stride)], right = z[middle + (k * stride)];
                sum0 += even[k] * (left + right);
                sum1 += odd[k] * (right - left);
                sum2 += even2[k] * (left + right);
            }

            (result0[i], result1[i], result2[i]) = (sum0, sum1, sum2);
        }
    }

    /// <summary>result[i] is the mean of z[i], z[i + 1] and z[i + 2].</summary>
    public static void MeanOfThree(ReadOnlySpan<double> z, Span<double> result)
    {
        ref double x = ref MemoryMarshal.GetReference(z[..(result.Length + 2)]);
        ref double r = ref MemoryMarshal.GetReference(result);
        int i = 0;
        for (; i <= result.Length - 4; i += 4)
        {
            ((At(ref x, i) + At(ref x, i + 1) + At(ref x, i + 2)) * (1.0 / 3)).StoreUnsafe(ref r, (nuint)i);
        }

        for (; i < result.Length; i++)
        {
            result[i] = (z[i] + z[i + 1] + z[i + 2]) * (1.0 / 3);
        }
    }

    private static void CheckReach(ReadOnlySpan<double> z, ReadOnlySpan<double> kernel, int stride, Span<double> result)
    {
        // The loops read without bounds checks: this is their proof.
        if (result.Length > 0 && (kernel.IsEmpty || result.Length + ((long)(kernel.Length - 1) * stride) > z.Length))
        {
            throw new ArgumentException("The kernel reaches beyond the series.", nameof(result));
        }
    }

    private static void ConvolveTile(ref double z, ReadOnlySpan<double> kernel, int stride, ref double result)
    {
        Vector256<double> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        ref double x = ref z;
        for (int k = 0; k < kernel.Length; k++)
        {
            Vector256<double> w = Vector256.Create(kernel[k]);
            sum0 = Vector256.FusedMultiplyAdd(At(ref x, 0), w, sum0);
            sum1 = Vector256.FusedMultiplyAdd(At(ref x, 4), w, sum1);
            sum2 = Vector256.FusedMultiplyAdd(At(ref x, 8), w, sum2);
            sum3 = Vector256.FusedMultiplyAdd(At(ref x, 12), w, sum3);
            x = ref Unsafe.Add(ref x, stride);
        }

        sum0.StoreUnsafe(ref result);
        sum1.StoreUnsafe(ref result, 4);
        sum2.StoreUnsafe(ref result, 8);
        sum3.StoreUnsafe(ref result, 12);
    }

    private static void ConvolveTileTwice(
        ref double z, ReadOnlySpan<double> kernel0, ReadOnlySpan<double> kernel1, int stride, ref double alpha, ref double beta, ref double result)
    {
        Vector256<double> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        ref double x = ref z;
        kernel1 = kernel1[..kernel0.Length];
        for (int k = 0; k < kernel0.Length; k++)
        {
            Vector256<double> w0 = Vector256.Create(kernel0[k]), w1 = Vector256.Create(kernel1[k]);
            Vector256<double> x0 = At(ref x, 0), x1 = At(ref x, 4), x2 = At(ref x, 8), x3 = At(ref x, 12);
            a0 = Vector256.FusedMultiplyAdd(x0, w0, a0);
            a1 = Vector256.FusedMultiplyAdd(x1, w0, a1);
            a2 = Vector256.FusedMultiplyAdd(x2, w0, a2);
            a3 = Vector256.FusedMultiplyAdd(x3, w0, a3);
            b0 = Vector256.FusedMultiplyAdd(x0, w1, b0);
            b1 = Vector256.FusedMultiplyAdd(x1, w1, b1);
            b2 = Vector256.FusedMultiplyAdd(x2, w1, b2);
            b3 = Vector256.FusedMultiplyAdd(x3, w1, b3);
            x = ref Unsafe.Add(ref x, stride);
        }

        ((At(ref alpha, 0) * a0) + (At(ref beta, 0) * b0)).StoreUnsafe(ref result);
        ((At(ref alpha, 4) * a1) + (At(ref beta, 4) * b1)).StoreUnsafe(ref result, 4);
        ((At(ref alpha, 8) * a2) + (At(ref beta, 8) * b2)).StoreUnsafe(ref result, 8);
        ((At(ref alpha, 12) * a3) + (At(ref beta, 12) * b3)).StoreUnsafe(ref result, 12);
    }

    private static void ConvolveTileThrice(
        ref double z, ReadOnlySpan<double> even, ReadOnlySpan<double> odd, ReadOnlySpan<double> even2, int stride,
        ref double result0, ref double result1, ref double result2)
    {
        Vector256<double> middle0 = At(ref z, 0), middle1 = At(ref z, 4), first = Vector256.Create(even[0]);
        Vector256<double> a0 = first * middle0, a1 = first * middle1, b0 = default, b1 = default, c0 = default, c1 = default;
        ref double left = ref z;
        ref double right = ref z;
        odd = odd[..even.Length];
        even2 = even2[..even.Length];
        for (int k = 1; k < even.Length; k++)
        {
            left = ref Unsafe.Subtract(ref left, stride);
            right = ref Unsafe.Add(ref right, stride);
            Vector256<double> l0 = At(ref left, 0), l1 = At(ref left, 4), r0 = At(ref right, 0), r1 = At(ref right, 4);
            Vector256<double> w0 = Vector256.Create(even[k]), w1 = Vector256.Create(odd[k]), w2 = Vector256.Create(even2[k]);
            Vector256<double> sum0 = l0 + r0, sum1 = l1 + r1;
            a0 = Vector256.FusedMultiplyAdd(sum0, w0, a0);
            a1 = Vector256.FusedMultiplyAdd(sum1, w0, a1);
            b0 = Vector256.FusedMultiplyAdd(r0 - l0, w1, b0);
            b1 = Vector256.FusedMultiplyAdd(r1 - l1, w1, b1);
            c0 = Vector256.FusedMultiplyAdd(sum0, w2, c0);
            c1 = Vector256.FusedMultiplyAdd(sum1, w2, c1);
        }

        a0.StoreUnsafe(ref result0);
        a1.StoreUnsafe(ref result0, 4);
        b0.StoreUnsafe(ref result1);
        b1.StoreUnsafe(ref result1, 4);
        c0.StoreUnsafe(ref result2);
        c1.StoreUnsafe(ref result2, 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> At(ref double start, int offset) => Vector256.LoadUnsafe(ref start, (nuint)offset);
}
