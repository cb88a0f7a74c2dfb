using Quarry.Kql.Diagnostics;
using Quarry.Kql.Syntax;

namespace Quarry.Kql.Completion;

/// <summary>Tells at a prompt whether what was typed so far is a whole query.</summary>
public static class StatementEnd
{
    /// <summary>
    /// Whether a text ends in a semicolon behind something that gives a result: one behind <c>let</c>, <c>set</c> or
    /// <c>declare</c>, in brackets, in a string or in a comment ends nothing.
    /// </summary>
    public static bool IsReached(string text)
    {
        if (!text.AsSpan().TrimEnd().EndsWith(";") && !text.Contains("//", StringComparison.Ordinal))
        {
            return false;
        }

        List<SyntaxToken> tokens = Lexer.Tokenize(text, new DiagnosticList());
        int depth = 0;
        bool begins = true, gives = false, ends = false;
        foreach (SyntaxToken token in tokens.SkipLast(1))
        {
            depth += token.Kind switch
            {
                TokenKind.OpenParen or TokenKind.OpenBracket or TokenKind.OpenBrace => 1,
                TokenKind.CloseParen or TokenKind.CloseBracket or TokenKind.CloseBrace => -1,
                _ => 0,
            };
            ends = token.Kind == TokenKind.Semicolon && depth <= 0;
            gives |= begins && !ends && !(token.Is("let") || token.Is("set") || token.Is("declare"));
            begins = ends;
        }

        return ends && gives;
    }
}
