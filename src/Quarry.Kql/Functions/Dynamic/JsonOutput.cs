using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Quarry.Kql.Functions.Dynamic;

/// <summary>Writes values of KQL as compact JSON.</summary>
internal static class JsonOutput
{
    private static readonly SearchValues<byte> Escapes = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(control => (byte)control), (byte)'"', (byte)'\\']);

    /// <summary>A string: only quotes, backslashes and control characters are escaped.</summary>
    public static void String(ArrayBufferWriter<byte> to, ReadOnlySpan<byte> utf8)
    {
        Span<byte> escaped = stackalloc byte[6];
        to.Write("\""u8);
        while (!utf8.IsEmpty)
        {
            int plain = utf8.IndexOfAny(Escapes);
            if (plain < 0)
            {
                to.Write(utf8);
                break;
            }

            to.Write(utf8[..plain]);
            to.Write(escaped[..Escaped(new Rune(utf8[plain]), escaped)]);
            utf8 = utf8[(plain + 1)..];
        }

        to.Write("\""u8);
    }

    /// <summary>An array of strings.</summary>
    public static void Strings(ArrayBufferWriter<byte> to, IEnumerable<string> texts)
    {
        int began = to.WrittenCount;
        to.Write("["u8);
        foreach (string text in texts)
        {
            Comma(to, began);
            String(to, Encoding.UTF8.GetBytes(text));
        }

        to.Write("]"u8);
    }

    /// <summary>An array of strings as a text.</summary>
    public static string Strings(IEnumerable<string> texts)
    {
        var to = new ArrayBufferWriter<byte>();
        Strings(to, texts);
        return Encoding.UTF8.GetString(to.WrittenSpan);
    }

    /// <summary>How a character is written in a string; gives the length.</summary>
    public static int Escaped(Rune rune, Span<byte> to)
    {
        int index = "\"\\\b\f\n\r\t".IndexOf((char)Math.Min(rune.Value, 0xFFFF));
        if (index >= 0 && rune.IsBmp)
        {
            to[0] = (byte)'\\';
            to[1] = "\"\\bfnrt"u8[index];
            return 2;
        }

        if (rune.Value >= 0x20)
        {
            return rune.EncodeToUtf8(to);
        }

        "\\u00"u8.CopyTo(to);
        to[4] = (byte)(rune.Value < 0x10 ? '0' : '1');
        to[5] = "0123456789abcdef"u8[rune.Value & 15];
        return 6;
    }

    /// <summary>A long.</summary>
    public static void Long(ArrayBufferWriter<byte> to, long value)
    {
        Utf8Formatter.TryFormat(value, to.GetSpan(20), out int written);
        to.Advance(written);
    }

    /// <summary>A real: always with a point or an exponent; what is not finite is a string.</summary>
    public static void Real(ArrayBufferWriter<byte> to, double value)
    {
        if (!double.IsFinite(value))
        {
            to.Write(double.IsNaN(value) ? "\"NaN\""u8 : value > 0 ? "\"Infinity\""u8 : "\"-Infinity\""u8);
            return;
        }

        Span<byte> space = to.GetSpan(40);
        value.TryFormat(space, out int written, default, CultureInfo.InvariantCulture);
        if (space[..written].IndexOfAny((byte)'.', (byte)'E') < 0)
        {
            ".0"u8.CopyTo(space[written..]);
            written += 2;
        }

        to.Advance(written);
    }

    /// <summary>A real, null where it is not a number.</summary>
    public static void RealOrNull(ArrayBufferWriter<byte> to, double value)
    {
        if (double.IsNaN(value))
        {
            to.Write("null"u8);
        }
        else
        {
            Real(to, value);
        }
    }

    /// <summary>A bool.</summary>
    public static void Bool(ArrayBufferWriter<byte> to, bool value) => to.Write(value ? "true"u8 : "false"u8);

    /// <summary>A datetime, in ticks: a string with seven digits behind the seconds.</summary>
    public static void DateTime(ArrayBufferWriter<byte> to, long ticks)
    {
        var time = new DateTime(Math.Clamp(ticks, System.DateTime.MinValue.Ticks, System.DateTime.MaxValue.Ticks));
        Format(to, time, "yyyy-MM-ddTHH:mm:ss.fffffffZ");
    }

    /// <summary>A timespan, in ticks: a string <c>d.hh:mm:ss.fffffff</c>, days and fraction only where there are any.</summary>
    public static void TimeSpan(ArrayBufferWriter<byte> to, long ticks) => Format(to, new TimeSpan(ticks), "c");

    /// <summary>A decimal: a string, as Kusto has no number in dynamic that would hold it.</summary>
    public static void Decimal(ArrayBufferWriter<byte> to, Int128 scaled)
    {
        string digits = scaled.ToString(CultureInfo.InvariantCulture);
        bool isNegative = digits[0] == '-';
        digits = digits.TrimStart('-').PadLeft(DecimalStorage.Scale + 1, '0');
        string rest = digits[^DecimalStorage.Scale..].TrimEnd('0');
        string text = $"\"{(isNegative ? "-" : "")}{digits[..^DecimalStorage.Scale]}{(rest.Length > 0 ? "." : "")}{rest}\"";
        to.Advance(Encoding.UTF8.GetBytes(text, to.GetSpan(text.Length)));
    }

    /// <summary>A value that is JSON already; nothing is null.</summary>
    public static void Json(ArrayBufferWriter<byte> to, ReadOnlySpan<byte> value) => to.Write(value.IsEmpty ? "null"u8 : value);

    /// <summary>A comma, unless it would be the first of an array or object that began at a place.</summary>
    public static void Comma(ArrayBufferWriter<byte> to, int began)
    {
        if (to.WrittenCount > began + 1)
        {
            to.Write(","u8);
        }
    }

    private static void Format<T>(ArrayBufferWriter<byte> to, T value, string format)
        where T : IUtf8SpanFormattable
    {
        Span<byte> space = to.GetSpan(48);
        space[0] = (byte)'"';
        value.TryFormat(space[1..], out int written, format, CultureInfo.InvariantCulture);
        space[written + 1] = (byte)'"';
        to.Advance(written + 2);
    }
}
