namespace Quarry.Kql.Syntax;

/// <summary>
/// A token. What stands before it belongs to it: white space, comments, and what the parser had to skip. So the tokens of
/// a tree, in order and with what stands before them, are the text.
/// </summary>
internal sealed class SyntaxToken(string source, TokenKind kind, int fullStart, int start, int end) : SyntaxElement
{
    private int _fullStart = fullStart;

    /// <summary>What it is.</summary>
    public TokenKind Kind { get; } = kind;

    /// <inheritdoc/>
    public override string SourceText { get; } = source;

    /// <inheritdoc/>
    public override int FullStart => _fullStart;

    /// <inheritdoc/>
    public override int Start { get; } = start;

    /// <inheritdoc/>
    public override int End { get; } = end;

    /// <inheritdoc/>
    public override int Depth => 0;

    /// <summary>Whether it stands for one that is not there.</summary>
    public bool IsMissing => Kind == TokenKind.Missing;

    /// <summary>Its characters.</summary>
    public ReadOnlySpan<char> Text => SourceText.AsSpan(Start, End - Start);

    /// <summary>Whether white space or a comment stands before it.</summary>
    public bool HasSpaceBefore => FullStart != Start;

    /// <summary>Whether it is this word. KQL's words are case-sensitive.</summary>
    public bool Is(string word) => Kind is TokenKind.Word or TokenKind.Operator && Text.SequenceEqual(word);

    /// <summary>Takes over what the parser skipped before it.</summary>
    internal void Absorb(int skippedFrom) => _fullStart = skippedFrom;
}
