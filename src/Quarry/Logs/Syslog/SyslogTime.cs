namespace Quarry.Logs.Syslog;

/// <summary>The times that stand in syslog lines.</summary>
/// <remarks>Sources: RFC 3164, 4.1.2; RFC 5424, 6.2.3; journalctl(1), --output; rsyslog's and Cisco IOS's documented formats.</remarks>
internal static class SyslogTime
{
    /// <summary>Reads the time a text begins with, and the zone or year that may follow it; passes over what it read.</summary>
    /// <param name="text">The text.</param>
    /// <param name="moment">The time.</param>
    /// <param name="isIso">Whether it is of ISO 8601's form or a count of seconds.</param>
    /// <returns>A fault if there is none, and the text as it was.</returns>
    public static SyslogFault Read(ref ReadOnlySpan<byte> text, out LogMoment moment, out bool isIso)
    {
        ReadOnlySpan<byte> rest = text;
        moment = default;
        isIso = false;
        if (rest.Length > 4 && rest[3] == ' ' && IsWeekday(rest))
        {
            rest = rest[4..];
        }

        if (rest.Length < 8)
        {
            return SyslogFault.NoTime;
        }

        isIso = IsDigit(rest[0]) && IsDigit(rest[3]);
        SyslogFault fault = !isIso ? ReadWords(ref rest, 0, out moment)
            : rest[4] == '-' ? ReadIso(ref rest, out moment)
            : rest[4] == ' ' && !IsDigit(rest[5]) ? ReadYearFirst(ref rest, out moment)
            : ReadEpoch(ref rest, out moment);
        text = fault == SyslogFault.None ? rest : text;
        return fault;
    }

    /// <summary>RFC 5424's and ISO 8601's: <c>2003-10-11T22:14:15.003Z</c>, also with a blank or a comma.</summary>
    public static SyslogFault ReadIso(ref ReadOnlySpan<byte> text, out LogMoment moment)
    {
        moment = default;
        if (text.Length < 19 || text[7] != '-' || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ')
            || !TryNumber(text, 0, 4, out int year) || !TryNumber(text, 5, 2, out int month) || !TryNumber(text, 8, 2, out int day))
        {
            return SyslogFault.NoTime;
        }

        ReadOnlySpan<byte> rest = text[11..];
        SyslogFault fault = ReadTimeOfDay(ref rest, out long ticks);
        if (fault != SyslogFault.None)
        {
            return fault;
        }

        moment = new LogMoment { Year = year, Month = month, Day = day, Ticks = ticks };
        if (month is < 1 or > 12 || year is < 1 or > 9998 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return SyslogFault.ImpossibleTime;
        }

        if (!TryZone(ref rest, out long? zone))
        {
            return SyslogFault.ImpossibleTime;
        }

        moment = moment with { Zone = zone };
        if (zone is null)
        {
            moment = WithWhatFollows(ref rest, moment);
        }

        text = rest;
        return SyslogFault.None;
    }

    // 1990 Oct 22 10:52:01
    private static SyslogFault ReadYearFirst(ref ReadOnlySpan<byte> text, out LogMoment moment)
    {
        moment = default;
        ReadOnlySpan<byte> rest = text[5..];
        if (!TryNumber(text, 0, 4, out int year) || year < 1 || ReadWords(ref rest, year, out moment) is not SyslogFault.None)
        {
            return SyslogFault.NoTime;
        }

        text = rest;
        return SyslogFault.None;
    }

    // 1614556800.123456, as journald's short-unix and Meraki have it
    private static SyslogFault ReadEpoch(ref ReadOnlySpan<byte> text, out LogMoment moment)
    {
        moment = default;
        if (text.Length < 12 || text[10] != '.' || text[..10].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0 || !IsDigit(text[11]))
        {
            return SyslogFault.NoTime;
        }

        long seconds = 0;
        foreach (byte digit in text[..10])
        {
            seconds = (seconds * 10) + digit - '0';
        }

        ReadOnlySpan<byte> rest = text[10..];
        long fraction = ReadFraction(ref rest);
        moment = LogMoment.Of(DateTime.UnixEpoch.AddTicks((seconds * TimeSpan.TicksPerSecond) + fraction));
        text = rest;
        return SyslogFault.None;
    }

