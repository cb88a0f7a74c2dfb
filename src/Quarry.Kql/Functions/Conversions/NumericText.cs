using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Quarry.Kql.Functions.Conversions;

/// <summary>Numbers as text: what the conversions of KQL read and how they write.</summary>
internal static class NumericText
{
    private static readonly Int128 One = Int128.Parse("1000000000000000000", CultureInfo.InvariantCulture);
    private static readonly Int128 Most = Int128.Parse(new string('9', 38), CultureInfo.InvariantCulture);

    /// <summary>The text without white space at its ends.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t\r\n\v\f"u8);

    /// <summary>A whole number in decimal, or in hexadecimal after <c>0x</c>; null for all else. So is <c>1.0</c>.</summary>
    public static long? Long(ReadOnlySpan<byte> text)
    {
        text = Trim(text);
        if (text.Length > 2 && text[0] == '0' && text[1] is (byte)'x' or (byte)'X')
        {
            return Hexadecimal(text[2..], 16) is { } bits ? (long)bits : null;
        }

        ReadOnlySpan<byte> number = Unsigned(text);
        return Utf8Parser.TryParse(number, out long value, out int used) && used == number.Length ? value : null;
    }

    /// <summary>As <see cref="Long"/> in 32 bits.</summary>
    public static int? Int(ReadOnlySpan<byte> text)
    {
        text = Trim(text);
        if (text.Length > 2 && text[0] == '0' && text[1] is (byte)'x' or (byte)'X')
        {
            return Hexadecimal(text[2..], 8) is { } bits ? (int)(uint)bits : null;
        }

        return Long(text) is { } value && value is >= int.MinValue and <= int.MaxValue ? (int)value : null;
    }

    private static ulong? Hexadecimal(ReadOnlySpan<byte> digits, int most) =>
        Utf8Parser.TryParse(digits.TrimStart((byte)'0'), out ulong bits, out int used, 'x') && used == digits.TrimStart((byte)'0').Length && used <= most ? bits
        : digits.TrimStart((byte)'0').IsEmpty ? 0
        : null;

    // The plus of "+7" is allowed, but not that of "+-7".
    private static ReadOnlySpan<byte> Unsigned(ReadOnlySpan<byte> text) => text.Length > 1 && text[0] == '+' && text[1] is not ((byte)'-' or (byte)'+') ? text[1..] : text;

    /// <summary>A real; null for what is none. Too large is infinite.</summary>
    public static double? Real(ReadOnlySpan<byte> text)
    {
        text = Trim(text);
        if (text.IsEmpty || text.Length > 1024)
        {
            return null;
        }

        ReadOnlySpan<byte> bare = text[0] is (byte)'+' or (byte)'-' ? text[1..] : text;
        if (bare.IsEmpty || !(char.IsAsciiDigit((char)bare[0]) || bare[0] == '.'))
        {
            bool isInfinite = Ascii.EqualsIgnoreCase(bare, "inf"u8) || Ascii.EqualsIgnoreCase(bare, "infinity"u8);
            return isInfinite ? text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity
                : Ascii.EqualsIgnoreCase(text, "nan"u8) ? double.NaN
                : null;
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, Style, CultureInfo.InvariantCulture, out double value) ? value : null;
    }

    /// <summary>A bool: true or false in any case, or whether a whole number is not 0; else null.</summary>
    public static bool? Bool(ReadOnlySpan<byte> text)
    {
        text = Trim(text);
        return Ascii.EqualsIgnoreCase(text, "true"u8) ? true
            : Ascii.EqualsIgnoreCase(text, "false"u8) ? false
            : Long(text) is { } number ? number != 0
            : null;
    }

    /// <summary>A decimal times 10^18, further digits rounded half away from zero; null for what is none or too large.</summary>
    public static Int128? Scaled(ReadOnlySpan<byte> text)
    {
        text = Trim(text);
        bool isNegative = !text.IsEmpty && text[0] == '-';
        text = !text.IsEmpty && text[0] is (byte)'-' or (byte)'+' ? text[1..] : text;
        int exponent = 0;
        int e = text.IndexOfAny((byte)'e', (byte)'E');
        if (e >= 0)
        {
            ReadOnlySpan<byte> power = Unsigned(text[(e + 1)..]);
            if (!Utf8Parser.TryParse(power, out exponent, out int used) || used != power.Length || Math.Abs(exponent) > 100)
            {
                return null;
            }

            text = text[..e];
        }

        int point = text.IndexOf((byte)'.');
        ReadOnlySpan<byte> whole = (point < 0 ? text : text[..point]).TrimStart((byte)'0');
        ReadOnlySpan<byte> fraction = point < 0 ? default : text[(point + 1)..];
        if (text.Length == (point < 0 ? 0 : 1) || whole.ContainsAnyExceptInRange((byte)'0', (byte)'9') || fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return null;
        }

        return Scaled(whole, fraction, exponent + DecimalStorage.Scale) is { } value ? isNegative ? -value : value : null;
    }

