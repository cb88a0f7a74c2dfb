using System.Globalization;
using FsCheck.Fluent;

namespace Quarry.Kql.Tests.Functions.Conversions;

public class ConversionTests
{
    [Theory]
    [InlineData("2024-05-25T08:20:03.123456Z", "2024-05-25T08:20:03.1234560")]
    [InlineData("2024-05-25T08:20", "2024-05-25T08:20:00.0000000")]
    [InlineData(" 2024-5-2 ", "2024-05-02T00:00:00.0000000")]
    [InlineData("2024-05-25 08:20:03.123456789+02:00", "2024-05-25T06:20:03.1234567")]
    [InlineData("2024-05-25T08:20:03 -0330", "2024-05-25T11:50:03.0000000")]
    [InlineData("20240525", "2024-05-25T00:00:00.0000000")]
    [InlineData("05/25/2024 1:02:03 PM", "2024-05-25T13:02:03.0000000")]
    [InlineData("12/1/2024 12:00 AM", "2024-12-01T00:00:00.0000000")]
    [InlineData("Sat, 8 Nov 14 15:05:02 GMT", "2014-11-08T15:05:02.0000000")]
    [InlineData("Saturday, 08-Nov-14 15:05:02 GMT", "2014-11-08T15:05:02.0000000")]
    [InlineData("8 Nov 14 15:05", "2014-11-08T15:05:00.0000000")]
    [InlineData("2 December 2022", "2022-12-02T00:00:00.0000000")]
    [InlineData("Dec 2, 2022", "2022-12-02T00:00:00.0000000")]
    [InlineData("2024/05/25 08:20", "2024-05-25T08:20:00.0000000")]
    [InlineData("2024-02-30", null)]
    [InlineData("2024-13-01", null)]
    [InlineData("2024-05-25T25:00", null)]
    [InlineData("2024-05-25T08:20:61", null)]
    [InlineData("2024-05-25T08:20:00+99:00", null)]
    [InlineData("2024-05-25T", null)]
    [InlineData("2024-05-25x", null)]
    [InlineData("0001-01-01T00:00:00+01:00", null)]
    [InlineData("Sat", null)]
    [InlineData("", null)]
    [InlineData("12345678901234567890", null)]
    public void Datetimes_are_read_in_many_formats(string text, string? expected) =>
        (Call.Of("todatetime", text) as DateTime?)?.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture).ShouldBe(expected);

    [Theory]
    [InlineData("1.02:03:04.5", "1.02:03:04.5000000")]
    [InlineData("-00:00:00.0000001", "-00:00:00.0000001")]
    [InlineData("23:59", "23:59:00")]
    [InlineData("1.5h", "01:30:00")]
    [InlineData("-2 days", "-2.00:00:00")]
    [InlineData("3", "3.00:00:00")]
    [InlineData("10675199.02:48:05.4775807", "10675199.02:48:05.4775807")]
    [InlineData("10675199.02:48:05.4775808", null)]
    [InlineData("99999999d", null)]
    [InlineData("24:00:00", null)]
    [InlineData("1.5", null)]
    [InlineData("1:2:3:4", null)]
    [InlineData("1..2:3", null)]
    [InlineData(":", null)]
    [InlineData("1 fortnight", null)]
    [InlineData("", null)]
    public void Timespans_are_read(string text, string? expected) =>
        (Call.Of("totimespan", text) as TimeSpan?)?.ToString("c", CultureInfo.InvariantCulture).ShouldBe(expected);

    [Theory]
    [InlineData("toint", " 42 ", 42)]
    [InlineData("toint", "0x7FFFFFFF", int.MaxValue)]
    [InlineData("toint", "2147483648", null)]
    [InlineData("toint", "3.7", null)]
    [InlineData("toint", "1e3", null)]
    [InlineData("toint", "-0x10", null)]
    [InlineData("tolong", "+7", 7L)]
    [InlineData("tolong", "+-7", null)]
    [InlineData("tolong", "0x", null)]
    [InlineData("tolong", "0x0", 0L)]
    [InlineData("tolong", "0xFFFFFFFFFFFFFFFF", -1L)]
    [InlineData("tolong", "0x10000000000000000", null)]
    [InlineData("tolong", "9223372036854775808", null)]
    [InlineData("toreal", "+.5", 0.5)]
    [InlineData("toreal", "1e400", double.PositiveInfinity)]
    [InlineData("toreal", "-INF", double.NegativeInfinity)]
    [InlineData("toreal", "1,000", null)]
    [InlineData("toreal", "0x10", null)]
    [InlineData("toreal", "(1)", null)]
    [InlineData("tobool", "tRuE", true)]
    [InlineData("tobool", "-1", true)]
    [InlineData("tobool", "0", false)]
    [InlineData("tobool", "1.0", null)]
    [InlineData("tobool", "yes", null)]
    [InlineData("toint", 2.9, 2)]
    [InlineData("toint", -2.9, -2)]
    [InlineData("toint", 1e19, int.MaxValue)]
    [InlineData("tolong", -1e19, long.MinValue)]
    [InlineData("tolong", double.NaN, null)]
    [InlineData("toint", true, 1)]
    [InlineData("toint", 36_000_000_000L, 1640261632)]
    public void Numbers_are_read_or_null(string name, object value, object? expected) => Call.Of(name, value).ShouldBe(expected);

    [Theory]
    [InlineData(1.0, "1.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e17, "100000000000000000.0")]
    [InlineData(1e22, "1e22")]
    [InlineData(1.25e-7, "1.25e-7")]
    [InlineData(0.000012, "0.000012")]
    [InlineData(123.456, "123.456")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    [InlineData(true, "True")]
    [InlineData(long.MinValue, "-9223372036854775808")]
    public void Values_are_written(object value, string expected) => Call.Of("tostring", value).ShouldBe(expected);

    [Fact]
    public void A_real_is_the_largest_of_its_shortest_texts()
    {
        Call.Of("tostring", 0.1 + 0.2).ShouldBe("0.30000000000000007");
        Prop.ForAll<double>(value => !double.IsFinite(value)
            || double.Parse((string)Call.Of("tostring", value)!, CultureInfo.InvariantCulture).Equals(value)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Times_and_decimals_are_written_and_read_back()
    {
        Call.Of("tostring", new DateTime(2020, 6, 15)).ShouldBe("2020-06-15T00:00:00.0000000Z");
        Call.Of("tostring", TimeSpan.FromDays(1)).ShouldBe("1.00:00:00");
        Call.Of("tostring", TimeSpan.MinValue).ShouldBe("-10675199.02:48:05.4775808");
        Call.Of("tostring", -0.5m).ShouldBe("-0.5");
        Call.Of("tostring", 100m).ShouldBe("100");
        Call.Of(Quarry.Kql.Functions.FunctionLibrary.Scalars["tostring"][0], [null]).ShouldBe("");
        Prop.ForAll<TimeSpan>(span => Equals(Call.Of("totimespan", (string)Call.Of("tostring", span)!), span)).QuickCheckThrowOnFailure();
        Prop.ForAll<DateTime>(time => Equals(Call.Of("todatetime", (string)Call.Of("tostring", time)!), time)).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("1.5", "1.5")]
    [InlineData("-1e3", "-1000")]
    [InlineData("0.0000000000000000005", "0.000000000000000001")]
    [InlineData("1e-30", "0")]
    [InlineData("123456789012345678901", null)]
    [InlineData("1e99", null)]
    [InlineData(".", null)]
    [InlineData("1.2.3", null)]
    [InlineData("", null)]
    public void Decimals_are_read(string text, string? expected) =>
        (Call.Of("todecimal", text) as decimal?)?.ToString("0.##################", CultureInfo.InvariantCulture).ShouldBe(expected);

    [Theory]
    [InlineData("0123456789ABcdef0123456789abcdef", "01234567-89ab-cdef-0123-456789abcdef")]
    [InlineData("{01234567-89ab-cdef-0123-456789abcdef}", "01234567-89ab-cdef-0123-456789abcdef")]
    [InlineData("0123456789ab-cdef-0123-456789abcdef", "01234567-89ab-cdef-0123-456789abcdef")]
    [InlineData("01234567-89ab-cdef-0123-456789abcde", null)]
    [InlineData("01234567-89ab-cdef-0123-456789abcdefg", null)]
    [InlineData("-01234567-89ab-cdef-0123-456789abcdef-", null)]
    public void Guids_are_read(string text, string? expected) => Call.Of("toguid", text).ShouldBe(expected);
}
