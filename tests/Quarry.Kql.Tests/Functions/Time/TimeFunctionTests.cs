using FsCheck.Fluent;

namespace Quarry.Kql.Tests.Functions.Time;

public class TimeFunctionTests
{
    private static readonly DateTime Noon = new(2024, 2, 29, 12, 34, 56, DateTimeKind.Utc);

    [Fact]
    public void Differences_count_boundaries()
    {
        Arbitrary<DateTime> near = Gen.Choose(0, 3_000_000).Select(seconds => new DateTime(2023, 11, 1).AddSeconds(seconds * 7L)).ToArbitrary();
        Prop.ForAll(near, near, (later, earlier) =>
            Same("day", later, earlier, time => time.Date.AddDays(1), TimeSpan.TicksPerDay)
            && Same("month", later, earlier, time => new DateTime(time.Year, time.Month, 1).AddMonths(1), TimeSpan.TicksPerDay)
            && Same("quarter", later, earlier, time => new DateTime(time.Year, ((time.Month - 1) / 3 * 3) + 1, 1).AddMonths(3), TimeSpan.TicksPerDay)
            && Same("week", later, earlier, time => time.Date.AddDays(7 - (int)time.DayOfWeek), TimeSpan.TicksPerDay)
            && Same("year", later, earlier, time => new DateTime(time.Year + 1, 1, 1), TimeSpan.TicksPerDay)).QuickCheckThrowOnFailure();
    }

    // From the earlier time from one boundary to the next.
    private static bool Same(string unit, DateTime later, DateTime earlier, Func<DateTime, DateTime> next, long ticks)
    {
        (DateTime low, DateTime high) = later < earlier ? (later, earlier) : (earlier, later);
        long count = 0;
        for (DateTime at = next(low); at <= high; at = next(at))
        {
            count++;
        }

        return ticks > 0 && (long)Call.Of("datetime_diff", unit, later, earlier)! == (later < earlier ? -count : count);
    }

