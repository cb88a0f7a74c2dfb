using Quarry.Kql.Syntax;

namespace Quarry.Web.Kusto;

/// <summary>Values of parameters, which clients of Kusto send as literals of KQL.</summary>
internal static class LiteralParameters
{
    private const string Dynamic = "dynamic(";

    /// <summary>What a literal says, as text: <c>datetime(2026-03-01)</c> says 2026-03-01. What is no literal says itself, as the service has it.</summary>
    public static string TextOf(string literal)
    {
        literal = literal.Trim();
        if (literal.StartsWith(Dynamic, StringComparison.Ordinal) && literal.EndsWith(')'))
        {
            return literal[Dynamic.Length..^1].Trim();
        }

        SyntaxToken[] tokens = [.. SyntaxTree.Parse($"print {literal}").Root.Tokens().Where(token => token.Kind != TokenKind.EndOfText)];
        return tokens.Length != 2 ? literal
            : tokens[1].Kind == TokenKind.String ? LiteralText.Of(tokens[1])
            : tokens[1].Kind == TokenKind.Typed && literal.EndsWith(')') ? literal[(literal.IndexOf('(', StringComparison.Ordinal) + 1)..^1].Trim().Trim('"', '\'')
            : literal;
    }
}
