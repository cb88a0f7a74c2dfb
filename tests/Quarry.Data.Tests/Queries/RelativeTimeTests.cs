using Quarry.Data.Queries.Filling;

namespace Quarry.Data.Tests.Queries;

public sealed class RelativeTimeTests
{
    // A Thursday.
    private static readonly DateTime Now = new(2026, 3, 5, 12, 34, 56, 789, DateTimeKind.Utc);

    [Theory]
    [InlineData("now", "2026-03-05T12:34:56.789")]
    [InlineData(" NOW ", "2026-03-05T12:34:56.789")]
    [InlineData("-3d", "2026-03-02T12:34:56.789")]
    [InlineData("-3", "2026-03-02T12:34:56.789")]
    [InlineData("+1d", "2026-03-06T12:34:56.789")]
    [InlineData("1d", "2026-03-06T12:34:56.789")]
    [InlineData("-30m", "2026-03-05T12:04:56.789")]
    [InlineData("-30M", "2026-03-05T12:04:56.789")]
    [InlineData("-1mon", "2026-02-05T12:34:56.789")]
    [InlineData("-2 w", "2026-02-19T12:34:56.789")]
    [InlineData("-1y", "2025-03-05T12:34:56.789")]
    [InlineData("-10s", "2026-03-05T12:34:46.789")]
    [InlineData("-3d@d", "2026-03-02T00:00:00")]
    [InlineData("-1h@h", "2026-03-05T11:00:00")]
    [InlineData("-0h@h", "2026-03-05T12:00:00")]
    [InlineData("+1d@d", "2026-03-07T00:00:00")]
    [InlineData("1h@h", "2026-03-05T14:00:00")]
    [InlineData("-1mon@mon", "2026-02-01T00:00:00")]
    [InlineData("-1d@y", "2026-01-01T00:00:00")]
    [InlineData("-90s@m", "2026-03-05T12:33:00")]
    [InlineData("2026-03-01", "2026-03-01T00:00:00")]
    [InlineData("2026-03-01T10:00:00+02:00", "2026-03-01T08:00:00")]
    [InlineData("3/1/2026, 8:46:01 PM", "2026-03-01T20:46:01")]
    [InlineData("1772366400", "2026-03-01T12:00:00")]
    public void Reads_times(string text, string expected)
    {
        RelativeTime.TryParse(text, Now, out DateTime time).ShouldBeTrue();

        time.ShouldBe(DateTime.SpecifyKind(DateTime.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc));
        time.Kind.ShouldBe(DateTimeKind.Utc);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("yesterday")]
    [InlineData("-3x")]
    [InlineData("-3d@")]
    [InlineData("-3d@w")]
    [InlineData("-3d@x")]
    [InlineData("-999999999d")]
    [InlineData("+9999y")]
    [InlineData("--3d")]
    [InlineData("2026-13-01")]
    [InlineData("-3d) | take 1")]
    public void Refuses_what_is_no_time(string text) => RelativeTime.TryParse(text, Now, out _).ShouldBeFalse();
}
