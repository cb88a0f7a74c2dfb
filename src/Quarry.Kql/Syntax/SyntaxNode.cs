namespace Quarry.Kql.Syntax;

/// <summary>
/// A part of a query with its tokens and smaller parts. Every token of the text is in the tree exactly once and in order.
/// </summary>
internal abstract class SyntaxNode : SyntaxElement
{
    /// <summary>A node of these parts, in the order of the text; what is null is not there.</summary>
    protected SyntaxNode(IEnumerable<SyntaxElement?> children)
    {
        Children = [.. children.OfType<SyntaxElement>()];
        Depth = 1 + Children.Max(child => child.Depth);
    }

    /// <summary>Tokens and nodes in the order of the text; at least one.</summary>
    public IReadOnlyList<SyntaxElement> Children { get; }

    /// <inheritdoc/>
    public override string SourceText => Children[0].SourceText;

    /// <inheritdoc/>
    public override int FullStart => Children[0].FullStart;

    /// <inheritdoc/>
    public override int Start => Children[0].Start;

    /// <inheritdoc/>
    public override int End => Children[^1].End;

    /// <inheritdoc/>
    public override int Depth { get; }

    /// <summary>This node and all below it, each before what it holds, in the order of the text.</summary>
    public IEnumerable<SyntaxNode> DescendantsAndSelf() => Elements().OfType<SyntaxNode>();

    /// <summary>All tokens, in the order of the text.</summary>
    public IEnumerable<SyntaxToken> Tokens() => Elements().OfType<SyntaxToken>();

    // With a stack of its own: a tree may be deeper than a thread's stack is worth.
    private IEnumerable<SyntaxElement> Elements()
    {
        var waiting = new Stack<SyntaxElement>();
        waiting.Push(this);
        while (waiting.TryPop(out SyntaxElement? element))
        {
            yield return element;
            if (element is SyntaxNode node)
            {
                for (int i = node.Children.Count - 1; i >= 0; i--)
                {
                    waiting.Push(node.Children[i]);
                }
            }
        }
    }
}
