using Quarry.Kql.Syntax;

namespace Quarry.Data.Queries.Filling;

/// <summary>A token that a filled query has to have at its place in the order.</summary>
internal readonly record struct ExpectedToken
{
    private readonly TokenKind? _kind;
    private readonly string? _text;

    private ExpectedToken(TokenKind? kind, string? text) => (_kind, _text) = (kind, text);

    /// <summary>The tokens of a value.</summary>
    public static ExpectedToken Hole { get; } = new(TokenKind.Missing, null);

    /// <summary>One word or number, with a value in it.</summary>
    public static ExpectedToken AnyWord { get; } = new(null, null);

    /// <summary>Whether the tokens of a value stand there.</summary>
    public bool IsHole => _kind == TokenKind.Missing;

    /// <summary>The same token.</summary>
    public static ExpectedToken Of(SyntaxToken token) => new(token.Kind, token.Text.ToString());

    /// <summary>One token of a kind, with a value in it.</summary>
    public static ExpectedToken Any(TokenKind kind) => new(kind, null);

    /// <summary>Whether a token is as expected.</summary>
    public bool Matches(SyntaxToken token) =>
        _kind is not { } kind ? token.Kind is TokenKind.Word or TokenKind.Long or TokenKind.Real or TokenKind.TimeSpan
        : token.Kind == kind && (_text is null || token.Text.SequenceEqual(_text));
}
