namespace Quarry.TimeSeries;

/// <summary>
/// Seasonal-trend decomposition by loess, of series of one length. An instance has its buffers and allocates nothing while it
/// decomposes: make one a thread and use it for many series.
/// </summary>
/// <remarks>
/// Source: Cleveland, Cleveland, McRae, Terpenning, "STL: A Seasonal-Trend Decomposition Procedure Based on Loess", Journal of
/// Official Statistics 6 (1990). Results equal the Fortran original's and statsmodels' to rounding, but for one corner: with a
/// jump of more than half the span, the last point is smoothed over its own window, not over that of the point before.
/// </remarks>
public sealed class Stl
{
    // Beyond this sums of squares and moments overflow: what is larger is decomposed as a fraction of itself.
    private const double Largest = 1e100;
    private const int Downscale = -700;

    // Residuals below this share of the range are rounding. To tell near from far among them would be to decompose by chance.
    private const double Rounding = 1e-13;

    private readonly StlParameters _parameters;
    private readonly int _length;
    private readonly Loess _seasonalLoess;
    private readonly Loess _trendLoess;
    private readonly Loess _lowPassLoess;
    private readonly double[] _y;
    private readonly double[] _trend;
    private readonly double[] _seasonal;
    private readonly double[] _rest;
    private readonly double[] _weighted;
    private readonly double[] _cycle;
    private readonly double[] _once;
    private readonly double[] _twice;
    private readonly double[] _lowPass;
    private readonly RobustWeights? _robust;
    private readonly double[] _seasonalAlpha = [];
    private readonly double[] _seasonalBeta = [];
    private readonly double[] _trendAlpha = [];
    private readonly double[] _trendBeta = [];
    private double _noise;

    /// <summary>Makes ready for series of a length.</summary>
    /// <exception cref="QuarryException">A parameter is out of its range, or the series is shorter than two periods.</exception>
    public Stl(int length, StlParameters parameters)
    {
        parameters.Check();
        int period = parameters.Period;
        if (length < 2L * period)
        {
            throw new QuarryException(
                $"A series of {length:N0} points is too short for a period of {period:N0}: two periods, {2L * period:N0} points, are needed. "
                + "Give a longer series, a smaller period, or a coarser step.");
        }

        _parameters = parameters;
        _length = length;
        int extended = length + (2 * period);
        _seasonalLoess = Loess.Create(length, period, parameters.Seasonal, parameters.SeasonalDegree, extends: true);
        _trendLoess = Loess.Create(length, 1, parameters.TrendSpan, parameters.TrendDegree, extends: false);
        _lowPassLoess = Loess.Create(length, 1, parameters.LowPassSpan, parameters.LowPassDegree, extends: false);
        _y = new double[length];
        _trend = new double[length];
        _seasonal = new double[length];
        _rest = new double[length];
        _weighted = new double[length];
        _lowPass = new double[length];
        _cycle = new double[extended];
        _once = new double[length + period + 1];
        _twice = new double[length + 2];
        if (parameters.Outer > 0)
        {
            _robust = new RobustWeights(length);
            (_seasonalAlpha, _seasonalBeta) = (new double[extended], new double[extended]);
            (_trendAlpha, _trendBeta) = (new double[length], new double[length]);
        }
    }

    /// <summary>Decomposes a series.</summary>
    /// <param name="values">The values at even steps, all finite.</param>
    /// <param name="parameters">The parameters.</param>
    /// <exception cref="QuarryException">A parameter is out of its range, a value is not finite, or there are fewer than two periods.</exception>
    public static Decomposition Decompose(ReadOnlySpan<double> values, StlParameters parameters)
    {
        var result = new Decomposition(
            new double[values.Length], new double[values.Length], new double[values.Length], new double[values.Length]);
        new Stl(values.Length, parameters).Decompose(values, result.Trend, result.Seasonal, result.Residual, result.Weights);
        return result;
    }

