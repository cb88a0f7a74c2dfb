using Quarry.Tables;
using static Quarry.Kql.Functions.ScalarForm;

namespace Quarry.Kql.Functions.Time;

/// <summary><c>make_datetime</c>, <c>make_timespan</c> and the times of Unix. What is no time is null.</summary>
internal static class TimeMakingFunctions
{
    private static readonly long UnixEpoch = DateTime.UnixEpoch.Ticks;

    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        new("make_datetime", [.. Enumerable.Repeat(ColumnType.Real, 6)], ColumnType.DateTime, static (in Arguments a, ref Result r) => r.Long(MakeTime(a))) { Required = 3 },
        new("make_timespan", [.. Enumerable.Repeat(ColumnType.Real, 3)], ColumnType.TimeSpan, static (in Arguments a, ref Result r) =>
        {
            if (a.IsNull(0) || a.IsNull(1))
            {
                r.Null();
            }
            else
            {
                r.Long(Clock(0, a.Real(0), a.Real(1), a.IsNull(2) ? 0 : a.Real(2)));
            }
        })
        {
            Required = 2,
        },
        Strict("make_timespan", [.. Enumerable.Repeat(ColumnType.Real, 4)], ColumnType.TimeSpan, static (in Arguments a, ref Result r) => r.Long(Clock(a.Real(0), a.Real(1), a.Real(2), a.Real(3)))),
        .. Unix("unixtime_seconds_todatetime", TimeSpan.TicksPerSecond, 1),
        .. Unix("unixtime_milliseconds_todatetime", TimeSpan.TicksPerMillisecond, 1),
        .. Unix("unixtime_microseconds_todatetime", TimeSpan.TicksPerMicrosecond, 1),
        .. Unix("unixtime_nanoseconds_todatetime", 1, 100),
    ];

    private static IEnumerable<ScalarFunction> Unix(string name, long ticks, long parts) =>
    [
        Strict(name, [ColumnType.Long], ColumnType.DateTime, (in Arguments a, ref Result r) => r.Long(Calendar.Valid(UnixEpoch + FloorDivide((Int128)a.Long(0) * ticks, parts)))),
        Strict(name, [ColumnType.Real], ColumnType.DateTime, (in Arguments a, ref Result r) =>
        {
            double count = Math.Round(a.Real(0) * ticks / parts);
            r.Long(Math.Abs(count) < 1e18 ? Calendar.Valid(UnixEpoch + (Int128)(long)count) : null);
        }),
        Strict(name, [ColumnType.Decimal], ColumnType.DateTime, (in Arguments a, ref Result r) =>
            r.Long(a.Decimal(0) is { } value && Math.Abs(value) < 1e19m ? Calendar.Valid(UnixEpoch + (Int128)decimal.Floor(value * ticks / parts)) : null)),
    ];

    private static Int128 FloorDivide(Int128 value, long by)
    {
        Int128 quotient = value / by;
        return value % by < 0 ? quotient - 1 : quotient;
    }

    private static long? MakeTime(in Arguments a)
    {
        if (a.IsNull(0) || a.IsNull(1) || a.IsNull(2))
        {
            return null;
        }

        double year = Math.Truncate(a.Real(0));
        double month = Math.Truncate(a.Real(1));
        double day = Math.Truncate(a.Real(2));
        if (!(year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth((int)year, (int)month)))
        {
            return null;
        }

        return Clock(0, Or(a, 3), Or(a, 4), Or(a, 5)) is { } time ? Calendar.Valid(new DateTime((int)year, (int)month, (int)day).Ticks + (Int128)time) : null;
    }

    private static double Or(in Arguments a, int index) => a.IsNull(index) ? 0 : a.Real(index);

    // The seconds alone may have a fraction.
    private static long? Clock(double days, double hours, double minutes, double seconds)
    {
        days = Math.Truncate(days);
        hours = Math.Truncate(hours);
        minutes = Math.Truncate(minutes);
        if (!(days is >= 0 and < 10_675_199 && hours is >= 0 and < 24 && minutes is >= 0 and < 60 && seconds is >= 0 and < 60))
        {
            return null;
        }

        return (((((((long)days * 24) + (long)hours) * 60) + (long)minutes) * 60) * TimeSpan.TicksPerSecond) + (long)Math.Round(seconds * TimeSpan.TicksPerSecond);
    }
}