    [Theory]
    [InlineData("startofday", 0, "2024-02-29")]
    [InlineData("startofweek", 0, "2024-02-25")]
    [InlineData("startofweek", -1, "2024-02-18")]
    [InlineData("startofmonth", -2, "2023-12-01")]
    [InlineData("startofyear", 1, "2025-01-01")]
    [InlineData("endofday", 1, "2024-03-01T23:59:59.9999999")]
    [InlineData("endofweek", 0, "2024-03-02T23:59:59.9999999")]
    [InlineData("endofmonth", 12, "2025-02-28T23:59:59.9999999")]
    [InlineData("endofyear", 0, "2024-12-31T23:59:59.9999999")]
    public void Periods_begin_and_end(string name, long offset, string expected) =>
        Call.Of(name, Noon, offset).ShouldBe(DateTime.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void Periods_outside_of_the_calendar_are_null()
    {
        foreach (string unit in new[] { "day", "week", "month", "year" })
        {
            Call.Of($"startof{unit}", Noon, long.MaxValue).ShouldBeNull();
            Call.Of($"endof{unit}", Noon, long.MinValue).ShouldBeNull();
            Call.Of($"startof{unit}", DateTime.MinValue, -1L).ShouldBeNull();
        }

        Call.Of("endofmonth", DateTime.MaxValue).ShouldBe(DateTime.MaxValue);
        Call.Of("endofyear", DateTime.MaxValue, 0L).ShouldBe(DateTime.MaxValue);
        Call.Of("endofday", DateTime.MaxValue, 1L).ShouldBeNull();
        Call.Of("startofweek", DateTime.MinValue).ShouldBeNull();
        Call.Of("datetime_add", "year", 10_000L, Noon).ShouldBeNull();
        Call.Of("datetime_add", "day", long.MinValue, Noon).ShouldBeNull();
        Call.Of("datetime_add", "month", long.MaxValue, Noon).ShouldBeNull();
    }

    [Fact]
    public void Parts_are_named_in_any_case_and_unknown_ones_refused()
    {
        Call.Of("datetime_part", "dayOfYear", Noon).ShouldBe(60);
        Call.Of("datetime_part", "QUARTER", Noon).ShouldBe(1);
        Call.Of("datetime_part", "week_of_year", Noon).ShouldBe(9);
        Call.Of("datetime_add", "year", 1L, Noon).ShouldBe(Noon.AddDays(365));
        Should.Throw<QuarryException>(() => Call.Of("datetime_part", "fortnight", Noon)).Message.ShouldContain("'fortnight' is no part of a datetime");
        Should.Throw<QuarryException>(() => Call.Of("datetime_diff", "dayofyear", Noon, Noon));
    }

    [Theory]
    [InlineData("yyyy-MM-dd HH:mm:ss.fff", "2024-02-29 12:34:56.700")]
    [InlineData("M/d/yy h:mm tt", "2/29/24 12:34 PM")]
    [InlineData("ddd", "2929")]
    [InlineData("F.FFFFFFF", "7.7")]
    [InlineData("[y]", "[24]")]
    [InlineData("", "")]
    public void Times_are_formatted(string format, string expected) => Call.Of("format_datetime", Noon.AddMilliseconds(700), format).ShouldBe(expected);

    [Theory]
    [InlineData("d.hh:mm:ss.fff", "-1.02:03:04.500")]
    [InlineData("ddd", "-001")]
    [InlineData("H:m", "-2:3")]
    public void Spans_are_formatted(string format, string expected) => Call.Of("format_timespan", -new TimeSpan(1, 2, 3, 4, 500), format).ShouldBe(expected);

    [Fact]
    public void A_format_with_other_characters_is_refused()
    {
        Should.Throw<QuarryException>(() => Call.Of("format_datetime", Noon, "yyyy-MM-ddTHH")).Message.ShouldContain("'T' in 'yyyy-MM-ddTHH'");
        Should.Throw<QuarryException>(() => Call.Of("format_timespan", TimeSpan.Zero, "yyyy"));
        Call.Of("format_timespan", TimeSpan.MinValue, "d.hh").ShouldBe("-10675199.02");
        Call.Of("format_datetime", null, "yyyy").ShouldBe("");
    }

    [Fact]
    public void Zones_are_those_of_iana()
    {
        var winter = new DateTime(2020, 2, 2, 20, 2, 20);
        Call.Of("datetime_local_to_utc", winter, "Europe/Paris").ShouldBe(winter.AddHours(-1));
        Call.Of("datetime_utc_to_local", winter, "US/Pacific").ShouldBe(winter.AddHours(-8));
        Call.Of("datetime_local_to_utc", new DateTime(2020, 3, 29, 2, 30, 0), "Europe/Paris").ShouldNotBeNull();
        Call.Of("datetime_utc_to_local", winter, "Mars/Olympus").ShouldBeNull();
        Call.Of("datetime_utc_to_local", winter, "../etc/passwd").ShouldBeNull();
        Call.Of("datetime_utc_to_local", winter, "").ShouldBeNull();
        Call.Of("datetime_utc_to_local", DateTime.MinValue, "US/Pacific").ShouldBeNull();
    }

    [Fact]
    public void Times_are_made_of_parts()
    {
        Call.Of("make_datetime", 2024.0, 2.0, 29.0).ShouldBe(new DateTime(2024, 2, 29));
        Call.Of("make_datetime", 2024.0, 2.0, 29.0, 23.0, 59.0, 59.9999999).ShouldBe(new DateTime(2024, 3, 1).AddTicks(-1));
        Call.Of("make_datetime", 2023.0, 2.0, 29.0).ShouldBeNull();
        Call.Of("make_datetime", double.NaN, 2.0, 29.0).ShouldBeNull();
        Call.Of("make_timespan", 1.0, 12.0, 30.0, 55.123).ShouldBe(new TimeSpan(1, 12, 30, 55, 123));
        Call.Of("make_timespan", 12.0, 30.0).ShouldBe(new TimeSpan(12, 30, 0));
        Call.Of("make_timespan", 24.0, 30.0).ShouldBeNull();
        Call.Of("unixtime_seconds_todatetime", 1546300800L).ShouldBe(new DateTime(2019, 1, 1));
        Call.Of("unixtime_seconds_todatetime", 1577836800.123).ShouldBe(new DateTime(2020, 1, 1).AddMilliseconds(123));
        Call.Of("unixtime_nanoseconds_todatetime", 1546300800000000199L).ShouldBe(new DateTime(2019, 1, 1).AddTicks(1));
        Call.Of("unixtime_milliseconds_todatetime", -1L).ShouldBe(DateTime.UnixEpoch.AddMilliseconds(-1));
        Call.Of("unixtime_seconds_todatetime", long.MaxValue).ShouldBeNull();
        Call.Of("unixtime_seconds_todatetime", double.PositiveInfinity).ShouldBeNull();
    }
}
