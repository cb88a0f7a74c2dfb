using Quarry.Kql.Diagnostics;
using Quarry.Kql.Syntax;

namespace Quarry.Data.Queries.Filling;

/// <summary>Values that stand in a query without quotes around them: one name, or one literal, and nothing else.</summary>
internal static class BareValue
{
    // Where a name may stand these begin something else, though KQL takes them for names in other places.
    private static readonly HashSet<string> Beginnings = new(StringComparer.Ordinal)
    {
        "alias", "cluster", "database", "dcount", "declare", "evaluate", "facet", "false", "fork", "graph", "hint", "invoke", "kind", "let", "lookup", "mv", "not",
        "null", "pack", "partition", "pattern", "range", "reduce", "render", "restrict", "scan", "serialize", "set", "table", "true", "typeof", "view", "with", "withsource",
    };

    /// <summary>
    /// The name of a table or column: as it stands where it is a word that can be nothing else, else in brackets and quotes.
    /// A name that is given in brackets and quotes is taken for what they hold. Null where it can be no name.
    /// </summary>
    public static string? Name(string value)
    {
        string name = value.Trim();
        if (Bracketed(name) is { } inner)
        {
            name = inner;
        }

        return name.Length == 0 || name.Any(char.IsControl) ? null : IsWord(name) ? name : KqlLiteral.Name(name);
    }

    /// <summary>One name or one literal (a number, a timespan, a string with its quotes), made safe; null where the value is anything else.</summary>
    public static string? Of(string value)
    {
        string text = value.Trim();
        if (Bracketed(text) is { } inner)
        {
            return Name(inner);
        }

        var diagnostics = new DiagnosticList();
        List<SyntaxToken> tokens = Lexer.Tokenize(text, diagnostics);
        if (diagnostics.All.Count > 0 || tokens.Count != 2 || tokens[0].Start != 0 || tokens[0].End != text.Length)
        {
            return null;
        }

        return tokens[0].Kind switch
        {
            TokenKind.Word when text is "true" or "false" => text,
            TokenKind.Word => Name(text),
            TokenKind.Long or TokenKind.Real or TokenKind.TimeSpan => text,
            TokenKind.String => KqlLiteral.String(LiteralText.Of(tokens[0])),
            _ => null,
        };
    }

    private static bool IsWord(string name) =>
        (char.IsAsciiLetter(name[0]) || name[0] == '_')
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
        && !Words.IsReserved(name) && !Words.IsReservedInDeclaration(name) && !Words.IsTypeName(name) && !Beginnings.Contains(name);

    private static string? Bracketed(string text)
    {
        if (text.Length < 4 || text[0] != '[' || text[^1] != ']')
        {
            return null;
        }

        var diagnostics = new DiagnosticList();
        List<SyntaxToken> tokens = Lexer.Tokenize(text, diagnostics);
        return diagnostics.All.Count == 0 && tokens is [{ Kind: TokenKind.OpenBracket }, { Kind: TokenKind.String } name, { Kind: TokenKind.CloseBracket }, _]
            ? LiteralText.Of(name)
            : null;
    }
}
