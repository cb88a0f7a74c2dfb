using Quarry.Kql.Diagnostics;

namespace Quarry.Kql.Syntax;

/// <summary>Numbers, strings and literals with a type.</summary>
internal sealed partial class Lexer
{
    private TokenKind ScanNumber()
    {
        int start = _at;
        if (Current == '0' && At(_at + 1) is 'x' or 'X' && char.IsAsciiHexDigit(At(_at + 2)))
        {
            _at += 2;
            while (char.IsAsciiHexDigit(Current))
            {
                _at++;
            }

            return Suffixed(start, TokenKind.Long);
        }

        SkipDigits();
        bool isReal = TakeFraction();
        if (TakeExponent())
        {
            return Suffixed(start, TokenKind.Real);
        }

        return Suffixed(start, isReal ? TokenKind.Real : TokenKind.Long);
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Current))
        {
            _at++;
        }
    }

    // "1.5" and "5." are numbers; "1..2" is a range and "1.b" an access.
    private bool TakeFraction()
    {
        char next = At(_at + 1);
        if (Current != '.' || next == '.' || next == '[' || next == '_' || (char.IsAsciiLetter(next) && !IsExponent(_at + 1)))
        {
            return false;
        }

        _at++;
        SkipDigits();
        return true;
    }

    private bool TakeExponent()
    {
        if (!IsExponent(_at))
        {
            return false;
        }

        _at += 2;
        SkipDigits();
        return true;
    }

    private bool IsExponent(int at) =>
        At(at) is 'e' or 'E' && (char.IsAsciiDigit(At(at + 1)) || (At(at + 1) is '+' or '-' && char.IsAsciiDigit(At(at + 2))));

    // A unit makes it a timespan. Any other letters make it a name: "4chan" is a column like any other.
    private TokenKind Suffixed(int start, TokenKind kind)
    {
        int number = _at;
        SkipWordCharacters();
        if (_at == number)
        {
            return kind;
        }

        if (Words.IsTimeUnit(_text.AsSpan(number, _at - number)))
        {
            return TokenKind.TimeSpan;
        }

        if (_text.AsSpan(start, number - start).IndexOfAny('.', '+', '-') < 0)
        {
            return TokenKind.Word;
        }

        _at = number;
        return kind;
    }

    private bool BeginsString(out int quote)
    {
        quote = _at;
        if (At(quote) is 'h' or 'H')
        {
            quote++;
        }

        char first = At(quote) == '@' ? At(quote + 1) : At(quote);
        return first is '"' or '\'' || IsFence(quote);
    }

    private bool IsFence(int at) => At(at) is '`' or '~' && At(at + 1) == At(at) && At(at + 2) == At(at);

    private TokenKind ScanString(int quote)
    {
        int start = _at;
        _at = quote;
        if (IsFence(quote))
        {
            return ScanFenced(start);
        }

        if (Current == '@')
        {
            _at++;
            return ScanVerbatim(start);
        }

        return ScanEscaped(start);
    }

    private TokenKind ScanFenced(int start)
    {
        ReadOnlySpan<char> fence = _text.AsSpan(_at, 3);
        _at += 3;
        int end = _text.AsSpan(_at).IndexOf(fence);
        if (end < 0)
        {
            _at = _text.Length;
            return Unclosed(start, fence.ToString());
        }

        _at += end + 3;
        return TokenKind.String;
    }

    private TokenKind ScanVerbatim(int start)
    {
        char quote = _text[_at++];
        while (_at < _text.Length && _text[_at] is not ('\r' or '\n'))
        {
            if (_text[_at++] != quote)
            {
                continue;
            }

            if (Current != quote)
            {
                return TokenKind.String;
            }

            _at++;
        }

        return Unclosed(start, quote.ToString());
    }

    private TokenKind ScanEscaped(int start)
    {
        char quote = _text[_at++];
        while (_at < _text.Length && _text[_at] is not ('\r' or '\n'))
        {
            char c = _text[_at++];
            if (c == quote)
            {
                return TokenKind.String;
            }

            if (c == '\\')
            {
                SkipEscape();
            }
        }

        return Unclosed(start, quote.ToString());
    }

    private void SkipEscape()
    {
        int length = EscapeLength(_text.AsSpan(_at));
        if (length == 0)
        {
            // The character behind it may be the end of the line; a quote behind it was meant to be part of the string.
            _diagnostics.Add(
                DiagnosticKind.Syntax,
                new TextSpan(_at - 1, 1),
                "This is no escape sequence; a backslash is written \\\\, or the string is given as it stands with @ before it.");
            length = Current is '\r' or '\n' or '\0' ? 0 : 1;
        }

        _at += length;
    }

    /// <summary>The length of the escape sequence at the beginning, its backslash not counted; 0 if there is none.</summary>
    internal static int EscapeLength(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return 0;
        }

        switch (text[0])
        {
            case 'a' or 'b' or 'f' or 'n' or 'r' or 't' or 'v' or '\\' or '\'' or '"':
                return 1;
            case 'x':
                return HexDigits(text[1..], 2) ? 3 : 0;
            case 'u':
                return HexDigits(text[1..], 4) ? 5 : 0;
            case 'U':
                return HexDigits(text[1..], 8) ? 9 : 0;
            case >= '0' and <= '7':
                int length = 1;
                while (length < 3 && length < text.Length && text[length] is >= '0' and <= '7')
                {
                    length++;
                }

                return length;
            default:
                return 0;
        }
    }

    private static bool HexDigits(ReadOnlySpan<char> text, int count) =>
        text.Length >= count && !text[..count].ContainsAnyExcept("0123456789abcdefABCDEF");

    // What it holds is read later: datetime(2020-01-01) is no expression.
    private TokenKind ScanTypedLiteral(int start)
    {
        // Looked for once in vain, it is not looked for again: the text of ten thousand of these stays linear.
        int end = _noMoreCloseParens ? -1 : _text.AsSpan(_at).IndexOf(')');
        if (end < 0)
        {
            _noMoreCloseParens = true;
            _at++;
            string word = _text[start..(_at - 1)];
            _diagnostics.Add(DiagnosticKind.Syntax, new TextSpan(start, _at - start), $"The parenthesis of {word}(...) is not closed.");
            return TokenKind.Typed;
        }

        _at += end + 1;
        return TokenKind.Typed;
    }

    private TokenKind Unclosed(int start, string quote)
    {
        _diagnostics.Add(DiagnosticKind.Syntax, new TextSpan(start, 1), $"The string is not closed: {quote} is missing.");
        return TokenKind.String;
    }
}
