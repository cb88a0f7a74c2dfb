namespace Quarry.Processes;

/// <summary>The pieces of keys as UTF-8.</summary>
internal static class KeyText
{
    /// <summary>The length of a time in a key.</summary>
    public const int TimeLength = 26;

    // Names repeat in the keys of all children: they are cut where no real one is so long, lest the result outgrow the input.
    public const int LongestName = 512;
    public const int LongestId = 64;

    /// <summary>Text of at most so many bytes, cut between two characters.</summary>
    public static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        int end = most;
        while (end > 0 && (text[end] & 0xC0) == 0x80)
        {
            end--;
        }

        return text[..end];
    }

    /// <summary>Writes a time as <c>yyyy-MM-dd HH:mm:ss.ffffff</c>, rounded to 10 microseconds, a half to the even one.</summary>
    /// <param name="ticks">The time; what is unknown is written as the beginning of 1970.</param>
    /// <param name="text">26 bytes.</param>
    public static void WriteTime(long ticks, Span<byte> text)
    {
        ticks = ticks == ProcessEvents.Unknown ? DateTime.UnixEpoch.Ticks : Rounded(ticks);
        var date = new DateTime(Math.Min(ticks, DateTime.MaxValue.Ticks));
        date.Deconstruct(out int year, out int month, out int day);
        long rest = date.Ticks % TimeSpan.TicksPerDay;
        int seconds = (int)(rest / TimeSpan.TicksPerSecond);
        WriteNumber(year, text[..4]);
        text[4] = (byte)'-';
        WriteNumber(month, text.Slice(5, 2));
        text[7] = (byte)'-';
        WriteNumber(day, text.Slice(8, 2));
        text[10] = (byte)' ';
        WriteNumber(seconds / 3600, text.Slice(11, 2));
        text[13] = (byte)':';
        WriteNumber(seconds / 60 % 60, text.Slice(14, 2));
        text[16] = (byte)':';
        WriteNumber(seconds % 60, text.Slice(17, 2));
        text[19] = (byte)'.';
        WriteNumber((int)(rest % TimeSpan.TicksPerSecond / 10), text.Slice(20, 6));
    }

    /// <summary>Writes a number with leading zeros.</summary>
    public static void WriteNumber(int number, Span<byte> text)
    {
        for (int i = text.Length - 1; i >= 0; i--)
        {
            text[i] = (byte)('0' + (number % 10));
            number /= 10;
        }
    }

    private static long Rounded(long ticks)
    {
        (long whole, long rest) = Math.DivRem(ticks, 100);
        return (whole + (rest > 50 || (rest == 50 && (whole & 1) == 1) ? 1 : 0)) * 100;
    }
}
