using System.Text;
using Quarry.Kql.Syntax;

namespace Quarry.Data.Tests.Queries;

/// <summary>A query without what it says: its tree, with literals and names as such. Two queries of one shape do the same with other values.</summary>
internal static class QueryShape
{
    /// <summary>The shape of a query, which has to be right.</summary>
    public static string Of(string query)
    {
        SyntaxTree tree = SyntaxTree.Parse(query);
        tree.Diagnostics.ShouldBeEmpty(query);
        var shape = new StringBuilder();
        Add(shape, tree.Root);
        return shape.ToString();
    }

    private static void Add(StringBuilder shape, SyntaxElement element)
    {
        switch (element)
        {
            case NameSyntax:
                shape.Append(" name");
                break;
            case StringLiteral:
                shape.Append(" text");
                break;
            case LiteralExpression:
                shape.Append(" literal");
                break;
            case SyntaxToken { Kind: TokenKind.String or TokenKind.Typed or TokenKind.Long or TokenKind.Real or TokenKind.TimeSpan } token:
                shape.Append(' ').Append(token.Kind);
                break;
            case SyntaxToken token:
                shape.Append(' ').Append(token.Text);
                break;
            case SyntaxNode node:
                shape.Append(" (").Append(node.GetType().Name);
                foreach (SyntaxElement child in node.Children)
                {
                    Add(shape, child);
                }

                shape.Append(')');
                break;
        }
    }
}
