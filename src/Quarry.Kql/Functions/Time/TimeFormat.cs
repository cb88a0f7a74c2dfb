using System.Buffers;
using System.Globalization;

namespace Quarry.Kql.Functions.Time;

/// <summary>A format of <c>format_datetime</c> or <c>format_timespan</c>, taken apart.</summary>
/// <remarks>Source: Kusto Query Language, "format_datetime()" and "format_timespan()", supported format elements and delimiters.</remarks>
internal sealed class TimeFormat
{
    private const string Delimiters = " /-:,._[]";

    private readonly List<(char Letter, int Length)> _parts = [];

    private TimeFormat()
    {
    }

    /// <summary>Takes a format apart.</summary>
    /// <exception cref="QuarryException">A character is neither an element nor a delimiter.</exception>
    public static TimeFormat Of(string format, bool isSpan)
    {
        var parsed = new TimeFormat();
        for (int i = 0; i < format.Length;)
        {
            char letter = format[i];
            int run = 1;
            while (i + run < format.Length && format[i + run] == letter)
            {
                run++;
            }

            int length = Delimiters.Contains(letter, StringComparison.Ordinal) ? 1 : Longest(letter, run, isSpan);
            if (length == 0)
            {
                throw new QuarryException(
                    $"{(isSpan ? "format_timespan" : "format_datetime")}: '{letter}' in '{format}' is neither an element of a format (y M d h H m s f F tt) nor a delimiter (space / - : , . _ [ ]).");
            }

            parsed._parts.Add((letter, length));
            i += length;
        }

        return parsed;
    }

    // The longest element that begins with a run of a letter: "dddd" is "dd" twice.
    private static int Longest(char letter, int run, bool isSpan) => letter switch
    {
        'd' when isSpan => Math.Min(run, 8),
        'h' or 'H' or 'm' or 's' => Math.Min(run, 2),
        'f' or 'F' => Math.Min(run, 7),
        _ when isSpan => 0,
        'd' or 'M' => Math.Min(run, 2),
        'y' => run >= 4 ? 4 : Math.Min(run, 2),
        't' => run >= 2 ? 2 : 0,
        _ => 0,
    };

    /// <summary>Writes a time.</summary>
    public void WriteTime(long ticks, IBufferWriter<byte> to)
    {
        var time = new DateTime(Calendar.Clamp(ticks));
        foreach ((char letter, int length) in _parts)
        {
            switch (letter)
            {
                case 'y':
                    Write(length == 4 ? time.Year : time.Year % 100, length, to);
                    break;
                case 'M':
                    Write(time.Month, length, to);
                    break;
                case 'd':
                    Write(time.Day, length, to);
                    break;
                case 'h':
                    Write(((time.Hour + 11) % 12) + 1, length, to);
                    break;
                case 't':
                    to.Write(time.Hour < 12 ? "AM"u8 : "PM"u8);
                    break;
                default:
                    WriteClock(letter, length, (ulong)time.TimeOfDay.Ticks, to);
                    break;
            }
        }
    }

    /// <summary>Writes a span. One that is negative has its sign before all.</summary>
    public void WriteSpan(long ticks, IBufferWriter<byte> to)
    {
        if (ticks < 0)
        {
            to.Write("-"u8);
        }

        ulong size = ticks < 0 ? unchecked((ulong)-ticks) : (ulong)ticks;
        foreach ((char letter, int length) in _parts)
        {
            if (letter == 'd')
            {
                Write((long)(size / TimeSpan.TicksPerDay), length, to);
            }
            else
            {
                WriteClock(letter == 'h' ? 'H' : letter, length, size % TimeSpan.TicksPerDay, to);
            }
        }
    }

    private static void WriteClock(char letter, int length, ulong ticks, IBufferWriter<byte> to)
    {
        switch (letter)
        {
            case 'H':
                Write((long)(ticks / TimeSpan.TicksPerHour), length, to);
                break;
            case 'm':
                Write((long)(ticks / TimeSpan.TicksPerMinute % 60), length, to);
                break;
            case 's':
                Write((long)(ticks / TimeSpan.TicksPerSecond % 60), length, to);
                break;
            case 'f' or 'F':
                WriteFraction((long)(ticks % TimeSpan.TicksPerSecond), length, letter == 'F', to);
                break;
            default:
                Span<byte> one = to.GetSpan(1);
                one[0] = (byte)letter;
                to.Advance(1);
                break;
        }
    }

    private static void WriteFraction(long ticks, int length, bool isTrimmed, IBufferWriter<byte> to)
    {
        Span<byte> digits = stackalloc byte[7];
        ticks.TryFormat(digits, out _, "D7", CultureInfo.InvariantCulture);
        to.Write(isTrimmed ? digits[..length].TrimEnd((byte)'0') : digits[..length]);
    }

    private static void Write(long value, int length, IBufferWriter<byte> to)
    {
        Span<byte> text = to.GetSpan(24);
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10)
        {
            digits++;
        }

        int written = Math.Max(digits, length);
        for (int i = written - 1; i >= 0; i--, value /= 10)
        {
            text[i] = (byte)('0' + (value % 10));
        }

        to.Advance(written);
    }
}
