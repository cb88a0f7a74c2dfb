namespace Quarry.TimeSeries;

/// <summary>
/// Regression with large windows at a cost that does not grow with the window. The tricube weight is a polynomial of degree 9
/// on either side of the position, so a weighted sum over a range follows from the range's moments Σ uʲ y, j up to 11. The series
/// is cut into blocks as long as half the window: each half of a window is then the tail of one block and the head of the
/// next, and the moments of all heads and tails come from one pass forwards and one backwards. Positions u are counted from a
/// block's middle and scaled to [-1, 1], and nothing is subtracted from sums beyond the window: about 13 digits remain.
/// </summary>
/// <remarks>
/// The original's cuts at a thousandth of the bandwidth are not made here; their part of a sum is below 3e-11 of it. Where what
/// has weight stands only at the rim of a window, sums are taken one by one, with the cuts.
/// </remarks>
internal sealed class MomentLoess : Loess
{
    private const double LittleWeight = 1e-6;

    private readonly int _length;
    private readonly int _span;
    private readonly int _degree;
    private readonly int _first;
    private readonly int _points;
    private readonly int _half;
    private readonly int _leftCount;
    private readonly int _rightCount;
    private readonly double _middleAlpha;
    private readonly SlidingMoments? _middle;
    private readonly EdgeMoments _edge;
    private readonly double[] _turned;

    public MomentLoess(int length, int span, int degree, bool extends)
    {
        bool slides = length >= span;
        _length = length;
        _span = span;
        _degree = degree;
        _first = extends ? -1 : 0;
        _points = Math.Min(span, length);
        _half = (span - 1) / 2;
        _leftCount = slides ? _half : (length + 1) / 2;
        _rightCount = slides ? _half : length / 2;
        _edge = new EdgeMoments(_points, _first, _leftCount, span, degree, length);
        _turned = new double[_points];
        if (slides)
        {
            _middle = new SlidingMoments(_half);
            double[] kernel = new double[span];
            TricubeKernel.Fill(_half, _half, kernel);
            _middleAlpha = 1 / kernel.Sum();
        }
    }

    public override void Smooth(ReadOnlySpan<double> z, Span<double> result)
    {
        _middle?.Begin(z);
        for (int block = 1; _middle is not null && RowsOf(block) > 0; block++)
        {
            _middle.Advance(z, block);
            for (int row = 0; row < RowsOf(block); row++)
            {
                result[(block * _half) + row - _first] = _middleAlpha * _middle.Sum(row, 0);
            }
        }

        _edge.Fill(z[.._points]);
        for (int position = _first; position < _leftCount; position++)
        {
            result[position - _first] = _edge.Smooth(position);
        }

        FillTurned(z);
        for (int position = _first; position < _rightCount; position++)
        {
            result[^(1 + position - _first)] = _edge.Smooth(position);
        }
    }

    public override void Weigh(ReadOnlySpan<double> weights, Span<double> alpha, Span<double> beta)
    {
        _middle?.Begin(weights);
        for (int block = 1; _middle is not null && RowsOf(block) > 0; block++)
        {
            _middle.Advance(weights, block);
            for (int row = 0; row < RowsOf(block); row++)
            {
                int at = (block * _half) + row - _first;
                (alpha[at], beta[at]) = Factors(_middle.Sum(row, 0), _middle.Sum(row, 1), _middle.Sum(row, 2), _half);
            }
        }

        _edge.Fill(weights[.._points]);
        for (int position = _first; position < _leftCount; position++)
        {
            (alpha[position - _first], beta[position - _first]) = EdgeFactors(position);
        }

        FillTurned(weights);
        for (int position = _first; position < _rightCount; position++)
        {
            (alpha[^(1 + position - _first)], beta[^(1 + position - _first)]) = EdgeFactors(position);
        }

        for (int i = 0; i < alpha.Length; i++)
        {
            if (alpha[i] < 0 && OneByOne(weights, weights, i + _first, out _) == 0)
            {
                alpha[i] = 0;
            }
        }
    }

    public override void SmoothWeighted(
        ReadOnlySpan<double> z, ReadOnlySpan<double> weights, ReadOnlySpan<double> weighted,
        ReadOnlySpan<double> alpha, ReadOnlySpan<double> beta, Span<double> result)
    {
        _middle?.Begin(weighted);
        for (int block = 1; _middle is not null && RowsOf(block) > 0; block++)
        {
            _middle.Advance(weighted, block);
            for (int row = 0; row < RowsOf(block); row++)
            {
                int at = (block * _half) + row - _first;
                result[at] = (alpha[at] * _middle.Sum(row, 0)) + (beta[at] == 0 ? 0 : beta[at] * _middle.Sum(row, 1));
            }
        }

        _edge.Fill(weighted[.._points]);
        for (int position = _first; position < _leftCount; position++)
        {
            result[position - _first] = EdgeValue(position, alpha[position - _first], beta[position - _first]);
        }

        FillTurned(weighted);
        for (int position = _first; position < _rightCount; position++)
        {
            result[^(1 + position - _first)] = EdgeValue(position, alpha[^(1 + position - _first)], beta[^(1 + position - _first)]);
        }

        for (int i = 0; i < alpha.Length; i++)
        {
            if (alpha[i] < 0)
            {
                _ = OneByOne(weights, weighted, i + _first, out result[i]);
            }
        }

        KeepUnweighted(z, alpha, 1, _first < 0, result);
    }

    // How many positions of a block have a window that slides; all of block 0 has the first window.
    private int RowsOf(int block) => Math.Min(_half, _length - _half - (block * _half));

    private void FillTurned(ReadOnlySpan<double> z)
    {
        z[^_points..].CopyTo(_turned);
        _turned.AsSpan().Reverse();
        _edge.Fill(_turned);
    }

    private double EdgeValue(int position, double alpha, double beta) =>
        (alpha * _edge.Sum(position, 0)) + (beta == 0 ? 0 : beta * _edge.Sum(position, 1));

    private (double Alpha, double Beta) EdgeFactors(int position) =>
        Factors(_edge.Sum(position, 0), _edge.Sum(position, 1), _edge.Sum(position, 2), _edge.Bandwidth(position));

    private (double Alpha, double Beta) Factors(double a0, double a1, double a2, double bandwidth) =>
        a0 == 0 ? (0, 0)
        : a0 < LittleWeight * bandwidth ? (-1, 0)
        : TricubeKernel.Factors(a0, a1, a2, _degree, _length);

    // The definition: the sum of weights, and the smoothed value.
    private double OneByOne(ReadOnlySpan<double> weights, ReadOnlySpan<double> weighted, int position, out double value)
    {
        int start = Math.Clamp(position - _half, 0, _length - _points);
        double bandwidth = Math.Max(position - start, start + _points - 1 - position) + ((_span - _points) / 2);
        double a0 = 0, a1 = 0, a2 = 0, b0 = 0, b1 = 0;
        for (int i = start; i < start + _points; i++)
        {
            if (weights[i] == 0)
            {
                continue;
            }

            double k = i - position, w = TricubeKernel.Weight(Math.Abs(k), bandwidth), v = w * weights[i];
            (a0, a1, a2) = (a0 + v, a1 + (v * k), a2 + (v * k * k));
            (b0, b1) = (b0 + (w * weighted[i]), b1 + (w * k * weighted[i]));
        }

        (double alpha, double beta) = a0 > 0 ? TricubeKernel.Factors(a0, a1, a2, _degree, _length) : (0, 0);
        value = (alpha * b0) + (beta * b1);
        return a0;
    }
}
