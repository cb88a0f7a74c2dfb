using System.Globalization;

namespace Quarry.Catalogue;

/// <summary>Lengths of time as text, in KQL's units: <c>500ms</c>, <c>10s</c>, <c>1.5h</c>; also <c>[d.]hh:mm:ss[.fffffff]</c>.</summary>
public static class DurationText
{
    private static readonly (string Name, long Worth)[] Units =
    [
        ("d", TimeSpan.TicksPerDay),
        ("h", TimeSpan.TicksPerHour),
        ("m", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond),
        ("ms", TimeSpan.TicksPerMillisecond),
    ];

    /// <summary>Reads a length of time; false if it is none, negative, finer than 100 nanoseconds or too long.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return TimeSpan.TryParseExact(text, ["c"], CultureInfo.InvariantCulture, out duration) && duration >= TimeSpan.Zero;
        }

        bool isDuration = UnitText.TryParse(text, Units, out long ticks);
        duration = new TimeSpan(ticks);
        return isDuration;
    }

    /// <summary>Writes a length of time so that it is read back as the same.</summary>
    public static string Format(TimeSpan duration) =>
        duration == TimeSpan.Zero ? "0s" : UnitText.Format(duration.Ticks, Units);
}
