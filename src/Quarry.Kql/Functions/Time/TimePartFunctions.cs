using System.Globalization;
using Quarry.Tables;
using static Quarry.Kql.Functions.ScalarForm;

namespace Quarry.Kql.Functions.Time;

/// <summary><c>datetime_part</c>, <c>datetime_add</c>, and <c>datetime_diff</c>, which counts the boundaries between two times.</summary>
internal static class TimePartFunctions
{
    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        Part("datetime_part"), Part("datepart"),
        Strict("datetime_add", [ColumnType.String, ColumnType.Long, ColumnType.DateTime], ColumnType.DateTime, static (in Arguments a, ref Result r) =>
            r.Long(Add(TimeUnits.Of(a.Text(0), "datetime_add"), a.Long(1), a.Long(2)))),
        Strict("datetime_diff", [ColumnType.String, ColumnType.DateTime, ColumnType.DateTime], ColumnType.Long, static (in Arguments a, ref Result r) =>
            r.Long(Difference(TimeUnits.Of(a.Text(0), "datetime_diff"), a.Long(1), a.Long(2)))),
    ];

    private static ScalarFunction Part(string name) =>
        Strict(name, [ColumnType.String, ColumnType.DateTime], ColumnType.Int, static (in Arguments a, ref Result r) => r.Int(PartOf(TimeUnits.Of(a.Text(0), "datetime_part"), a.Long(1))));

    private static int PartOf(TimeUnit unit, long ticks)
    {
        var time = new DateTime(Calendar.Clamp(ticks));
        int fraction = (int)(ticks % TimeSpan.TicksPerSecond);
        return unit switch
        {
            TimeUnit.Year => time.Year,
            TimeUnit.Quarter => ((time.Month - 1) / 3) + 1,
            TimeUnit.Month => time.Month,
            TimeUnit.Week => ISOWeek.GetWeekOfYear(time),
            TimeUnit.Day => time.Day,
            TimeUnit.DayOfYear => time.DayOfYear,
            TimeUnit.Hour => time.Hour,
            TimeUnit.Minute => time.Minute,
            TimeUnit.Second => time.Second,
            TimeUnit.Millisecond => fraction / 10_000,
            TimeUnit.Microsecond => fraction / 10,
            _ => fraction * 100,
        };
    }

    /// <summary>A time so many units later; null outside of the years 1 to 9999. A day that the month does not have becomes its last.</summary>
    public static long? Add(TimeUnit unit, long count, long ticks)
    {
        int months = unit switch { TimeUnit.Year => 12, TimeUnit.Quarter => 3, TimeUnit.Month => 1, _ => 0 };
        if (months == 0)
        {
            return Calendar.Valid(unit == TimeUnit.Nanosecond ? ticks + (Int128)(count / 100) : ticks + ((Int128)count * TimeUnits.TicksOf(unit)));
        }

        Int128 index = Calendar.MonthIndex(ticks) + ((Int128)count * months);
        return index >= 12 && index < 120_000 ? new DateTime(Calendar.Clamp(ticks)).AddMonths((int)((long)index - Calendar.MonthIndex(ticks))).Ticks : null;
    }

    /// <summary>How many boundaries of a unit lie between two times; less than 0 where the first is the earlier.</summary>
    public static long Difference(TimeUnit unit, long later, long earlier) => unit switch
    {
        TimeUnit.Year => (Calendar.MonthIndex(later) / 12) - (Calendar.MonthIndex(earlier) / 12),
        TimeUnit.Quarter => (Calendar.MonthIndex(later) / 3) - (Calendar.MonthIndex(earlier) / 3),
        TimeUnit.Month => Calendar.MonthIndex(later) - Calendar.MonthIndex(earlier),
        TimeUnit.Week => Calendar.WeekIndex(later) - Calendar.WeekIndex(earlier),
        TimeUnit.Nanosecond => unchecked((later - earlier) * 100),
        _ => (later / TimeUnits.TicksOf(unit)) - (earlier / TimeUnits.TicksOf(unit)),
    };
}
