using Quarry.Catalogue;

namespace Quarry.TimeSeries;

/// <summary>Which series to look at, how to decompose it, and what counts as an anomaly.</summary>
[AnalysisOptions]
public sealed partial record AnomalyOptions
{
    /// <summary>The column of the times. Default: the first that is a datetime or is named like one (TimeGenerated, Timestamp, time, ...).</summary>
    public string? Time { get; init; }

    /// <summary>The column of the values. Default: the first other column that is a number, or the first other column where none is typed.</summary>
    public string? Value { get; init; }

    /// <summary>Columns whose values tell series apart: one series for each combination. Default: none, one series.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>
    /// How many steps a season has; several for seasons within one another, such as 24,168. Default: auto, which is a day if its steps
    /// are a whole number (24 for hours), a week for steps of a day, an hour where the series is shorter than two days, else 24.
    /// </summary>
    /// <exception cref="QuarryException">A period is no whole number from 2 on.</exception>
    public IReadOnlyList<string> Period
    {
        get;
        init
        {
            _ = PeriodChoice.Parse(value);
            field = value;
        }
    } = [];

    /// <summary>The span of the season's smoothing in periods, odd, at least 3. Default: 7.</summary>
    /// <exception cref="QuarryException">It is even or less than 3.</exception>
    public int Seasonal
    {
        get;
        init => field = IsSpan(value) ? value : throw NoSpan(value);
    } = 7;

    /// <summary>The span of the trend's smoothing in steps, odd, at least 3. Default: about twice the period.</summary>
    /// <exception cref="QuarryException">It is even or less than 3.</exception>
    public int? Trend
    {
        get;
        init => field = IsSpan(value) ? value : throw NoSpan(value);
    }

    /// <summary>The span of the low-pass filter in steps, odd, at least 3. Default: the smallest odd number above the period.</summary>
    /// <exception cref="QuarryException">It is even or less than 3.</exception>
    public int? LowPass
    {
        get;
        init => field = IsSpan(value) ? value : throw NoSpan(value);
    }

    /// <summary>Whether points that stand out lose their influence on trend and season. Default: false.</summary>
    public bool Robust { get; init; }

    /// <summary>How the score of a residual is measured. Default: zscore.</summary>
    public AnomalyScore Score { get; init; } = AnomalyScore.Zscore;

    /// <summary>A score above it is a spike, one below its negative a dip. Default: 3, or 1.5 for tukey.</summary>
    /// <exception cref="QuarryException">It is negative.</exception>
    public double? Threshold
    {
        get;
        init => field = value is null or >= 0 ? value : throw new QuarryException($"The threshold is {value}; it has to be 0 or more.");
    }

    /// <summary>The length of a step, such as 1h; rows are put into steps of it. Default: what the times have between them most often.</summary>
    /// <exception cref="QuarryException">It is zero.</exception>
    public TimeSpan? Step
    {
        get;
        init => field = value is null || value > TimeSpan.Zero ? value : throw new QuarryException("The step has to be longer than nothing, such as 1h.");
    }

    /// <summary>What several rows of one step come to. Default: sum.</summary>
    public SeriesAggregate Aggregate { get; init; } = SeriesAggregate.Sum;

    /// <summary>What a step without a row counts as. Default: zero.</summary>
    public GapFilling Fill { get; init; } = GapFilling.Zero;

    /// <summary>What is shown. Default: points.</summary>
    public AnomalyView View { get; init; } = AnomalyView.Points;

    /// <summary>Whether only spikes count for the periods of <c>--view periods</c>, and no dips. Default: false.</summary>
    public bool SpikesOnly { get; init; }

    /// <summary>The column that the KQL clause of <c>--view periods</c> names. Default: the column of the times.</summary>
    public string? KqlColumn { get; init; }

    /// <summary>The most points that all series together may have once their gaps are filled. Default: 5000000.</summary>
    /// <exception cref="QuarryException">It is less than 1.</exception>
    public int MaxPoints
    {
        get;
        init => field = value > 0 ? value : throw new QuarryException($"The most points are {value}; there has to be at least 1.");
    } = 5_000_000;

    /// <summary>The threshold that holds for the chosen score.</summary>
    internal double EffectiveThreshold => Threshold ?? (Score == AnomalyScore.Tukey ? 1.5 : 3);

    private static bool IsSpan(int? value) => value is null || (value >= 3 && value % 2 == 1);

    private static QuarryException NoSpan(int? value) => new($"The span is {value}; it has to be an odd number of at least 3.");
}