    /// <summary>Decomposes a series into spans of its length.</summary>
    /// <param name="values">The values at even steps, all finite.</param>
    /// <param name="trend">Takes the trend.</param>
    /// <param name="seasonal">Takes the season.</param>
    /// <param name="residual">Takes value - trend - seasonal.</param>
    /// <param name="weights">Takes the robustness weights.</param>
    /// <exception cref="ArgumentException">A span is not of the length that this was made for.</exception>
    /// <exception cref="QuarryException">A value is not finite.</exception>
    public void Decompose(ReadOnlySpan<double> values, Span<double> trend, Span<double> seasonal, Span<double> residual, Span<double> weights)
    {
        foreach (int length in (ReadOnlySpan<int>)[values.Length, trend.Length, seasonal.Length, residual.Length, weights.Length])
        {
            if (length != _length)
            {
                throw new ArgumentException($"This decomposes series of {_length} points, not {length}.", nameof(values));
            }
        }

        (double centre, int scale) = Centre(values);
        Iterate();
        weights.Fill(1);
        _robust?.Weights.CopyTo(weights);

        for (int i = 0; i < values.Length; i++)
        {
            trend[i] = Math.ScaleB(_trend[i] + centre, -scale);
            seasonal[i] = Math.ScaleB(_seasonal[i], -scale);
            residual[i] = values[i] - trend[i] - seasonal[i];
        }
    }

    // A constant, added to all values, is added to the trend: without the level of the series the components keep more digits,
    // and a constant series has a residual of exactly nothing.
    private (double Centre, int Scale) Centre(ReadOnlySpan<double> values)
    {
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw new QuarryException($"Point {i:N0} of the series is {values[i]}; only numbers can be decomposed. Leave it out or fill it in.");
            }

            least = Math.Min(least, values[i]);
            most = Math.Max(most, values[i]);
        }

        int scale = most > Largest || least < -Largest ? Downscale : 0;
        double centre = (Math.ScaleB(least, scale) / 2) + (Math.ScaleB(most, scale) / 2);
        for (int i = 0; i < values.Length; i++)
        {
            _y[i] = (scale == 0 ? values[i] : Math.ScaleB(values[i], scale)) - centre;
        }

        _noise = Rounding * (Math.ScaleB(most, scale) - centre);
        return (centre, scale);
    }

    private void Iterate()
    {
        _trend.AsSpan().Clear();
        for (int outer = 0; outer <= _parameters.Outer; outer++)
        {
            bool isWeighted = outer > 0;
            if (isWeighted)
            {
                Lanes.Subtract(_y, _trend, _rest);
                Lanes.Subtract(_rest, _seasonal, _rest);
                _robust!.Weigh(_rest, _noise);
                _seasonalLoess.Weigh(_robust.Weights, _seasonalAlpha, _seasonalBeta);
                _trendLoess.Weigh(_robust.Weights, _trendAlpha, _trendBeta);
            }

            for (int inner = 0; inner < _parameters.Inner; inner++)
            {
                SmoothSeason(isWeighted);
                SmoothTrend(isWeighted);
            }
        }
    }

    private void SmoothSeason(bool isWeighted)
    {
        Lanes.Subtract(_y, _trend, _rest);
        Smooth(_seasonalLoess, isWeighted, _seasonalAlpha, _seasonalBeta, _cycle);
        int period = _parameters.Period;
        EveryFew.Interpolate(_cycle, period, _length, period, _parameters.SeasonalJump);

        MovingAverage.Take(_cycle, period, _once);
        MovingAverage.Take(_once, period, _twice);
        Lanes.MeanOfThree(_twice, _rest);
        _lowPassLoess.Smooth(_rest, _lowPass);
        EveryFew.Interpolate(_lowPass, 0, _length, 1, _parameters.LowPassJump);
        Lanes.Subtract(_cycle.AsSpan(period, _length), _lowPass, _seasonal);
    }

    private void SmoothTrend(bool isWeighted)
    {
        Lanes.Subtract(_y, _seasonal, _rest);
        Smooth(_trendLoess, isWeighted, _trendAlpha, _trendBeta, _trend);
        EveryFew.Interpolate(_trend, 0, _length, 1, _parameters.TrendJump);
    }

    private void Smooth(Loess loess, bool isWeighted, double[] alpha, double[] beta, double[] result)
    {
        if (!isWeighted)
        {
            loess.Smooth(_rest, result);
            return;
        }

        Lanes.Multiply(_rest, _robust!.Weights, _weighted);
        loess.SmoothWeighted(_rest, _robust.Weights, _weighted, alpha, beta, result);
    }
}
