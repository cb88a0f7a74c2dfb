using Quarry.Kql.Diagnostics;

namespace Quarry.Kql.Syntax;

/// <summary>A token or a node of the syntax tree.</summary>
internal abstract class SyntaxElement
{
    /// <summary>The query that this is a part of.</summary>
    public abstract string SourceText { get; }

    /// <summary>Where it begins, white space and comments before it included.</summary>
    public abstract int FullStart { get; }

    /// <summary>Where its first token's text begins.</summary>
    public abstract int Start { get; }

    /// <summary>The first position behind it.</summary>
    public abstract int End { get; }

    /// <summary>How many levels of nodes there are, this one included; 0 for a token.</summary>
    public abstract int Depth { get; }

    /// <summary>Where it stands.</summary>
    public TextSpan Span => new(Start, End - Start);

    /// <summary>Its text without what stands before it.</summary>
    public override string ToString() => SourceText[Start..End];
}
