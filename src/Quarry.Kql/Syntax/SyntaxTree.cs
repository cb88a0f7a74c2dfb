using Quarry.Kql.Diagnostics;
using Quarry.Kql.Syntax.Parsing;

namespace Quarry.Kql.Syntax;

/// <summary>A query's text with its tree and what is wrong with its grammar.</summary>
internal sealed class SyntaxTree
{
    private SyntaxTree(string text, QueryText root, IReadOnlyList<KqlDiagnostic> diagnostics)
    {
        Text = text;
        Root = root;
        Diagnostics = diagnostics;
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>The tree. Its tokens with what stands before them are the text, whatever the text is.</summary>
    public QueryText Root { get; }

    /// <summary>What is wrong, in the order of the text; empty if nothing is.</summary>
    public IReadOnlyList<KqlDiagnostic> Diagnostics { get; }

    /// <summary>Reads a query. Never fails: what is wrong is in <see cref="Diagnostics"/>. Takes time linear in the text's length.</summary>
    public static SyntaxTree Parse(string text)
    {
        var diagnostics = new DiagnosticList();
        List<SyntaxToken> tokens = Lexer.Tokenize(text, diagnostics);
        QueryText root = new Parser(text, tokens, diagnostics).ParseText();
        return new SyntaxTree(text, root, [.. diagnostics.All.OrderBy(diagnostic => diagnostic.Span.Start)]);
    }
}
