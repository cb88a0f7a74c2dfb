using Quarry.Catalogue;

namespace Quarry.Logs;

/// <summary>How raw log lines are read.</summary>
/// <exception cref="QuarryException">A property is set to a value that makes no sense; the message says what to give.</exception>
[AnalysisOptions]
public sealed partial record ParseOptions
{
    /// <summary>The format of the lines. Default: auto, told by the first lines.</summary>
    public LogFormat As { get; init; } = LogFormat.Auto;

    /// <summary>
    /// The year of the first line whose time has none; it goes up where the lines pass from December to January. Default: the
    /// year of the lines nearby that have one, else the latest year in which the line is not in the future.
    /// </summary>
    public int? Year
    {
        get;
        init => field = value is null or (>= 1970 and <= 9998)
            ? value
            : throw new QuarryException($"Year is {value}: give a year such as 2026 (from 1970 to 9998).");
    }

    /// <summary>
    /// The time zone of times that name none: a name such as <c>Europe/London</c>, an offset such as <c>+02:00</c>, or
    /// <c>UTC</c>. Default: UTC.
    /// </summary>
    public string? Timezone
    {
        get;
        init
        {
            _ = value is null ? null : LogZone.Parse(value);
            field = value;
        }
    }
}
