using System.Buffers.Text;
using System.Globalization;

namespace Quarry.Tables;

/// <summary>
/// Typed values from their text. Each is read only where nothing is lost: 007 is no number, a number with more digits than
/// a double holds is no real, a time with more than seven digits of a second is no datetime.
/// </summary>
internal static class TypedText
{
    private const int MostExactDigits = 15; // every decimal number of so many digits comes back from a double unchanged

    /// <summary>true or false, in any letter case.</summary>
    public static bool TryBool(ReadOnlySpan<byte> text, out bool value)
    {
        value = text.Length == 4;
        return text.Length switch
        {
            4 => EqualsIgnoringCase(text, "true"u8),
            5 => EqualsIgnoringCase(text, "false"u8),
            _ => false,
        };
    }

    /// <summary>A whole number of 64 bits, written as a number is written.</summary>
    public static bool TryLong(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        ReadOnlySpan<byte> digits = text.Length > 0 && text[0] == '-' ? text[1..] : text;
        return digits.Length is > 0 and <= 19 && char.IsAsciiDigit((char)digits[0]) && (digits[0] != '0' || text.Length == 1)
            && Utf8Parser.TryParse(text, out value, out int taken) && taken == text.Length;
    }

    /// <summary>A number that a double holds as it is written.</summary>
    public static bool TryReal(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (text.IsEmpty || text.Length > 32 || !IsNumber(text, out int digits))
        {
            return false;
        }

        // Up to 17 digits is what a double is printed with; a whole number has to be one that it holds.
        return Utf8Parser.TryParse(text, out value, out int taken) && taken == text.Length && double.IsFinite(value)
            && (digits <= MostExactDigits || (digits <= 17 && !IsWhole(text)) || (IsWhole(text) && Math.Abs(value) <= 1L << 53));
    }

    /// <summary>A point in time by ISO 8601: a date, or a date and a time with or without seconds, fractions and zone. Without a zone it is UTC.</summary>
    public static bool TryDateTime(ReadOnlySpan<byte> text, out DateTime value)
    {
        value = default;
        if (text.Length < 10 || text[4] != '-' || text[7] != '-'
            || !TryDigits(text[..4], out int year) || !TryDigits(text.Slice(5, 2), out int month) || !TryDigits(text.Slice(8, 2), out int day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        long ticks = new DateTime(year, month, day).Ticks;
        if (text.Length > 10)
        {
            ReadOnlySpan<byte> time = text[11..];
            if (text[10] is not ((byte)'T' or (byte)' ' or (byte)'t') || !TryTimeOfDay(ref time, out long timeTicks) || !TryZone(time, out long zone))
            {
                return false;
            }

            ticks += timeTicks - zone;
        }

        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        value = new DateTime(ticks, DateTimeKind.Utc);
        return true;
    }

    /// <summary>A length of time as KQL and .NET write it: <c>[-][d.]hh:mm:ss[.fffffff]</c>.</summary>
    public static bool TryTimeSpan(ReadOnlySpan<byte> text, out TimeSpan value)
    {
        value = default;
        Span<char> chars = stackalloc char[26];
        if (text.Length is < 8 or > 26 || text.Count((byte)':') != 2)
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            chars[i] = (char)text[i];
        }

        return TimeSpan.TryParseExact(chars[..text.Length], ["c"], CultureInfo.InvariantCulture, out value);
    }

    /// <summary>A globally unique identifier in its usual form, 36 characters.</summary>
    public static bool TryGuid(ReadOnlySpan<byte> text, out Guid value)
    {
        value = default;
        return text.Length == 36 && Utf8Parser.TryParse(text, out value, out int taken, 'D') && taken == 36;
    }

    private static bool TryTimeOfDay(ref ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length < 5 || text[2] != ':' || !TryDigits(text[..2], out int hour) || !TryDigits(text.Slice(3, 2), out int minute) || hour > 23 || minute > 59)
        {
            return false;
        }

        ticks = (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute);
        text = text[5..];
        if (text.Length < 3 || text[0] != ':')
        {
            return true;
        }

        if (!TryDigits(text.Slice(1, 2), out int second) || second > 59)
        {
            return false;
        }

        ticks += second * TimeSpan.TicksPerSecond;
        text = text[3..];
        if (text.IsEmpty || text[0] != '.')
        {
            return true;
        }

        long unit = TimeSpan.TicksPerSecond / 10;
        int i = 1;
        for (; i < text.Length && (uint)(text[i] - '0') <= 9; i++)
        {
            if (unit == 0 && text[i] != '0')
            {
                return false;
            }

            ticks += (text[i] - '0') * unit;
            unit /= 10;
        }

        text = text[i..];
        return i > 1;
    }

    private static bool TryZone(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.IsEmpty || (text.Length == 1 && (text[0] | 0x20) == 'z'))
        {
            return true;
        }

        if (text[0] is not ((byte)'+' or (byte)'-'))
        {
            return false;
        }

        ReadOnlySpan<byte> minutes = text.Length == 6 && text[3] == ':' ? text[4..] : text.Length == 5 ? text[3..] : text.Length == 3 ? "00"u8 : [];
        if (minutes.IsEmpty || !TryDigits(text.Slice(1, 2), out int h) || !TryDigits(minutes, out int m) || h > 18 || m > 59)
        {
            return false;
        }

        ticks = ((h * 60) + m) * TimeSpan.TicksPerMinute * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool IsNumber(ReadOnlySpan<byte> text, out int digits)
    {
        digits = 0;
        int i = text[0] == '-' ? 1 : 0, whole = i;
        bool seenPoint = false, leading = true;
        for (; i < text.Length && (text[i] == '.' || (uint)(text[i] - '0') <= 9); i++)
        {
            if (text[i] == '.')
            {
                if (seenPoint)
                {
                    return false;
                }

                seenPoint = true;
                continue;
            }

            leading &= text[i] == '0';
            digits += leading ? 0 : 1;
        }

        int length = i - whole;
        bool isLedByZero = length > 1 && text[whole] == '0' && text[whole + 1] != '.';
        if (length == 0 || text[whole] == '.' || text[i - 1] == '.' || isLedByZero)
        {
            return false;
        }

        if (i == text.Length)
        {
            return true;
        }

        if ((text[i] | 0x20) != 'e')
        {
            return false;
        }

        i += i + 1 < text.Length && text[i + 1] is (byte)'+' or (byte)'-' ? 2 : 1;
        return i < text.Length && text[i..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
    }

    private static bool IsWhole(ReadOnlySpan<byte> text) => text.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0;

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (byte b in text)
        {
            if ((uint)(b - '0') > 9)
            {
                return false;
            }

            value = (value * 10) + b - '0';
        }

        return true;
    }

    private static bool EqualsIgnoringCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower)
    {
        for (int i = 0; i < lower.Length; i++)
        {
            if ((text[i] | 0x20) != lower[i])
            {
                return false;
            }
        }

        return true;
    }
}
