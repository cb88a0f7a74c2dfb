using System.Globalization;

namespace Quarry.Logs;

/// <summary>The time zone of a log's local times.</summary>
internal sealed class LogZone
{
    private readonly TimeZoneInfo? _zone;
    private readonly long _offset;
    private long _cachedHour = long.MinValue;
    private long _cachedOffset;

    private LogZone(TimeZoneInfo? zone, long offset)
    {
        _zone = zone;
        _offset = offset;
    }

    /// <summary>The zone of a name or an offset; UTC for null.</summary>
    /// <exception cref="QuarryException">There is no such zone.</exception>
    public static LogZone Parse(string? text)
    {
        if (text is null || text.Equals("UTC", StringComparison.OrdinalIgnoreCase) || text.Equals("Z", StringComparison.OrdinalIgnoreCase))
        {
            return new LogZone(null, 0);
        }

        if (TryOffset(text, out TimeSpan offset))
        {
            return new LogZone(null, offset.Ticks);
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(text, out TimeZoneInfo? zone)
            ? new LogZone(zone, 0)
            : throw new QuarryException($"There is no time zone '{text}' on this machine.{Nearest(text)} Give a name such as Europe/London, an offset such as +02:00, or UTC.");
    }

    /// <summary>
    /// The ticks in UTC of a local time. A time that the clocks skip in spring, and the first of the two that they repeat in
    /// autumn, cannot be told: both are read by standard time.
    /// </summary>
    public long ToUtc(long localTicks)
    {
        if (_zone is null)
        {
            return localTicks - _offset;
        }

        // Offsets change at whole quarters of an hour.
        long quarter = localTicks / (TimeSpan.TicksPerMinute * 15);
        if (quarter != _cachedHour)
        {
            _cachedHour = quarter;
            var local = new DateTime(quarter * TimeSpan.TicksPerMinute * 15, DateTimeKind.Unspecified);
            _cachedOffset = (_zone.IsInvalidTime(local) ? _zone.GetUtcOffset(local.AddHours(-3)) : _zone.GetUtcOffset(local)).Ticks;
        }

        return localTicks - _cachedOffset;
    }

    private static bool TryOffset(string text, out TimeSpan offset)
    {
        offset = default;
        if (text.Length < 2 || text[0] is not ('+' or '-'))
        {
            return false;
        }

        string[] forms = [@"hh\:mm", "hhmm", "hh", "%h"];
        bool isRead = TimeSpan.TryParseExact(text.AsSpan(1), forms, CultureInfo.InvariantCulture, out TimeSpan size) && size.TotalHours <= 14;
        offset = text[0] == '-' ? -size : size;
        return isRead;
    }

    private static string Nearest(string text) =>
        NearestName.Of(text, TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id)) is { } near ? $" Did you mean {near}?" : "";
}
