using System.Text;
using Quarry.Kql.Functions.Conversions;
using Quarry.Kql.Syntax;
using Quarry.Tables;

namespace Quarry.Kql.Symbols;

/// <summary>
/// The values of literals that are no strings: bool, int, long, double; a datetime or timespan as a long of ticks; a decimal as <see cref="Int128"/>, times 10^18; a
/// guid as its text in lower case; null for <c>int(null)</c> and its kin.
/// </summary>
internal static class LiteralValues
{
    /// <summary>
    /// The value of a literal, or of one with a minus before it: the least long can only be written so. What its type does not have gives a
    /// message in place of a value; nothing is guessed.
    /// </summary>
    public static bool TryGet(LiteralExpression literal, bool isNegated, out object? value, out string message)
    {
        string text = (isNegated ? "-" : "") + literal.Token.Text.ToString();
        (value, bool isValid, string expected) = literal.Token.Kind switch
        {
            TokenKind.Long => Of(Number(text), "a whole number up to 9223372036854775807"),
            TokenKind.Real => Of(NumericText.Real(Encoding.UTF8.GetBytes(text)), "a number"),
            TokenKind.TimeSpan => Of(TimeSpanText.Parse(Encoding.UTF8.GetBytes(text.ToLowerInvariant())), "a timespan of less than 10,675,200 days"),
            TokenKind.Typed when isNegated => (null, false, "a number after the minus"),
            TokenKind.Typed => Typed(text),
            _ => Of(NumericText.Bool(Encoding.UTF8.GetBytes(text)), "true or false"),
        };
        message = isValid ? "" : $"'{text}' has no value; expected {expected}.";
        return isValid;
    }

    private static (object? Value, bool IsValid, string Expected) Of<T>(T? value, string expected)
        where T : struct => (value, value is not null, expected);

    private static (object? Value, bool IsValid, string Expected) Typed(string text)
    {
        int open = text.IndexOf('(', StringComparison.Ordinal);
        ColumnType? type = ScalarTypes.Named(text.AsSpan(0, open));
        string inner = Unquoted(text[(open + 1)..(text.EndsWith(')') ? ^1 : ^0)].Trim());
        if (inner == "null")
        {
            return (null, true, "");
        }

        byte[] utf8 = Encoding.UTF8.GetBytes(inner);
        return type switch
        {
            ColumnType.Bool => Of(Truth(inner), "true, false or null"),
            ColumnType.Int => Of(Int(inner), "a whole number from -2147483648 to 2147483647, or null"),
            ColumnType.Long => Of(Number(inner), "a whole number of 64 bits, or null"),
            ColumnType.Real => Of(NumericText.Real(utf8), "a number, nan, +inf, -inf or null"),
            ColumnType.Decimal => Of(NumericText.Scaled(utf8), "a number of at most 20 digits before the point, or null"),
            ColumnType.DateTime => Of(DateTimeText.Parse(Encoding.UTF8.GetBytes(Joined(inner))), "a datetime such as 2024-01-31 or 2024-01-31T12:30:00.5Z, or null; now() is the current time"),
            ColumnType.TimeSpan => Of(TimeSpanText.Parse(Encoding.UTF8.GetBytes(inner.ToLowerInvariant())), "a timespan such as 1.02:03:04, 1.5h or 2 days, or null"),
            ColumnType.Guid => Guid(utf8) is { } guid ? (guid, true, "") : (null, false, "32 hexadecimal digits, or null"),
            _ => (null, false, "a value of a known type"),
        };
    }

    private static string Unquoted(string text) => text.Length >= 2 && text[0] is '"' or '\'' && text[^1] == text[0] ? text[1..^1].Trim() : text;

    // "2017 - 01 - 31" and "2017, 1, 31" are dates too.
    private static string Joined(string text)
    {
        string joined = text.Replace(" - ", "-", StringComparison.Ordinal);
        string[] parts = joined.Split(',', StringSplitOptions.TrimEntries);
        return parts.Length == 3 && parts.All(part => part.Length > 0 && part.All(char.IsAsciiDigit)) ? string.Join('-', parts) : joined;
    }

    private static bool? Truth(string text) => text switch
    {
        "0" => false,
        "1" => true,
        _ => bool.TryParse(text, out bool value) ? value : null,
    };

    private static long? Number(string text) => NumericText.Long(Encoding.UTF8.GetBytes(text));

    private static int? Int(string text) => NumericText.Int(Encoding.UTF8.GetBytes(text));

    private static string? Guid(ReadOnlySpan<byte> utf8)
    {
        Span<byte> text = stackalloc byte[36];
        return GuidText.TryParse(utf8, text) ? Encoding.ASCII.GetString(text) : null;
    }
}
