using System.Globalization;
using System.Text;

namespace Quarry.Tables;

/// <summary>Points in time from the texts that logs and exports write them in.</summary>
public static class TimeText
{
    private const int Longest = 48;

    // Month before day where both are numbers: what the portals of Sentinel and Defender export.
    private static readonly string[] Formats =
    [
        "M/d/yyyy, h:mm:ss.FFFFFFF tt", "M/d/yyyy h:mm:ss.FFFFFFF tt", "M/d/yyyy, h:mm:ss tt", "M/d/yyyy h:mm:ss tt", "M/d/yyyy h:mm tt",
        "M/d/yy, h:mm:ss tt", "M/d/yy h:mm:ss tt", "M/d/yy h:mm tt",
        "M/d/yyyy H:mm:ss.FFFFFFF", "M/d/yyyy H:mm:ss", "M/d/yyyy H:mm", "M/d/yyyy", "M/d/yy H:mm:ss", "M/d/yy H:mm",
        "yyyy/M/d H:mm:ss.FFFFFFF", "yyyy/M/d H:mm:ss", "yyyy/M/d H:mm", "yyyy/M/d",
        "yyyy-M-d H:mm:ss,FFFFFFF", "yyyy-M-d'T'H:mm:ss,FFFFFFFK", "yyyy-M-d H:mm:ss", "yyyyMMdd'T'HHmmssK", "yyyyMMddHHmmss",
        "ddd, d MMM yyyy H:mm:ss 'GMT'", "ddd, d MMM yyyy H:mm:ss zzz", "d MMM yyyy H:mm:ss", "d MMM yyyy H:mm", "d MMM yyyy",
        "ddd MMM d H:mm:ss yyyy", "ddd MMM d H:mm:ss 'UTC' yyyy", "MMM d, yyyy h:mm:ss tt", "MMM d, yyyy H:mm:ss", "MMM d, yyyy", "MMM d yyyy H:mm:ss",
    ];

    /// <summary>
    /// The time that a text says: ISO 8601 with or without zone, numbers with the month first (<c>5/3/2021, 8:46:01.477 PM</c>),
    /// RFC 1123, the forms of <c>date</c> and asctime, and Unix time in digits. Without a zone it is UTC; digits of a second
    /// beyond the seventh are cut.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTime value)
    {
        if (TypedText.TryDateTime(text, out value))
        {
            return true;
        }

        if (text.Length is 0 or > Longest || !Ascii.IsValid(text))
        {
            return false;
        }

        if (text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') is var other && (other < 0 || (other == 10 && text[other] == '.' && text.Length > 11)))
        {
            return text.Length != 14 ? TryUnix(text, out value) : TryFormats(text, out value);
        }

        return TryLongFraction(text, out value) || TryFormats(text, out value);
    }

    /// <summary>A number as Unix time. The unit is told by the size: seconds to 1e11 (the year 5138), then milliseconds, microseconds, nanoseconds.</summary>
    /// <returns>False for a number below 1e8 (1973), which is more likely a count.</returns>
    public static bool TryUnix(long number, out DateTime value)
    {
        value = default;
        (long multiplier, long divisor) = number switch
        {
            < 100_000_000 => (0, 1),
            < 100_000_000_000 => (TimeSpan.TicksPerSecond, 1),
            < 100_000_000_000_000 => (TimeSpan.TicksPerMillisecond, 1),
            < 100_000_000_000_000_000 => (TimeSpan.TicksPerMicrosecond, 1L),
            _ => (1, TimeSpan.NanosecondsPerTick),
        };
        if (multiplier == 0)
        {
            return false;
        }

        value = DateTime.UnixEpoch.AddTicks(number / divisor * multiplier);
        return true;
    }

    /// <summary>A number as Unix time; see <see cref="TryUnix(long, out DateTime)"/>. A fraction is of the unit.</summary>
    public static bool TryUnix(double number, out DateTime value)
    {
        value = default;
        return number is >= 1e8 and < 1e11
            ? TryTicks(number * TimeSpan.TicksPerSecond, out value)
            : number is >= 1e11 and < 9e18 && TryUnix((long)number, out value);
    }

    private static bool TryTicks(double ticks, out DateTime value)
    {
        value = DateTime.UnixEpoch.AddTicks((long)ticks);
        return true;
    }

    private static bool TryUnix(ReadOnlySpan<byte> text, out DateTime value)
    {
        value = default;
        int point = text.IndexOf((byte)'.');
        ReadOnlySpan<byte> whole = point < 0 ? text : text[..point];
        if (!long.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out long number) || !TryUnix(number, out value))
        {
            return false;
        }

        long unit = TimeSpan.TicksPerSecond / 10;
        for (int i = point + 1; point > 0 && i < text.Length; i++, unit /= 10)
        {
            if (!char.IsAsciiDigit((char)text[i]))
            {
                return false;
            }

            value = value.AddTicks((text[i] - '0') * unit);
        }

        return true;
    }

    // 2020-01-01T00:00:00.123456789Z: nanoseconds, as Go, journald and many others write.
    private static bool TryLongFraction(ReadOnlySpan<byte> text, out DateTime value)
    {
        value = default;
        int point = text.IndexOf((byte)'.');
        if (point < 19)
        {
            return false;
        }

        int end = point + 1;
        while (end < text.Length && char.IsAsciiDigit((char)text[end]))
        {
            end++;
        }

        if (end - point <= 8)
        {
            return false;
        }

        Span<byte> shorter = stackalloc byte[Longest];
        text[..(point + 8)].CopyTo(shorter);
        text[end..].CopyTo(shorter[(point + 8)..]);
        return TypedText.TryDateTime(shorter[..(point + 8 + text.Length - end)], out value);
    }

    private static bool TryFormats(ReadOnlySpan<byte> text, out DateTime value)
    {
        Span<char> chars = stackalloc char[Longest];
        Encoding.ASCII.GetChars(text, chars);
        return DateTime.TryParseExact(
            chars[..text.Length],
            Formats,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out value);
    }
}
