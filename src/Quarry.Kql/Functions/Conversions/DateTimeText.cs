namespace Quarry.Kql.Functions.Conversions;

/// <summary>
/// Reads a datetime from UTF-8: ISO 8601, the formats of RFC 822 and 850, the American order with slashes and eight digits. An offset is
/// resolved; without one it is UTC.
/// </summary>
/// <remarks>Source: Kusto Query Language, "The datetime data type", supported formats.</remarks>
internal static class DateTimeText
{
    private static ReadOnlySpan<byte> MonthNames => "janfebmaraprmayjunjulaugsepoctnovdec"u8;

    /// <summary>The ticks; null where the text is no datetime or lies outside of the years 1 to 9999.</summary>
    public static long? Parse(ReadOnlySpan<byte> text)
    {
        var reader = new TextReader(text);
        reader.SkipSpaces();
        if (!ReadDate(ref reader, out long day))
        {
            return null;
        }

        long time = 0;
        long offset = 0;
        if (!reader.AtEnd)
        {
            bool isSeparated = reader.Take((byte)'T') || reader.Take((byte)'t') || reader.SkipSpaces();
            if (reader.AtEnd && isSeparated && text[^1] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                return day;
            }

            if (!isSeparated || !ReadTime(ref reader, out time) || !ReadOffset(ref reader, out offset))
            {
                return null;
            }
        }

        long ticks = day + time - offset;
        return reader.AtEnd && ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? ticks : null;
    }

    private static bool ReadDate(ref TextReader reader, out long ticks)
    {
        ticks = 0;
        if (reader.IsLetter)
        {
            // A weekday is no more than a courtesy to people: "Sat, 8 Nov 14". Otherwise it is a month: "Nov 8, 2014".
            if (reader.Month() is { } named)
            {
                reader.SkipSpaces();
                return reader.Number(2, out int dayOfNamed, out _) && (reader.Take((byte)',') | reader.SkipSpaces())
                    && ReadYear(ref reader, out int yearOfNamed) && Ticks(yearOfNamed, named, dayOfNamed, out ticks);
            }

            reader.SkipLetters();
            reader.Take((byte)',');
            if (!reader.SkipSpaces())
            {
                return false;
            }
        }

        if (!reader.Number(8, out int first, out int length))
        {
            return false;
        }

        return length switch
        {
            4 => ReadMonthAndDay(ref reader, first, out ticks),
            8 => Ticks(first / 10_000, first / 100 % 100, first % 100, out ticks),
            1 or 2 => ReadDayFirst(ref reader, first, out ticks),
            _ => false,
        };
    }

    private static bool ReadMonthAndDay(ref TextReader reader, int year, out long ticks)
    {
        byte separator = reader.Current;
        if (separator is not ((byte)'-' or (byte)'/' or (byte)'.'))
        {
            return Ticks(year, 1, 1, out ticks);
        }

        reader.Skip();
        ticks = 0;
        int? month = reader.IsLetter ? reader.Month() : reader.Number(2, out int number, out _) ? number : null;
        if (month is null)
        {
            return false;
        }

        return !reader.Take(separator) ? Ticks(year, month.Value, 1, out ticks)
            : reader.Number(2, out int day, out _) && Ticks(year, month.Value, day, out ticks);
    }

    // "8 Nov 14", "08-Nov-14" or "11/8/2014".
    private static bool ReadDayFirst(ref TextReader reader, int first, out long ticks)
    {
        ticks = 0;
        byte separator = reader.Current;
        bool isSpaced = reader.SkipSpaces();
        if (!isSpaced)
        {
            if (separator is not ((byte)'-' or (byte)'/'))
            {
                return false;
            }

            reader.Skip();
        }

        if (reader.IsLetter)
        {
            return reader.Month() is { } month && (reader.SkipSpaces() | reader.Take((byte)',') | reader.Take((byte)'-') | reader.SkipSpaces())
                && ReadYear(ref reader, out int year) && Ticks(year, month, first, out ticks);
        }

        return separator == '/' && reader.Number(2, out int day, out _) && reader.Take((byte)'/')
            && ReadYear(ref reader, out int last) && Ticks(last, first, day, out ticks);
    }

    private static bool ReadYear(ref TextReader reader, out int year)
    {
        if (!reader.Number(4, out year, out int length) || length is not (2 or 4))
        {
            return false;
        }

        year += length == 4 ? 0 : year < 50 ? 2000 : 1900;
        return true;
    }

    private static bool Ticks(int year, int month, int day, out long ticks)
    {
        bool isDate = year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        ticks = isDate ? new DateTime(year, month, day).Ticks : 0;
        return isDate;
    }

