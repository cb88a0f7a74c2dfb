using System.Buffers;
using System.Globalization;
using System.Text;
using Quarry.Kql.Syntax;

namespace Quarry.Kql.Functions.Dynamic;

/// <summary>What a <c>dynamic(...)</c> of the query says, as compact JSON.</summary>
internal static class DynamicLiterals
{
    /// <summary>The JSON of a literal; null for null.</summary>
    public static string? ToJson(DynamicLiteral literal)
    {
        var to = new ArrayBufferWriter<byte>();
        Write(to, literal.Value);
        return to.WrittenSpan.SequenceEqual("null"u8) ? null : Encoding.UTF8.GetString(to.WrittenSpan);
    }

    // The parser limits how deep literals nest.
    private static void Write(ArrayBufferWriter<byte> to, Expression value)
    {
        switch (value)
        {
            case DynamicLiteral inner:
                Write(to, inner.Value);
                break;
            case DynamicArray array:
                WriteArray(to, array);
                break;
            case DynamicObject bag:
                WriteObject(to, bag);
                break;
            case StringLiteral text:
                JsonOutput.String(to, Encoding.UTF8.GetBytes(text.Value));
                break;
            case UnaryExpression { Operand: LiteralExpression number } sign:
                WriteToken(to, number.Token, sign.IsMinus);
                break;
            case LiteralExpression literal:
                WriteToken(to, literal.Token, false);
                break;
            default:
                to.Write("null"u8);
                break;
        }
    }

    private static void WriteArray(ArrayBufferWriter<byte> to, DynamicArray array)
    {
        int began = to.WrittenCount;
        to.Write("["u8);
        foreach (Expression element in array.Elements)
        {
            JsonOutput.Comma(to, began);
            Write(to, element);
        }

        to.Write("]"u8);
    }

    private static void WriteObject(ArrayBufferWriter<byte> to, DynamicObject bag)
    {
        int began = to.WrittenCount;
        to.Write("{"u8);
        foreach (DynamicProperty property in bag.Properties)
        {
            JsonOutput.Comma(to, began);
            JsonOutput.String(to, Encoding.UTF8.GetBytes(property.Name));
            to.Write(":"u8);
            Write(to, property.Value);
        }

        to.Write("}"u8);
    }

    private static void WriteToken(ArrayBufferWriter<byte> to, SyntaxToken token, bool isNegative)
    {
        string text = token.Text.ToString();
        switch (token.Kind)
        {
            case TokenKind.Long or TokenKind.Real:
                WriteNumber(to, (isNegative ? "-" : "") + text);
                break;
            case TokenKind.TimeSpan:
                WriteTimeSpan(to, (isNegative ? "-" : "") + text);
                break;
            case TokenKind.Typed:
                int open = text.IndexOf('(', StringComparison.Ordinal);
                WriteTyped(to, text[..open].Trim(), text[(open + 1)..].TrimEnd(')').Trim().Trim('"', '\''));
                break;
            default:
                JsonOutput.Bool(to, text.Equals("true", StringComparison.OrdinalIgnoreCase));
                break;
        }
    }

    private static void WriteNumber(ArrayBufferWriter<byte> to, string text)
    {
        bool isNegative = text[0] == '-';
        string digits = text.TrimStart('-');
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            long number = unchecked((long)(ulong.TryParse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong bits) ? bits : 0));
            JsonOutput.Long(to, isNegative ? unchecked(-number) : number);
        }
        else if (JsonCompaction.TryCompact(Encoding.UTF8.GetBytes(text), new ArrayBufferWriter<byte>(), out ReadOnlySpan<byte> compact))
        {
            to.Write(compact);
        }
        else if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
        {
            JsonOutput.Long(to, whole);
        }
        else
        {
            JsonOutput.Real(to, double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) ? real : double.NaN);
        }
    }

    private static void WriteTyped(ArrayBufferWriter<byte> to, string type, string text)
    {
        if (type.StartsWith("date", StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
        {
            JsonOutput.DateTime(to, time.UtcTicks);
        }
        else if (type == "guid" && Guid.TryParse(text, out Guid guid))
        {
            JsonOutput.String(to, Encoding.UTF8.GetBytes(guid.ToString()));
        }
        else if (type.StartsWith("time", StringComparison.Ordinal))
        {
            WriteTimeSpan(to, text);
        }
        else
        {
            to.Write("null"u8);
        }
    }

    private static void WriteTimeSpan(ArrayBufferWriter<byte> to, string text)
    {
        int unit = 0;
        while (unit < text.Length && !char.IsAsciiLetter(text[unit]))
        {
            unit++;
        }

        double ticks = text[unit..].ToLowerInvariant() switch
        {
            "d" or "day" or "days" => TimeSpan.TicksPerDay,
            "h" or "hr" or "hrs" or "hour" or "hours" => TimeSpan.TicksPerHour,
            "m" or "min" or "minute" or "minutes" => TimeSpan.TicksPerMinute,
            "s" or "sec" or "second" or "seconds" => TimeSpan.TicksPerSecond,
            "ms" or "milli" or "millis" or "millisec" or "millisecond" or "milliseconds" => TimeSpan.TicksPerMillisecond,
            "micro" or "micros" or "microsec" or "microsecond" or "microseconds" => TimeSpan.TicksPerMicrosecond,
            "tick" or "ticks" => 1,
            _ => 0,
        };
        if (ticks > 0 && double.TryParse(text[..unit], NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
        {
            JsonOutput.TimeSpan(to, (long)Math.Round(number * ticks));
        }
        else if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span))
        {
            JsonOutput.TimeSpan(to, span.Ticks);
        }
        else
        {
            to.Write("null"u8);
        }
    }
}
