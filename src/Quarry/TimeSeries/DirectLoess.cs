using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Quarry.TimeSeries;

/// <summary>
/// Regression with small windows: sums with fixed kernels. In the middle of a series the kernel is the same everywhere, so that
/// it slides over all interleaved series at once; only the ends have kernels of their own.
/// </summary>
internal sealed class DirectLoess : Loess
{
    private readonly int _stride;
    private readonly int _degree;
    private readonly int _offset;
    private readonly Group[] _groups;
    private readonly (int Start, int Count)[] _middle;
    private readonly EdgeKernels.Row _kernel;
    private readonly int _half;
    private readonly double[] _limits;
    private readonly double[] _a0;
    private readonly double[] _a1;
    private readonly double[] _a2;

    public DirectLoess(int length, int stride, int span, int degree, bool extends)
    {
        _stride = stride;
        _degree = degree;
        _offset = extends ? stride : 0;
        _half = (span - 1) / 2;
        int longer = length % stride, shortest = length / stride;
        List<Group> groups = [];
        if (longer > 0)
        {
            groups.Add(new Group(0, longer, new EdgeKernels(shortest + 1, span, degree, extends)));
        }

        if (shortest > 0)
        {
            groups.Add(new Group(longer, stride - longer, new EdgeKernels(shortest, span, degree, extends)));
        }

        _groups = [.. groups];
        _middle = [.. Middle(length, span)];
        _kernel = new EdgeKernels.Row(_half, span, int.MaxValue, span, 0);
        _limits = new double[length + (2 * _offset)];
        for (int i = 0; i < _limits.Length; i++)
        {
            double limit = 0.001 * ((i % stride < longer ? shortest + 1 : shortest) - 1);
            _limits[i] = degree == 0 ? double.PositiveInfinity : limit * limit;
        }

        _a0 = new double[_limits.Length];
        _a1 = new double[_limits.Length];
        _a2 = new double[_limits.Length];
    }

    public override void Smooth(ReadOnlySpan<double> z, Span<double> result)
    {
        foreach ((int start, int count) in _middle)
        {
            Lanes.Convolve(z[(start - (_half * _stride))..], _kernel.Plain, _stride, result.Slice(start + _offset, count));
        }

        foreach (Group group in _groups)
        {
            for (int row = _offset > 0 ? -1 : 0; row < group.Kernels.LeftCount; row++)
            {
                EdgeKernels.Row kernels = group.Kernels[row];
                Apply(group.Left(z), kernels.Plain, group.LeftResult(result, row, this));
                if (row < group.Kernels.RightCount)
                {
                    Apply(group.Right(z, _stride), kernels.BackwardPlain, group.RightResult(result, row, this));
                }
            }
        }
    }

    public override void Weigh(ReadOnlySpan<double> weights, Span<double> alpha, Span<double> beta)
    {
        foreach ((int start, int count) in _middle)
        {
            ReadOnlySpan<double> window = weights[(start - (_half * _stride))..];
            int at = start + _offset;
            Lanes.ConvolveThrice(
                window, _kernel.W.AsSpan(_half), _kernel.WK.AsSpan(_half), _kernel.WKK.AsSpan(_half), _stride,
                _a0.AsSpan(at, count), _a1.AsSpan(at, count), _a2.AsSpan(at, count));
        }

        foreach (Group group in _groups)
        {
            for (int row = _offset > 0 ? -1 : 0; row < group.Kernels.LeftCount; row++)
            {
                EdgeKernels.Row kernels = group.Kernels[row];
                ReadOnlySpan<double> left = group.Left(weights), right = group.Right(weights, _stride);
                Apply(left, kernels.W, group.LeftResult(_a0, row, this));
                Apply(left, kernels.WK, group.LeftResult(_a1, row, this));
                Apply(left, kernels.WKK, group.LeftResult(_a2, row, this));
                if (row < group.Kernels.RightCount)
                {
                    Apply(right, kernels.BackwardW, group.RightResult(_a0, row, this));
                    Apply(right, kernels.BackwardWK, group.RightResult(_a1, row, this));
                    Apply(right, kernels.BackwardWKK, group.RightResult(_a2, row, this));
                }
            }
        }

        Factors(alpha, beta);
    }

    public override void SmoothWeighted(
        ReadOnlySpan<double> z, ReadOnlySpan<double> weights, ReadOnlySpan<double> weighted,
        ReadOnlySpan<double> alpha, ReadOnlySpan<double> beta, Span<double> result)
    {
        foreach ((int start, int count) in _middle)
        {
            int at = start + _offset;
            ReadOnlySpan<double> window = weighted[(start - (_half * _stride))..];
            if (_degree == 0)
            {
                Lanes.Convolve(window, _kernel.W, _stride, result.Slice(at, count));
                Lanes.Multiply(result.Slice(at, count), alpha.Slice(at, count), result.Slice(at, count));
                continue;
            }

            Lanes.ConvolveTwice(window, _kernel.W, _kernel.WK, _stride, alpha.Slice(at, count), beta.Slice(at, count), result.Slice(at, count));
        }

        foreach (Group group in _groups)
        {
            for (int row = _offset > 0 ? -1 : 0; row < group.Kernels.LeftCount; row++)
            {
                EdgeKernels.Row kernels = group.Kernels[row];
                ApplyTwice(group.Left(weighted), kernels.W, kernels.WK, group.LeftStart(row, this), group.Count, alpha, beta, result);
                if (row < group.Kernels.RightCount)
                {
                    ApplyTwice(
                        group.Right(weighted, _stride), kernels.BackwardW, kernels.BackwardWK, group.RightStart(row, this), group.Count, alpha, beta, result);
                }
            }
        }

        KeepUnweighted(z, alpha, _stride, _offset > 0, result);
    }

