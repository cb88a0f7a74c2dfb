using Quarry.Kql.Diagnostics;

namespace Quarry.Kql.Syntax;

/// <summary>Splits a query into tokens. It never fails and never loses a character; what it cannot read becomes a bad token.</summary>
internal sealed partial class Lexer
{
    private readonly string _text;
    private readonly DiagnosticList _diagnostics;
    private int _at;
    private bool _noMoreCloseParens;

    private Lexer(string text, DiagnosticList diagnostics)
    {
        _text = text;
        _diagnostics = diagnostics;
    }

    /// <summary>The tokens of a text; the last one, and only it, is the end of the text.</summary>
    public static List<SyntaxToken> Tokenize(string text, DiagnosticList diagnostics)
    {
        var lexer = new Lexer(text, diagnostics);
        var tokens = new List<SyntaxToken>((text.Length / 4) + 1);
        SyntaxToken token;
        do
        {
            token = lexer.Next();
            tokens.Add(token);
        }
        while (token.Kind != TokenKind.EndOfText);
        return tokens;
    }

    private char Current => At(_at);

    private char At(int index) => index < _text.Length ? _text[index] : '\0';

    private SyntaxToken Next()
    {
        int fullStart = _at;
        SkipTrivia();
        int start = _at;
        TokenKind kind = _at < _text.Length ? Scan() : TokenKind.EndOfText;
        return new SyntaxToken(_text, kind, fullStart, start, _at);
    }

    // White space, comments, and lines that begin with '#', which speak to the tool the query was typed into.
    private void SkipTrivia()
    {
        while (_at < _text.Length)
        {
            if (char.IsWhiteSpace(_text[_at]) || _text[_at] == '\uFEFF')
            {
                _at++;
            }
            else if ((_text[_at] == '/' && At(_at + 1) == '/') || (_text[_at] == '#' && BeginsLine()))
            {
                int end = _text.AsSpan(_at).IndexOfAny('\r', '\n');
                _at = end < 0 ? _text.Length : _at + end;
            }
            else
            {
                return;
            }
        }
    }

    private bool BeginsLine()
    {
        ReadOnlySpan<char> before = _text.AsSpan(0, _at).TrimEnd(" \t");
        return before.IsEmpty || before[^1] is '\n' or '\r';
    }

    private TokenKind Scan()
    {
        char c = Current;
        if (c is '"' or '\'')
        {
            return ScanString(_at);
        }

        if (c is '@' or '`' or '~' or 'h' or 'H' && BeginsString(out int quote))
        {
            return ScanString(quote);
        }

        if (char.IsAsciiDigit(c))
        {
            return ScanNumber();
        }

        return char.IsAsciiLetter(c) || c is '_' or '$' ? ScanWord() : ScanPunctuation(c);
    }

    private TokenKind ScanWord()
    {
        int start = _at++;
        SkipWordCharacters();
        if (Current == '-')
        {
            TakeHyphenatedWord(start);
        }

        ReadOnlySpan<char> word = _text.AsSpan(start, _at - start);
        if (Current == '(' && Words.BeginsTypedLiteral(word))
        {
            return ScanTypedLiteral(start);
        }

        if (Current == '~' && word is "in")
        {
            _at++;
            return TokenKind.Operator;
        }

        return TokenKind.Word;
    }

    private void SkipWordCharacters()
    {
        while (IsWordCharacter(Current))
        {
            _at++;
        }
    }

    private static bool IsWordCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private void TakeHyphenatedWord(int start)
    {
        ReadOnlySpan<char> rest = _text.AsSpan(start);
        foreach (string word in Words.Hyphenated)
        {
            if (rest.StartsWith(word, StringComparison.Ordinal) && !IsWordCharacter(At(start + word.Length)) && At(start + word.Length) != '-')
            {
                _at = start + word.Length;
                return;
            }
        }
    }

    private TokenKind ScanPunctuation(char c)
    {
        _at++;
        switch (c)
        {
            case '(': return TokenKind.OpenParen;
            case ')': return TokenKind.CloseParen;
            case '[': return TokenKind.OpenBracket;
            case ']': return TokenKind.CloseBracket;
            case '{': return TokenKind.OpenBrace;
            case '}': return TokenKind.CloseBrace;
            case '|': return TokenKind.Bar;
            case ',': return TokenKind.Comma;
            case ';': return TokenKind.Semicolon;
            case ':': return TokenKind.Colon;
            case '+': return TokenKind.Plus;
            case '-': return TokenKind.Minus;
            case '*': return TokenKind.Star;
            case '/' or '%': return TokenKind.Operator;
            case '.': return Followed('.') ? TokenKind.DotDot : TokenKind.Dot;
            case '=':
                return Followed('=') || Followed('~') ? TokenKind.Operator : Followed('>') ? TokenKind.FatArrow : TokenKind.Equal;
            case '<':
                _ = Followed('=') || Followed('>');
                return TokenKind.Operator;
            case '>':
                _ = Followed('=');
                return TokenKind.Operator;
            case '!':
                return Followed('=') || Followed('~') || FollowedByNegatedOperator() ? TokenKind.Operator : Bad(_at - 1);
            default:
                return Bad(_at - 1);
        }
    }

    private bool Followed(char c)
    {
        if (Current != c)
        {
            return false;
        }

        _at++;
        return true;
    }

    private bool FollowedByNegatedOperator()
    {
        int end = _at;
        while (IsWordCharacter(At(end)))
        {
            end++;
        }

        // '!in' may have a tilde behind it.
        int start = _at - 1;
        int[] ends = At(end) == '~' ? [end + 1, end] : [end];
        foreach (int candidate in ends)
        {
            if (Words.IsNegatedOperator(_text.AsSpan(start, candidate - start)))
            {
                _at = candidate;
                return true;
            }
        }

        return false;
    }

    // A run of them is one token: a hostile text must not get a token and a message for each.
    private TokenKind Bad(int start)
    {
        while (_at < _text.Length && !IsExpectedCharacter(_text[_at]))
        {
            _at++;
        }

        string what = _text[start] switch
        {
            '&' => "KQL has no '&'; the conjunction is 'and'.",
            '!' => "'!' does not begin an operator here; the negation of a condition is not(...).",
            '`' => "A single '`' means nothing; a multi-line string stands between ```.",
            '\u201C' or '\u201D' or '\u201E' or '\u2018' or '\u2019' => "A typographic quotation mark; strings stand in \" or '.",
            _ => "This character means nothing here; in a name it needs brackets and quotes: ['...'].",
        };
        _diagnostics.Add(DiagnosticKind.Syntax, new TextSpan(start, 1), what);
        return TokenKind.Bad;
    }

    private static bool IsExpectedCharacter(char c) =>
        char.IsWhiteSpace(c) || (c is > ' ' and < '\x7F' && c is not ('&' or '!' or '`' or '~' or '^' or '?' or '\\' or '#'));
}
