using System.Globalization;
using System.Text;
using Quarry.Tables;

namespace Quarry.Kql.Functions.Text;

/// <summary>Whether a text is a value of a type, as KQL's conversions (tolong(), todatetime() …) see it.</summary>
internal static class ConvertibleText
{
    /// <summary>Whether it is.</summary>
    public static bool Is(ReadOnlySpan<char> text, ColumnType type)
    {
        text = type is ColumnType.String or ColumnType.Dynamic ? text : text.Trim();
        return type switch
        {
            ColumnType.Int => IsWhole(text, int.MinValue, int.MaxValue),
            ColumnType.Long => IsWhole(text, long.MinValue, long.MaxValue),
            ColumnType.Real => IsReal(text),
            ColumnType.Decimal => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
            ColumnType.Bool => text.Equals("true", StringComparison.OrdinalIgnoreCase) || text.Equals("false", StringComparison.OrdinalIgnoreCase)
                || IsWhole(text, long.MinValue, long.MaxValue),
            ColumnType.Guid => Guid.TryParse(text, out _),
            ColumnType.DateTime => IsTime(text),
            ColumnType.TimeSpan => IsSpan(text),
            _ => true,
        };
    }

    private static bool IsWhole(ReadOnlySpan<char> text, long least, long most)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return long.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long hexadecimal)
                && hexadecimal >= least && hexadecimal <= most;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) && number >= least && number <= most;
    }

    private static bool IsReal(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        || text.Equals("inf", StringComparison.OrdinalIgnoreCase) || text.Equals("-inf", StringComparison.OrdinalIgnoreCase);

    private static bool IsTime(ReadOnlySpan<char> text)
    {
        // A number alone is no time, though it may be seconds since 1970 elsewhere.
        byte[] utf8 = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        return !isNumber && (TimeText.TryParse(utf8.AsSpan(0, Encoding.UTF8.GetBytes(text, utf8)), out _)
            || DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out _));
    }

    private static bool IsSpan(ReadOnlySpan<char> text)
    {
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out _))
        {
            return true;
        }

        int letters = text.Length;
        while (letters > 0 && char.IsAsciiLetter(text[letters - 1]))
        {
            letters--;
        }

        return text[letters..] is "d" or "h" or "m" or "s" or "ms" or "microsecond" or "tick"
            && double.TryParse(text[..letters], NumberStyles.Float, CultureInfo.InvariantCulture, out _);
    }
}