    // Where the window slides: all series at once if each is longer than the window, else row by row where one is.
    private IEnumerable<(int Start, int Count)> Middle(int length, int span)
    {
        if (_groups.All(g => g.Kernels.Length >= span))
        {
            if (length > 2 * _half * _stride)
            {
                yield return (_half * _stride, length - (2 * _half * _stride));
            }

            yield break;
        }

        foreach (Group group in _groups.Where(g => g.Kernels.Length >= span))
        {
            for (int row = _half; row < group.Kernels.Length - _half; row++)
            {
                yield return ((row * _stride) + group.First, group.Count);
            }
        }
    }

    private void Apply(ReadOnlySpan<double> z, double[] kernel, Span<double> result)
    {
        if (_stride == 1)
        {
            result[0] = Lanes.Dot(kernel, z);
            return;
        }

        Lanes.Convolve(z, kernel, _stride, result);
    }

    private void ApplyTwice(
        ReadOnlySpan<double> z, double[] kernel0, double[] kernel1, int at, int count,
        ReadOnlySpan<double> alpha, ReadOnlySpan<double> beta, Span<double> result)
    {
        if (_stride == 1)
        {
            result[at] = (alpha[at] * Lanes.Dot(kernel0, z)) + (beta[at] * Lanes.Dot(kernel1, z));
            return;
        }

        Lanes.ConvolveTwice(z, kernel0, kernel1, _stride, alpha.Slice(at, count), beta.Slice(at, count), result.Slice(at, count));
    }

    private void Factors(Span<double> alpha, Span<double> beta)
    {
        ReadOnlySpan<Vector256<double>> a0 = MemoryMarshal.Cast<double, Vector256<double>>(_a0);
        ReadOnlySpan<Vector256<double>> a1 = MemoryMarshal.Cast<double, Vector256<double>>(_a1);
        ReadOnlySpan<Vector256<double>> a2 = MemoryMarshal.Cast<double, Vector256<double>>(_a2);
        ReadOnlySpan<Vector256<double>> limits = MemoryMarshal.Cast<double, Vector256<double>>(_limits);
        Span<Vector256<double>> alphas = MemoryMarshal.Cast<double, Vector256<double>>(alpha);
        Span<Vector256<double>> betas = MemoryMarshal.Cast<double, Vector256<double>>(beta);
        for (int i = 0; i < a0.Length; i++)
        {
            Vector256<double> some = Vector256.GreaterThan(a0[i], Vector256<double>.Zero);
            Vector256<double> inverse = Vector256<double>.One / a0[i];
            Vector256<double> mean = a1[i] * inverse;
            Vector256<double> spread = (a2[i] * inverse) - (mean * mean);
            Vector256<double> slope = Vector256.GreaterThan(spread, limits[i]) & (mean / spread);
            alphas[i] = some & (Vector256.FusedMultiplyAdd(mean, slope, Vector256<double>.One) * inverse);
            betas[i] = some & (-slope * inverse);
        }

        for (int i = a0.Length * Vector256<double>.Count; i < _a0.Length; i++)
        {
            double mean = _a1[i] / _a0[i], spread = (_a2[i] / _a0[i]) - (mean * mean);
            double slope = spread > _limits[i] ? mean / spread : 0;
            alpha[i] = _a0[i] > 0 ? (1 + (mean * slope)) / _a0[i] : 0;
            beta[i] = _a0[i] > 0 ? -slope / _a0[i] : 0;
        }
    }

    /// <summary>Interleaved series of the same length beside one another.</summary>
    private readonly record struct Group(int First, int Count, EdgeKernels Kernels)
    {
        public ReadOnlySpan<double> Left(ReadOnlySpan<double> z) => z[First..];

        public ReadOnlySpan<double> Right(ReadOnlySpan<double> z, int stride) => z[(((Kernels.Length - Kernels.Points) * stride) + First)..];

        public int LeftStart(int row, DirectLoess loess) => (row * loess._stride) + First + loess._offset;

        public int RightStart(int row, DirectLoess loess) => ((Kernels.Length - 1 - row) * loess._stride) + First + loess._offset;

        public Span<double> LeftResult(Span<double> result, int row, DirectLoess loess) => result.Slice(LeftStart(row, loess), Count);

        public Span<double> RightResult(Span<double> result, int row, DirectLoess loess) => result.Slice(RightStart(row, loess), Count);
    }
}
