using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Quarry.Kql.Functions.Conversions;

/// <summary>Timespans as text: <c>d.hh:mm:ss.fffffff</c>, and <c>1.5h</c> and the like where they are read.</summary>
/// <remarks>Source: Kusto Query Language, "The timespan data type".</remarks>
internal static class TimeSpanText
{
    /// <summary>
    /// The ticks of <c>[-][d.]hh:mm[:ss[.fffffff]]</c>, of a number with a unit, or of a whole number of days; null where it is none of these
    /// or too long.
    /// </summary>
    public static long? Parse(ReadOnlySpan<byte> text)
    {
        text = NumericText.Trim(text);
        bool isNegative = text.Length > 0 && text[0] == '-';
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+')
        {
            text = text[1..];
        }

        if (text.IsEmpty || text.Length > 64 || !(char.IsAsciiDigit((char)text[0]) || text[0] == '.'))
        {
            return null;
        }

        decimal? ticks = text.Contains((byte)':') ? Clock(text) : Unit(text);
        decimal signed = isNegative ? -ticks.GetValueOrDefault() : ticks.GetValueOrDefault();
        return ticks is null || signed > long.MaxValue || signed < long.MinValue ? null : (long)signed;
    }

    // [d.]hh:mm[:ss[.fffffff]]
    private static decimal? Clock(ReadOnlySpan<byte> text)
    {
        long days = 0;
        int colon = text.IndexOf((byte)':');
        int point = text[..colon].IndexOf((byte)'.');
        if (point >= 0 && !Digits(text[..point], 8, out days))
        {
            return null;
        }

        ReadOnlySpan<byte> rest = text[(colon + 1)..];
        int second = rest.IndexOf((byte)':');
        long seconds = 0;
        long fraction = 0;
        if (!Digits(text[(point + 1)..colon], 2, out long hours) || !Digits(second < 0 ? rest : rest[..second], 2, out long minutes)
            || (second >= 0 && !Seconds(rest[(second + 1)..], out seconds, out fraction)) || hours > 23 || minutes > 59 || seconds > 59)
        {
            return null;
        }

        return (((((((days * 24) + hours) * 60) + minutes) * 60m) + seconds) * TimeSpan.TicksPerSecond) + fraction;
    }

    private static bool Seconds(ReadOnlySpan<byte> text, out long seconds, out long fraction)
    {
        fraction = 0;
        int point = text.IndexOf((byte)'.');
        if (!Digits(point < 0 ? text : text[..point], 2, out seconds))
        {
            return false;
        }

        if (point < 0)
        {
            return true;
        }

        ReadOnlySpan<byte> digits = text[(point + 1)..];
        if (digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        for (int i = 0; i < 7; i++)
        {
            fraction = (fraction * 10) + (i < digits.Length ? digits[i] - '0' : 0);
        }

        return digits.Length > 0;
    }

    private static bool Digits(ReadOnlySpan<byte> text, int most, out long value) =>
        Utf8Parser.TryParse(text, out value, out int used) && used == text.Length && text.Length <= most && text[0] is not ((byte)'-' or (byte)'+');

    private static decimal? Unit(ReadOnlySpan<byte> text)
    {
        int letters = text.IndexOfAnyExcept("0123456789."u8);
        if (letters < 0)
        {
            // A number alone is days, but only a whole one.
            return Digits(text, 8, out long days) ? days * (decimal)TimeSpan.TicksPerDay : null;
        }

        ReadOnlySpan<byte> unit = NumericText.Trim(text[letters..]);
        return decimal.TryParse(text[..letters], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal count)
            && TicksOf(Encoding.ASCII.GetString(unit).ToLowerInvariant()) is { } ticks && Math.Abs(count) < 1e19m
            ? decimal.Truncate(count * ticks)
            : null;
    }

    /// <summary>The ticks of a unit by its name; null where there is none of the name.</summary>
    public static decimal? TicksOf(string unit) => unit switch
    {
        "d" or "day" or "days" => TimeSpan.TicksPerDay,
        "h" or "hr" or "hrs" or "hour" or "hours" => TimeSpan.TicksPerHour,
        "m" or "min" or "minute" or "minutes" => TimeSpan.TicksPerMinute,
        "s" or "sec" or "second" or "seconds" => TimeSpan.TicksPerSecond,
        "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => TimeSpan.TicksPerMillisecond,
        "micro" or "micros" or "microsecond" or "microseconds" => TimeSpan.TicksPerMicrosecond,
        "nano" or "nanos" or "nanosecond" or "nanoseconds" => 0.01m,
        "tick" or "ticks" => 1,
        _ => null,
    };

    /// <summary>Writes <c>[-][d.]hh:mm:ss[.fffffff]</c>.</summary>
    public static void Write(long ticks, IBufferWriter<byte> to)
    {
        Span<byte> text = to.GetSpan(32);
        Utf8Formatter.TryFormat(new TimeSpan(ticks), text, out int written, 'c');
        to.Advance(written);
    }
}
