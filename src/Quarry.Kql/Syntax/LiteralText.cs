using System.Globalization;
using System.Text;

namespace Quarry.Kql.Syntax;

/// <summary>Reads what a string literal says.</summary>
internal static class LiteralText
{
    /// <summary>The text of a string token: quotes and prefixes removed, escapes resolved.</summary>
    public static string Of(SyntaxToken token)
    {
        ReadOnlySpan<char> text = token.Text;
        if (text.Length > 0 && text[0] is 'h' or 'H')
        {
            text = text[1..];
        }

        if (text.Length == 0)
        {
            return "";
        }

        if (text[0] is '`' or '~')
        {
            string fence = new(text[0], 3);
            text = text[3..];
            return (text.EndsWith(fence, StringComparison.Ordinal) ? text[..^3] : text).ToString();
        }

        bool isVerbatim = text[0] == '@';
        text = isVerbatim ? text[1..] : text;
        char quote = text[0];
        text = text[1..];
        return isVerbatim ? Verbatim(text, quote) : Escaped(text, quote);
    }

    // A string that is not closed has no quote at its end; its text is what is there.
    private static string Verbatim(ReadOnlySpan<char> text, char quote)
    {
        var said = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == quote && i++ == text.Length - 1)
            {
                break;
            }

            said.Append(text[i]);
        }

        return said.ToString();
    }

    private static string Escaped(ReadOnlySpan<char> text, char quote)
    {
        int plain = text.IndexOfAny('\\', quote);
        if (plain < 0 || (plain == text.Length - 1 && text[plain] == quote))
        {
            return (plain < 0 ? text : text[..plain]).ToString();
        }

        var said = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length && text[i] != quote; i++)
        {
            if (text[i] != '\\')
            {
                said.Append(text[i]);
                continue;
            }

            int length = Lexer.EscapeLength(text[(i + 1)..]);
            if (length > 0)
            {
                said.Append(Resolve(text.Slice(i + 1, length)));
            }

            i += Math.Max(length, 1);
        }

        return said.ToString();
    }

    private static string Resolve(ReadOnlySpan<char> escape) => escape[0] switch
    {
        'a' => "\a",
        'b' => "\b",
        'f' => "\f",
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        'v' => "\v",
        'x' or 'u' or 'U' => CodePoint(int.TryParse(escape[1..], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int code) ? code : -1),
        >= '0' and <= '7' => ((char)Octal(escape)).ToString(),
        _ => escape.ToString(),
    };

    private static string CodePoint(int code) => code switch
    {
        >= 0 and <= 0xFFFF => ((char)code).ToString(),
        > 0xFFFF and <= 0x10FFFF => char.ConvertFromUtf32(code),
        _ => "\uFFFD",
    };

    private static int Octal(ReadOnlySpan<char> digits)
    {
        int value = 0;
        foreach (char digit in digits)
        {
            value = (value * 8) + (digit - '0');
        }

        return value;
    }
}
