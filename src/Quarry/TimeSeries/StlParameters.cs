namespace Quarry.TimeSeries;

/// <summary>
/// The parameters of STL. Spans are odd numbers of points; a larger one makes its component smoother.
/// </summary>
/// <remarks>
/// Source: Cleveland, Cleveland, McRae, Terpenning, "STL: A Seasonal-Trend Decomposition Procedure Based on Loess", Journal of
/// Official Statistics 6 (1990), section 3; defaults are statsmodels'.
/// </remarks>
public sealed record StlParameters
{
    /// <summary>How many points a season has, at least 2. Default: 24, a day of hours.</summary>
    public int Period { get; init; } = 24;

    /// <summary>The span of the season's smoothing over its repetitions, at least 3. Default: 7.</summary>
    public int Seasonal { get; init; } = 7;

    /// <summary>The span of the trend. Default: the smallest odd number of at least 1.5 periods / (1 - 1.5 / <see cref="Seasonal"/>).</summary>
    public int? Trend { get; init; }

    /// <summary>The span of the low-pass filter. Default: the smallest odd number above the period.</summary>
    public int? LowPass { get; init; }

    /// <summary>The degree of the season's smoothing, 0 or 1. Default: 1.</summary>
    public int SeasonalDegree { get; init; } = 1;

    /// <summary>The degree of the trend's smoothing, 0 or 1. Default: 1.</summary>
    public int TrendDegree { get; init; } = 1;

    /// <summary>The degree of the low-pass filter, 0 or 1. Default: 1.</summary>
    public int LowPassDegree { get; init; } = 1;

    /// <summary>The season is smoothed at every so many repetitions, with straight lines between. Default: 1.</summary>
    public int SeasonalJump { get; init; } = 1;

    /// <summary>The trend is smoothed at every so many points. Default: 1.</summary>
    public int TrendJump { get; init; } = 1;

    /// <summary>The low-pass filter is taken at every so many points. Default: 1.</summary>
    public int LowPassJump { get; init; } = 1;

    /// <summary>Whether points that stand out lose their influence on the components. Default: false.</summary>
    public bool Robust { get; init; }

    /// <summary>Passes over season and trend within a robustness pass. Default: 5, or 2 if <see cref="Robust"/>.</summary>
    public int? InnerIterations { get; init; }

    /// <summary>Passes with robustness weights after the first. Default: 0, or 15 if <see cref="Robust"/>.</summary>
    public int? OuterIterations { get; init; }

    internal int TrendSpan => Trend ?? SmallestOdd(1.5 * Period / (1 - (1.5 / Seasonal)));

    internal int LowPassSpan => LowPass ?? SmallestOdd(Period + 1.0);

    internal int Inner => InnerIterations ?? (Robust ? 2 : 5);

    internal int Outer => OuterIterations ?? (Robust ? 15 : 0);

    /// <summary>Checks the parameters.</summary>
    /// <exception cref="QuarryException">One is out of its range; the message says which.</exception>
    internal void Check()
    {
        Require(Period is >= 2 and <= 100_000_000, nameof(Period), Period, "a whole number from 2 to 100,000,000");
        RequireSpan(Seasonal, nameof(Seasonal));
        RequireSpan(TrendSpan, nameof(Trend));
        RequireSpan(LowPassSpan, nameof(LowPass));
        Require(SeasonalDegree is 0 or 1, nameof(SeasonalDegree), SeasonalDegree, "0 or 1");
        Require(TrendDegree is 0 or 1, nameof(TrendDegree), TrendDegree, "0 or 1");
        Require(LowPassDegree is 0 or 1, nameof(LowPassDegree), LowPassDegree, "0 or 1");
        Require(SeasonalJump >= 1, nameof(SeasonalJump), SeasonalJump, "at least 1");
        Require(TrendJump >= 1, nameof(TrendJump), TrendJump, "at least 1");
        Require(LowPassJump >= 1, nameof(LowPassJump), LowPassJump, "at least 1");
        Require(Inner is >= 1 and <= 1000, nameof(InnerIterations), Inner, "from 1 to 1,000");
        Require(Outer is >= 0 and <= 1000, nameof(OuterIterations), Outer, "from 0 to 1,000");
    }

    private static void RequireSpan(int span, string name) =>
        Require(span >= 3 && span % 2 == 1, name, span, "an odd number of at least 3");

    private static void Require(bool holds, string name, int value, string expected)
    {
        if (!holds)
        {
            throw new QuarryException($"STL's parameter {name} is {value}; it has to be {expected}.");
        }
    }

    private static int SmallestOdd(double atLeast)
    {
        int whole = (int)Math.Ceiling(atLeast);
        return whole % 2 == 1 ? whole : whole + 1;
    }
}
