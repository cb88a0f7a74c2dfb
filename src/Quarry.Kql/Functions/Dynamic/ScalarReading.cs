using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Quarry.Kql.Functions.Dynamic;

/// <summary>Reads a dynamic value as a scalar: by KQL's conversions, which also read strings, or by a cast, which does not.</summary>
internal static class ScalarReading
{
    /// <summary>tolong() of a dynamic value.</summary>
    public static long? ToLong(ReadOnlySpan<byte> value) => JsonText.KindOf(value) switch
    {
        JsonKind.Number => Whole(value),
        JsonKind.Bool => value[0] == (byte)'t' ? 1 : 0,
        JsonKind.String => ParseLong(JsonText.Inside(value), 16),
        _ => null,
    };

    /// <summary>toint() of a dynamic value. A number that does not fit wraps, as in Kusto; a string that does not fit is null.</summary>
    public static int? ToInt(ReadOnlySpan<byte> value)
    {
        if (JsonText.KindOf(value) != JsonKind.String)
        {
            return ToLong(value) is { } number ? unchecked((int)number) : null;
        }

        ReadOnlySpan<byte> text = JsonText.Inside(value).Trim(" \t"u8);
        return ParseLong(text, 8) is not { } parsed ? null
            : IsHexadecimal(text) ? unchecked((int)parsed)
            : parsed is >= int.MinValue and <= int.MaxValue ? (int)parsed : null;
    }

    /// <summary>todouble() of a dynamic value.</summary>
    public static double? ToReal(ReadOnlySpan<byte> value) => JsonText.KindOf(value) switch
    {
        JsonKind.Number => JsonText.TryReal(value, out double number) ? number : null,
        JsonKind.Bool => value[0] == (byte)'t' ? 1 : 0,
        JsonKind.String => ParseReal(JsonText.Inside(value).Trim(" \t"u8)),
        _ => null,
    };

    /// <summary>tobool() of a dynamic value: numbers are true unless 0, strings are true, false or whole numbers.</summary>
    public static bool? ToBool(ReadOnlySpan<byte> value)
    {
        switch (JsonText.KindOf(value))
        {
            case JsonKind.Bool:
                return value[0] == (byte)'t';
            case JsonKind.Number:
                return JsonText.TryReal(value, out double number) ? number != 0 : null;
            case JsonKind.String:
                ReadOnlySpan<byte> text = JsonText.Inside(value);
                return Ascii.EqualsIgnoreCase(text, "true"u8) ? true
                    : Ascii.EqualsIgnoreCase(text, "false"u8) ? false
                    : ParseLong(text, 16) is { } whole ? whole != 0 : null;
            default:
                return null;
        }
    }

    /// <summary>A dynamic number as a long, cut towards 0; null if it is no number, or too large.</summary>
    public static long? CastLong(ReadOnlySpan<byte> value) => JsonText.KindOf(value) == JsonKind.Number ? Whole(value) : null;

    /// <summary>
    /// A dynamic number as a real; null if it is none. What JSON has no number for is held as a string, and is a number here too.
    /// </summary>
    public static double? CastReal(ReadOnlySpan<byte> value) => JsonText.KindOf(value) switch
    {
        JsonKind.Number => JsonText.TryReal(value, out double number) ? number : null,
        JsonKind.String => value.SequenceEqual("\"NaN\""u8) ? double.NaN
            : value.SequenceEqual("\"Infinity\""u8) ? double.PositiveInfinity
            : value.SequenceEqual("\"-Infinity\""u8) ? double.NegativeInfinity : null,
        _ => null,
    };

    /// <summary>A dynamic string that holds a point in time as ISO 8601 has it, in ticks.</summary>
    public static long? CastDateTime(ReadOnlySpan<byte> value)
    {
        if (JsonText.KindOf(value) != JsonKind.String || JsonText.Inside(value) is not { Length: >= 10 and <= 40 } text || text[4] != (byte)'-')
        {
            return null;
        }

        Span<char> characters = stackalloc char[40];
        int length = Ascii.ToUtf16(text, characters, out int written) == System.Buffers.OperationStatus.Done ? written : 0;
        return DateTimeOffset.TryParse(characters[..length], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time.UtcTicks : null;
    }

    /// <summary>A dynamic string that holds a timespan as it is printed, in ticks.</summary>
    public static long? CastTimeSpan(ReadOnlySpan<byte> value) =>
        JsonText.KindOf(value) == JsonKind.String && JsonText.Inside(value) is var text
        && Utf8Parser.TryParse(text, out TimeSpan span, out int read, 'c') && read == text.Length ? span.Ticks : null;

    private static long? Whole(ReadOnlySpan<byte> number) =>
        JsonText.TryLong(number, out long whole) ? whole
        : JsonText.TryReal(number, out double real) && real is >= long.MinValue and < 9223372036854775808.0 ? (long)real : null;

    private static bool IsHexadecimal(ReadOnlySpan<byte> text) => text.Length > 2 && text[0] == (byte)'0' && text[1] is (byte)'x' or (byte)'X';

    private static long? ParseLong(ReadOnlySpan<byte> text, int hexadecimalDigits)
    {
        text = text.Trim(" \t"u8);
        if (IsHexadecimal(text))
        {
            return text.Length - 2 <= hexadecimalDigits
                && ulong.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong bits) ? unchecked((long)bits) : null;
        }

        return JsonText.TryLong(text, out long number) ? number : null;
    }

    private static double? ParseReal(ReadOnlySpan<byte> text) =>
        JsonText.TryReal(text, out double number) ? number
        : Ascii.EqualsIgnoreCase(text, "nan"u8) ? double.NaN
        : Ascii.EqualsIgnoreCase(text, "inf"u8) || Ascii.EqualsIgnoreCase(text, "+inf"u8) ? double.PositiveInfinity
        : Ascii.EqualsIgnoreCase(text, "-inf"u8) ? double.NegativeInfinity : null;
}
