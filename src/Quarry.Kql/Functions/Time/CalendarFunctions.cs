using Quarry.Tables;
using static Quarry.Kql.Functions.ScalarForm;

namespace Quarry.Kql.Functions.Time;

/// <summary>
/// The beginnings and ends of days, weeks, months and years, and what day it is. A week begins on Sunday, but its number in the year is that of
/// ISO 8601. What is no time from year 1 to 9999 is null.
/// </summary>
internal static class CalendarFunctions
{
    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        .. Bounds("day", Calendar.StartOfDay), .. Bounds("week", Calendar.StartOfWeek),
        .. Bounds("month", Calendar.StartOfMonth), .. Bounds("year", Calendar.StartOfYear),
        Strict("dayofweek", [ColumnType.DateTime], ColumnType.TimeSpan, static (in Arguments a, ref Result r) => r.Long((int)At(a).DayOfWeek * TimeSpan.TicksPerDay)),
        Part("dayofmonth", static time => time.Day),
        Part("dayofyear", static time => time.DayOfYear),
        Part("hourofday", static time => time.Hour),
        Part("getmonth", static time => time.Month),
        Part("monthofyear", static time => time.Month),
        Part("getyear", static time => time.Year),
        Part("weekofyear", System.Globalization.ISOWeek.GetWeekOfYear),
        Part("week_of_year", System.Globalization.ISOWeek.GetWeekOfYear),
    ];

    private static IEnumerable<ScalarFunction> Bounds(string unit, Func<long, long, long?> start) =>
    [
        Bound($"startof{unit}", start),
        Bound($"endof{unit}", (ticks, offset) => Calendar.LastOf(ticks, offset, start)),
    ];

    private static ScalarFunction Bound(string name, Func<long, long, long?> bound) =>
        new(name, [ColumnType.DateTime, ColumnType.Long], ColumnType.DateTime, (in Arguments a, ref Result r) =>
        {
            if (a.IsNull(0))
            {
                r.Null();
            }
            else
            {
                r.Long(bound(a.Long(0), a.IsNull(1) ? 0 : a.Long(1)));
            }
        })
        {
            Required = 1,
        };

    private static ScalarFunction Part(string name, Func<DateTime, int> part) =>
        Strict(name, [ColumnType.DateTime], ColumnType.Int, (in Arguments a, ref Result r) => r.Int(part(At(a))));

    private static DateTime At(in Arguments arguments) => new(Calendar.Clamp(arguments.Long(0)));
}
