using Quarry.Kql.Diagnostics;
using Quarry.Kql.Syntax;

namespace Quarry.Data.Queries.Filling;

/// <summary>
/// Pieces of KQL that a caller gives for a parameter that is one: operators (<c>| where EventID == 4625</c>) or expressions
/// (<c>sum(Bytes)</c>). They may be what they are and no more: no statement ends or begins in them, and nothing that was
/// opened before them is closed.
/// </summary>
internal static class KqlFragment
{
    /// <summary>What is wrong with a piece; null where nothing is.</summary>
    public static string? Problem(string fragment)
    {
        string text = fragment.Trim();
        if (text.Length == 0)
        {
            return null;
        }

        var diagnostics = new DiagnosticList();
        List<SyntaxToken> tokens = Lexer.Tokenize(text, diagnostics);
        if (diagnostics.All.Count > 0)
        {
            return diagnostics.All[0].Message;
        }

        if (tokens.Any(token => token.Kind == TokenKind.Semicolon))
        {
            return "It has a semicolon, which ends the statement.";
        }

        if (tokens.Any(token => token.HasSpaceBefore && !string.IsNullOrWhiteSpace(text[token.FullStart..token.Start])))
        {
            return "It has a comment.";
        }

        return Unbalanced(tokens) ?? Ungrammatical(text);
    }

    private static string? Unbalanced(List<SyntaxToken> tokens)
    {
        var open = new Stack<TokenKind>();
        foreach (SyntaxToken token in tokens)
        {
            switch (token.Kind)
            {
                case TokenKind.OpenParen: open.Push(TokenKind.CloseParen); break;
                case TokenKind.OpenBracket: open.Push(TokenKind.CloseBracket); break;
                case TokenKind.OpenBrace: open.Push(TokenKind.CloseBrace); break;
                case TokenKind.CloseParen or TokenKind.CloseBracket or TokenKind.CloseBrace when !open.TryPop(out TokenKind expected) || expected != token.Kind:
                    return $"It closes a '{token.Text}' that it did not open.";
            }
        }

        return open.Count > 0 ? "It opens a bracket that it does not close." : null;
    }

    private static string? Ungrammatical(string text)
    {
        SyntaxTree tree = SyntaxTree.Parse(text[0] == '|' ? $"T\n{text}" : $"print {text}");
        return tree.Diagnostics.Count > 0 ? tree.Diagnostics[0].Message
            : tree.Root.Statements.Count() != 1 ? "It is more than one statement."
            : text[0] != '|' && tree.Root.Tokens().Any(token => token.Kind == TokenKind.Bar) ? "It is an expression with a pipe in it; operators begin with the pipe."
            : null;
    }
}