    private static bool ReadTime(ref TextReader reader, out long ticks)
    {
        ticks = 0;
        int second = 0;
        long fraction = 0;
        if (!reader.Number(2, out int hour, out _) || !reader.Take((byte)':') || !reader.Number(2, out int minute, out _))
        {
            return false;
        }

        if (reader.Take((byte)':') && (!reader.Number(2, out second, out _) || !reader.Fraction(out fraction)))
        {
            return false;
        }

        reader.SkipSpaces();
        if (reader.TakeWord("am"u8) || reader.TakeWord("pm"u8))
        {
            if (hour is < 1 or > 12)
            {
                return false;
            }

            hour = (hour % 12) + (reader.Previous(1) is (byte)'p' or (byte)'P' ? 12 : 0);
        }

        ticks = (((((hour * 60L) + minute) * 60) + second) * TimeSpan.TicksPerSecond) + fraction;
        return hour < 24 && minute < 60 && second < 60;
    }

    private static bool ReadOffset(ref TextReader reader, out long ticks)
    {
        ticks = 0;
        reader.SkipSpaces();
        if (reader.AtEnd)
        {
            return true;
        }

        bool isUtc = reader.TakeWord("z"u8) || reader.TakeWord("gmt"u8) || reader.TakeWord("utc"u8);
        bool isAhead = reader.Take((byte)'+');
        if (isAhead || reader.Take((byte)'-'))
        {
            if (!reader.Number(4, out int hours, out int length) || length == 3)
            {
                return false;
            }

            int minutes = length == 4 ? hours % 100 : 0;
            hours = length == 4 ? hours / 100 : hours;
            if (length < 3 && reader.Take((byte)':') && !reader.Number(2, out minutes, out _))
            {
                return false;
            }

            ticks = ((hours * 60L) + minutes) * TimeSpan.TicksPerMinute * (isAhead ? 1 : -1);
            isUtc = hours <= 14 && minutes < 60;
        }

        reader.SkipSpaces();
        return isUtc;
    }

    // A place in the text.
    private ref struct TextReader(ReadOnlySpan<byte> text)
    {
        private readonly ReadOnlySpan<byte> _text = text;
        private int _at;

        public readonly bool AtEnd => _at >= _text.Length;

        public readonly byte Current => AtEnd ? (byte)0 : _text[_at];

        public readonly bool IsLetter => char.IsAsciiLetter((char)Current);

        public void Skip() => _at++;

        public readonly byte Previous(int back) => _text[_at - 1 - back];

        public bool Take(byte wanted)
        {
            bool isThere = Current == wanted && !AtEnd;
            _at += isThere ? 1 : 0;
            return isThere;
        }

        public bool SkipSpaces()
        {
            int start = _at;
            while (Current is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                _at++;
            }

            return _at > start;
        }

        public void SkipLetters()
        {
            while (IsLetter)
            {
                _at++;
            }
        }

        // As many digits as stand here, but no more than that.
        public bool Number(int most, out int value, out int length)
        {
            value = 0;
            length = 0;
            while (char.IsAsciiDigit((char)Current))
            {
                if (++length > most)
                {
                    return false;
                }

                value = (value * 10) + (Current - '0');
                _at++;
            }

            return length > 0;
        }

        // What is finer than a tick is cut off.
        public bool Fraction(out long ticks)
        {
            ticks = 0;
            if (!Take((byte)'.') && !Take((byte)','))
            {
                return true;
            }

            int digits = 0;
            for (; char.IsAsciiDigit((char)Current); _at++, digits++)
            {
                ticks = digits < 7 ? (ticks * 10) + (Current - '0') : ticks;
            }

            for (int i = digits; i < 7; i++)
            {
                ticks *= 10;
            }

            return digits > 0;
        }

        public bool TakeWord(ReadOnlySpan<byte> word)
        {
            ReadOnlySpan<byte> rest = _text[_at..];
            bool isThere = rest.Length >= word.Length && System.Text.Ascii.EqualsIgnoreCase(rest[..word.Length], word)
                && (rest.Length == word.Length || !char.IsAsciiLetter((char)rest[word.Length]));
            _at += isThere ? word.Length : 0;
            return isThere;
        }

        // The number of a month by its name or the first three letters of it; else nothing is taken.
        public int? Month()
        {
            int start = _at;
            SkipLetters();
            ReadOnlySpan<byte> word = _text[start.._at];
            for (int month = 0; month < 12 && word.Length >= 3; month++)
            {
                if (System.Text.Ascii.EqualsIgnoreCase(word[..3], MonthNames.Slice(3 * month, 3)) && (word.Length == 3 || IsFullName(word, month)))
                {
                    return month + 1;
                }
            }

            _at = start;
            return null;
        }

        private static bool IsFullName(ReadOnlySpan<byte> word, int month) =>
            System.Text.Ascii.EqualsIgnoreCase(word, System.Globalization.CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[month]);
    }
}
