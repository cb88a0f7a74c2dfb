using System.Text;

namespace Quarry.Kql.Functions.Time;

/// <summary>What <c>datetime_add</c>, <c>datetime_diff</c> and <c>datetime_part</c> count in.</summary>
internal enum TimeUnit
{
    /// <summary>Years.</summary>
    Year,

    /// <summary>Quarters of a year.</summary>
    Quarter,

    /// <summary>Months.</summary>
    Month,

    /// <summary>Weeks.</summary>
    Week,

    /// <summary>Days.</summary>
    Day,

    /// <summary>Days since the year's first, which is 1.</summary>
    DayOfYear,

    /// <summary>Hours.</summary>
    Hour,

    /// <summary>Minutes.</summary>
    Minute,

    /// <summary>Seconds.</summary>
    Second,

    /// <summary>Milliseconds.</summary>
    Millisecond,

    /// <summary>Microseconds.</summary>
    Microsecond,

    /// <summary>Nanoseconds.</summary>
    Nanosecond,
}

/// <summary>Reads units.</summary>
internal static class TimeUnits
{
    /// <summary>The unit of a name, in any case.</summary>
    /// <exception cref="QuarryException">There is none of the name, or it cannot be used here.</exception>
    public static TimeUnit Of(ReadOnlySpan<byte> name, string function) =>
        Find(name) is { } unit && (unit != TimeUnit.DayOfYear || function == "datetime_part") ? unit
        : throw new QuarryException($"{function}: '{Encoding.UTF8.GetString(name)}' is no part of a datetime; expected year, quarter, month, week, day, hour, minute, second, millisecond, microsecond or nanosecond.");

    private static TimeUnit? Find(ReadOnlySpan<byte> name)
    {
        // The common ones first: this is asked once a row.
        return Is(name, "day"u8) ? TimeUnit.Day
            : Is(name, "hour"u8) ? TimeUnit.Hour
            : Is(name, "minute"u8) ? TimeUnit.Minute
            : Is(name, "second"u8) ? TimeUnit.Second
            : Is(name, "month"u8) ? TimeUnit.Month
            : Is(name, "year"u8) ? TimeUnit.Year
            : Is(name, "week"u8) || Is(name, "weekofyear"u8) || Is(name, "week_of_year"u8) ? TimeUnit.Week
            : Is(name, "quarter"u8) ? TimeUnit.Quarter
            : Is(name, "dayofyear"u8) || Is(name, "day_of_year"u8) ? TimeUnit.DayOfYear
            : Is(name, "millisecond"u8) ? TimeUnit.Millisecond
            : Is(name, "microsecond"u8) ? TimeUnit.Microsecond
            : Is(name, "nanosecond"u8) ? TimeUnit.Nanosecond
            : null;
    }

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> wanted) => name.Length == wanted.Length && Ascii.EqualsIgnoreCase(name, wanted);

    /// <summary>The ticks of a unit of always the same length; for nanoseconds 0.</summary>
    public static long TicksOf(TimeUnit unit) => unit switch
    {
        TimeUnit.Week => 7 * TimeSpan.TicksPerDay,
        TimeUnit.Day => TimeSpan.TicksPerDay,
        TimeUnit.Hour => TimeSpan.TicksPerHour,
        TimeUnit.Minute => TimeSpan.TicksPerMinute,
        TimeUnit.Second => TimeSpan.TicksPerSecond,
        TimeUnit.Millisecond => TimeSpan.TicksPerMillisecond,
        TimeUnit.Microsecond => TimeSpan.TicksPerMicrosecond,
        _ => 0,
    };
}