    // Oct 11 22:14:15, Mar  1 2003 18:46:11.123
    private static SyslogFault ReadWords(ref ReadOnlySpan<byte> text, int year, out LogMoment moment)
    {
        moment = default;
        int month = Month(text);
        if (month == 0 || text.Length < 14 || text[3] != ' ')
        {
            return SyslogFault.NoTime;
        }

        ReadOnlySpan<byte> rest = text[4..];
        SkipBlanks(ref rest);
        if (!TryLeadingNumber(ref rest, 2, out int day))
        {
            return SyslogFault.NoTime;
        }

        SkipBlanks(ref rest);
        if (rest.Length > 5 && rest[4] == ' ' && TryNumber(rest, 0, 4, out int inside))
        {
            year = inside;
            rest = rest[5..];
            SkipBlanks(ref rest);
        }

        SyslogFault fault = ReadTimeOfDay(ref rest, out long ticks);
        if (fault != SyslogFault.None)
        {
            return fault;
        }

        // A day is right if it is one of any year.
        if (day < 1 || day > DateTime.DaysInMonth(year is >= 1 and <= 9998 ? year : 2000, month) || year > 9998)
        {
            return SyslogFault.ImpossibleTime;
        }

        moment = WithWhatFollows(ref rest, new LogMoment { Year = year, Month = month, Day = day, Ticks = ticks });
        text = rest;
        return SyslogFault.None;
    }

    private static SyslogFault ReadTimeOfDay(ref ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        int hourDigits = text.Length > 1 && text[1] == ':' ? 1 : 2;
        if (text.Length < hourDigits + 6 || text[hourDigits] != ':' || text[hourDigits + 3] != ':'
            || !TryNumber(text, 0, hourDigits, out int hour) || !TryNumber(text, hourDigits + 1, 2, out int minute)
            || !TryNumber(text, hourDigits + 4, 2, out int second))
        {
            return SyslogFault.NoTime;
        }

        // 60 is a leap second.
        if (hour > 23 || minute > 59 || second > 60)
        {
            return SyslogFault.ImpossibleTime;
        }

        text = text[(hourDigits + 6)..];
        ticks = (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute) + (second * TimeSpan.TicksPerSecond) + ReadFraction(ref text);
        return SyslogFault.None;
    }

    // A point or comma and digits; beyond the seventh they are passed over.
    private static long ReadFraction(ref ReadOnlySpan<byte> text)
    {
        if (text.Length < 2 || text[0] is not ((byte)'.' or (byte)',') || !IsDigit(text[1]))
        {
            return 0;
        }

        long ticks = 0, unit = TimeSpan.TicksPerSecond / 10;
        int i = 1;
        for (; i < text.Length && IsDigit(text[i]); i++, unit /= 10)
        {
            ticks += (text[i] - '0') * unit;
        }

        text = text[i..];
        return ticks;
    }

    // The zone right behind an ISO time: Z, +01:00, +0100, +01, or none.
    private static bool TryZone(ref ReadOnlySpan<byte> text, out long? zone)
    {
        zone = null;
        if (text.IsEmpty || text[0] is (byte)' ' or (byte)':')
        {
            return true;
        }

        if (text[0] is (byte)'Z' or (byte)'z')
        {
            zone = 0;
            text = text[1..];
            return true;
        }

        return TryOffset(ref text, out zone);
    }

    private static bool TryOffset(ref ReadOnlySpan<byte> text, out long? zone)
    {
        zone = null;
        if (text.Length < 3 || text[0] is not ((byte)'+' or (byte)'-') || !TryNumber(text, 1, 2, out int hours))
        {
            return false;
        }

        int taken = text.Length >= 6 && text[3] == ':' && TryNumber(text, 4, 2, out int minutes) ? 6
            : text.Length >= 5 && TryNumber(text, 3, 2, out minutes) ? 5
            : (minutes = 0) + 3;
        if (hours > 18 || minutes > 59)
        {
            return false;
        }

        zone = ((hours * 60) + minutes) * TimeSpan.TicksPerMinute * (text[0] == '-' ? -1 : 1);
        text = text[taken..];
        return true;
    }

