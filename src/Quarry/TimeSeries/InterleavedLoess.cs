namespace Quarry.TimeSeries;

/// <summary>Regression of interleaved series with large windows: each by itself, gathered and put back.</summary>
internal sealed class InterleavedLoess : Loess
{
    private readonly int _stride;
    private readonly int _more;
    private readonly Loess _longer;
    private readonly Loess _shorter;
    private readonly int _longerCount;
    private readonly int _shortest;
    private readonly double[] _z;
    private readonly double[] _weights;
    private readonly double[] _weighted;
    private readonly double[] _alpha;
    private readonly double[] _beta;
    private readonly double[] _result;

    public InterleavedLoess(int length, int stride, int span, int degree, bool extends)
    {
        _stride = stride;
        _more = extends ? 2 : 0;
        _longerCount = length % stride;
        _shortest = length / stride;
        _longer = Create(_shortest + 1, 1, span, degree, extends);
        _shorter = Create(_shortest, 1, span, degree, extends);
        _z = new double[_shortest + 1];
        _weights = new double[_shortest + 1];
        _weighted = new double[_shortest + 1];
        _alpha = new double[_shortest + 1 + _more];
        _beta = new double[_shortest + 1 + _more];
        _result = new double[_shortest + 1 + _more];
    }

    public override void Smooth(ReadOnlySpan<double> z, Span<double> result)
    {
        for (int series = 0; series < _stride; series++)
        {
            (Loess loess, int length) = Of(series);
            Gather(z, series, _z.AsSpan(0, length));
            loess.Smooth(_z.AsSpan(0, length), _result.AsSpan(0, length + _more));
            Scatter(_result.AsSpan(0, length + _more), series, result);
        }
    }

    public override void Weigh(ReadOnlySpan<double> weights, Span<double> alpha, Span<double> beta)
    {
        for (int series = 0; series < _stride; series++)
        {
            (Loess loess, int length) = Of(series);
            Gather(weights, series, _weights.AsSpan(0, length));
            loess.Weigh(_weights.AsSpan(0, length), _alpha.AsSpan(0, length + _more), _beta.AsSpan(0, length + _more));
            Scatter(_alpha.AsSpan(0, length + _more), series, alpha);
            Scatter(_beta.AsSpan(0, length + _more), series, beta);
        }
    }

    public override void SmoothWeighted(
        ReadOnlySpan<double> z, ReadOnlySpan<double> weights, ReadOnlySpan<double> weighted,
        ReadOnlySpan<double> alpha, ReadOnlySpan<double> beta, Span<double> result)
    {
        for (int series = 0; series < _stride; series++)
        {
            (Loess loess, int length) = Of(series);
            Gather(z, series, _z.AsSpan(0, length));
            Gather(weights, series, _weights.AsSpan(0, length));
            Gather(weighted, series, _weighted.AsSpan(0, length));
            Gather(alpha, series, _alpha.AsSpan(0, length + _more));
            Gather(beta, series, _beta.AsSpan(0, length + _more));
            loess.SmoothWeighted(
                _z.AsSpan(0, length), _weights.AsSpan(0, length), _weighted.AsSpan(0, length),
                _alpha.AsSpan(0, length + _more), _beta.AsSpan(0, length + _more), _result.AsSpan(0, length + _more));
            Scatter(_result.AsSpan(0, length + _more), series, result);
        }
    }

    private (Loess Loess, int Length) Of(int series) => series < _longerCount ? (_longer, _shortest + 1) : (_shorter, _shortest);

    private void Gather(ReadOnlySpan<double> z, int series, Span<double> result)
    {
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = z[(i * _stride) + series];
        }
    }

    private void Scatter(ReadOnlySpan<double> z, int series, Span<double> result)
    {
        for (int i = 0; i < z.Length; i++)
        {
            result[(i * _stride) + series] = z[i];
        }
    }
}