    // The digits with so many of the fraction before the point.
    private static Int128? Scaled(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction, int places)
    {
        Int128 value = 0;
        int taken = whole.Length + places;
        for (int i = 0; i < taken; i++)
        {
            int digit = i < whole.Length ? whole[i] - '0' : i - whole.Length < fraction.Length ? fraction[i - whole.Length] - '0' : 0;
            if (value > (Most - digit) / 10)
            {
                return null;
            }

            value = (value * 10) + digit;
        }

        int next = taken < 0 ? 0 : taken < whole.Length ? whole[taken] - '0' : taken - whole.Length < fraction.Length ? fraction[taken - whole.Length] - '0' : 0;
        return next >= 5 && value < Most ? value + 1 : value;
    }

    /// <summary>Writes a decimal: no zeros behind the last digit, no point where nothing is behind it.</summary>
    public static void WriteScaled(Int128 scaled, IBufferWriter<byte> to)
    {
        (Int128 whole, Int128 fraction) = Int128.DivRem(scaled, One);
        Span<byte> text = to.GetSpan(64);
        int written = 0;
        if (scaled < 0)
        {
            text[written++] = (byte)'-';
        }

        Int128.Abs(whole).TryFormat(text[written..], out int length, default, CultureInfo.InvariantCulture);
        written += length;
        if (fraction != 0)
        {
            text[written++] = (byte)'.';
            ((ulong)Int128.Abs(fraction)).TryFormat(text[written..], out length, "D18", CultureInfo.InvariantCulture);
            written += text.Slice(written, length).TrimEnd((byte)'0').Length;
        }

        to.Advance(written);
    }

    /// <summary>
    /// Writes a real: the fewest digits that read back as it, and always a point or an exponent. Where several texts of that length read
    /// back as it the largest is written, as Kusto does: 0.1 + 0.2 is 0.30000000000000007.
    /// </summary>
    public static void WriteReal(double value, IBufferWriter<byte> to)
    {
        if (!double.IsFinite(value))
        {
            to.Write(double.IsNaN(value) ? "NaN"u8 : value > 0 ? "inf"u8 : "-inf"u8);
            return;
        }

        Span<byte> shortest = stackalloc byte[32];
        value.TryFormat(shortest, out int written, "R", CultureInfo.InvariantCulture);
        Span<byte> digits = stackalloc byte[20];
        (int count, int point) = DigitsOf(shortest[..written], digits);
        if (count > 15)
        {
            Raise(Math.Abs(value), digits[..count], point);
        }

        Layout(double.IsNegative(value), digits[..count], point, to);
    }

    // The significant digits of a number's text, and where the point stands: 0.00123 are 123 and -2.
    private static (int Count, int Point) DigitsOf(ReadOnlySpan<byte> text, Span<byte> digits)
    {
        int count = 0;
        int point = 0;
        bool isFraction = false;
        int i = 0;
        for (; i < text.Length && text[i] != 'E'; i++)
        {
            if (text[i] == '.')
            {
                isFraction = true;
            }
            else if (text[i] != '-')
            {
                if (count > 0 || text[i] != '0')
                {
                    if (count < digits.Length)
                    {
                        digits[count++] = text[i];
                    }

                    point += isFraction ? 0 : 1;
                }
                else
                {
                    point -= isFraction ? 1 : 0;
                }
            }
        }

        if (i < text.Length)
        {
            Utf8Parser.TryParse(text[(i + 1)..].TrimStart((byte)'+'), out int exponent, out _);
            point += exponent;
        }

        int significant = digits[..count].TrimEnd((byte)'0').Length;
        return significant == 0 ? (0, 0) : (significant, point);
    }

    private static void Raise(double value, Span<byte> digits, int point)
    {
        Span<byte> text = stackalloc byte[32];
        while (digits[^1] < '9')
        {
            digits[^1]++;
            digits.CopyTo(text);
            text[digits.Length] = (byte)'E';
            (point - digits.Length).TryFormat(text[(digits.Length + 1)..], out int length, default, CultureInfo.InvariantCulture);
            if (!double.TryParse(text[..(digits.Length + 1 + length)], NumberStyles.Float, CultureInfo.InvariantCulture, out double read) || read != value)
            {
                digits[^1]--;
                return;
            }
        }
    }

    private static void Layout(bool isNegative, ReadOnlySpan<byte> digits, int point, IBufferWriter<byte> to)
    {
        if (isNegative)
        {
            to.Write("-"u8);
        }

        if (digits.IsEmpty)
        {
            to.Write("0.0"u8);
        }
        else if (digits.Length <= point && point <= 21)
        {
            to.Write(digits);
            to.Write("000000000000000000000"u8[..(point - digits.Length)]);
            to.Write(".0"u8);
        }
        else if (point is > 0 and <= 21)
        {
            to.Write(digits[..point]);
            to.Write("."u8);
            to.Write(digits[point..]);
        }
        else if (point is > -6 and <= 0)
        {
            to.Write("0."u8);
            to.Write("000000"u8[..-point]);
            to.Write(digits);
        }
        else
        {
            to.Write(digits[..1]);
            if (digits.Length > 1)
            {
                to.Write("."u8);
                to.Write(digits[1..]);
            }

            Span<byte> exponent = to.GetSpan(8);
            exponent[0] = (byte)'e';
            (point - 1).TryFormat(exponent[1..], out int length, default, CultureInfo.InvariantCulture);
            to.Advance(length + 1);
        }
    }
}