    // " UTC", " +0100", " 2003", " CST 1987", " EST:", one blank apart from the time.
    private static LogMoment WithWhatFollows(ref ReadOnlySpan<byte> text, LogMoment moment)
    {
        if (text.Length < 2 || text[0] != ' ')
        {
            return moment;
        }

        ReadOnlySpan<byte> rest = text[1..];
        int end = rest.IndexOfAny((byte)' ', (byte)':');
        if (end is < 1 or > 6)
        {
            return moment;
        }

        ReadOnlySpan<byte> word = rest[..end];
        if (word.SequenceEqual("UTC"u8) || word.SequenceEqual("GMT"u8) || word.SequenceEqual("Z"u8))
        {
            moment = moment with { Zone = 0 };
            text = rest[end..];
            return moment.Year == 0 ? WithYear(ref text, moment) : moment;
        }

        if (word[0] is (byte)'+' or (byte)'-')
        {
            // The colon of +01:00 is no end.
            ReadOnlySpan<byte> offset = rest;
            if (TryOffset(ref offset, out long? zone) && (offset.IsEmpty || offset[0] is (byte)' ' or (byte)':'))
            {
                text = offset;
                return moment with { Zone = zone };
            }

            return moment;
        }

        if (moment.Year == 0 && end == 4 && IsYear(word, out _))
        {
            return WithYear(ref text, moment);
        }

        bool isName = end is 3 or 4 && word.IndexOfAnyExceptInRange((byte)'A', (byte)'Z') < 0;
        ReadOnlySpan<byte> behind = rest[end..];
        bool isZone = isName && (behind[0] == ':' || (behind.Length > 5 && IsYear(behind.Slice(1, 4), out _) && behind[5] is (byte)' ' or (byte)':'));
        if (!isZone)
        {
            return moment;
        }

        text = behind;
        moment = moment with { HasUnknownZone = true };
        return moment.Year == 0 ? WithYear(ref text, moment) : moment;
    }

    private static LogMoment WithYear(ref ReadOnlySpan<byte> text, LogMoment moment)
    {
        bool isYear = text.Length >= 5 && text[0] == ' ' && (text.Length == 5 || text[5] is (byte)' ' or (byte)':')
            && IsYear(text.Slice(1, 4), out int year) && (moment = moment with { Year = year }).Year != 0;
        text = isYear ? text[5..] : text;
        return moment;
    }

    private static bool IsYear(ReadOnlySpan<byte> word, out int year) => TryNumber(word, 0, 4, out year) && year is >= 1970 and <= 2199;

    private static bool IsWeekday(ReadOnlySpan<byte> text) =>
        "SunMonTueWedThuFriSat"u8.IndexOf(text[..3]) is var at && at >= 0 && at % 3 == 0;

    private static int Month(ReadOnlySpan<byte> text)
    {
        int at = text.Length < 3 ? -1 : "JanFebMarAprMayJunJulAugSepOctNovDec"u8.IndexOf(text[..3]);
        return at >= 0 && at % 3 == 0 ? (at / 3) + 1 : 0;
    }

    private static void SkipBlanks(ref ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        text = text[at..];
    }

    private static bool TryLeadingNumber(ref ReadOnlySpan<byte> text, int most, out int value)
    {
        value = 0;
        int digits = 0;
        for (; digits < most && digits < text.Length && IsDigit(text[digits]); digits++)
        {
            value = (value * 10) + text[digits] - '0';
        }

        text = text[digits..];
        return digits > 0 && !text.IsEmpty && text[0] == ' ';
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, int start, int digits, out int value)
    {
        value = 0;
        if (text.Length < start + digits)
        {
            return false;
        }

        foreach (byte b in text.Slice(start, digits))
        {
            if (!IsDigit(b))
            {
                return false;
            }

            value = (value * 10) + b - '0';
        }

        return true;
    }

    private static bool IsDigit(byte b) => (uint)(b - '0') <= 9;
}
