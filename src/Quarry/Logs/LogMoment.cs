namespace Quarry.Logs;

/// <summary>A time as a log line says it: perhaps without its year or its zone.</summary>
internal readonly record struct LogMoment
{
    /// <summary>The year, or 0 where the line has none.</summary>
    public int Year { get; init; }

    /// <summary>The month, from 1; 0 where the line has no time at all (RFC 5424's <c>-</c>).</summary>
    public int Month { get; init; }

    /// <summary>The day of the month, from 1.</summary>
    public int Day { get; init; }

    /// <summary>The time of day in ticks; a leap second reaches into the next day.</summary>
    public long Ticks { get; init; }

    /// <summary>The zone's offset from UTC in ticks, where the line has one.</summary>
    public long? Zone { get; init; }

    /// <summary>Whether the line names a zone by letters that mean several zones (<c>CST</c>).</summary>
    public bool HasUnknownZone { get; init; }

    /// <summary>Whether there is a time.</summary>
    public bool IsThere => Month != 0;

    /// <summary>A moment of a point in time.</summary>
    public static LogMoment Of(DateTime utc) =>
        new() { Year = utc.Year, Month = utc.Month, Day = utc.Day, Ticks = utc.TimeOfDay.Ticks, Zone = 0 };

    /// <summary>Whether the day is one of that year.</summary>
    public bool IsIn(int year) => year is >= 1 and <= 9998 && Day <= DateTime.DaysInMonth(year, Month);

    /// <summary>The local ticks in a year in which the day is.</summary>
    public long In(int year) => new DateTime(year, Month, Day).Ticks + Ticks;
}
