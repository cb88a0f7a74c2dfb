namespace Quarry.Kql.Functions.Time;

/// <summary>Periods of the calendar, in ticks since the beginning of year 1. What lies outside of the years 1 to 9999 is null.</summary>
internal static class Calendar
{
    private const long TicksPerWeek = 7 * TimeSpan.TicksPerDay;
    private const long MostPeriods = 4_000_000;

    /// <summary>The time, or the nearest one that there is.</summary>
    public static long Clamp(long ticks) => Math.Clamp(ticks, 0, DateTime.MaxValue.Ticks);

    /// <summary>The ticks, if there is such a time.</summary>
    public static long? Valid(Int128 ticks) => ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? (long)ticks : null;

    /// <summary>Midnight, so many days later.</summary>
    public static long? StartOfDay(long ticks, long offset) => Valid(ticks - (ticks % TimeSpan.TicksPerDay) + ((Int128)offset * TimeSpan.TicksPerDay));

    /// <summary>Sunday's midnight, so many weeks later.</summary>
    public static long? StartOfWeek(long ticks, long offset) => Valid(WeekIndexStart(ticks) + ((Int128)offset * TicksPerWeek));

    /// <summary>The first of the month, so many months later.</summary>
    public static long? StartOfMonth(long ticks, long offset) => MonthStart(MonthIndex(ticks) + (Int128)offset);

    /// <summary>The first of January, so many years later.</summary>
    public static long? StartOfYear(long ticks, long offset) => MonthStart(((MonthIndex(ticks) / 12) + (Int128)offset) * 12);

    /// <summary>The last tick before the period after the one that begins with <paramref name="start"/>.</summary>
    public static long? LastOf(long ticks, long offset, Func<long, long, long?> start)
    {
        if (Int128.Abs(offset) > MostPeriods || start(ticks, offset) is null)
        {
            return null;
        }

        // The end of the last day, month and year is the end of time; the last week goes beyond it.
        return start(ticks, offset + 1) is { } next ? next - 1
            : start == StartOfWeek ? null
            : DateTime.MaxValue.Ticks;
    }

    /// <summary>Months since January of year 0.</summary>
    public static long MonthIndex(long ticks)
    {
        var time = new DateTime(Clamp(ticks));
        return (time.Year * 12L) + time.Month - 1;
    }

    /// <summary>The Sunday of a time's week as a number of weeks.</summary>
    public static long WeekIndex(long ticks) => (ticks + TimeSpan.TicksPerDay) / TicksPerWeek;

    private static long WeekIndexStart(long ticks) => (WeekIndex(ticks) * TicksPerWeek) - TimeSpan.TicksPerDay;

    private static long? MonthStart(Int128 index) =>
        index >= 12 && index < 120_000 ? new DateTime((int)(index / 12), (int)(index % 12) + 1, 1).Ticks : null;
}
