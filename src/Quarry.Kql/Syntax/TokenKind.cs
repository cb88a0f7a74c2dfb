namespace Quarry.Kql.Syntax;

/// <summary>What a token is. Keywords are words: most of them may serve as names, so only the parser can tell.</summary>
internal enum TokenKind
{
    /// <summary>The end of the query.</summary>
    EndOfText,

    /// <summary>A token that stands for one that is missing; it has no text.</summary>
    Missing,

    /// <summary>A character that begins nothing.</summary>
    Bad,

    /// <summary>A name or keyword, hyphenated keywords (<c>mv-expand</c>) included.</summary>
    Word,

    /// <summary>A whole number, decimal or hexadecimal.</summary>
    Long,

    /// <summary>A number with a fraction or an exponent.</summary>
    Real,

    /// <summary>A number with a unit of time: <c>1.5h</c>.</summary>
    TimeSpan,

    /// <summary>A string literal of any form.</summary>
    String,

    /// <summary>A type with its literal in parentheses: <c>datetime(2024-01-01)</c>.</summary>
    Typed,

    /// <summary>An operator that is no other kind: <c>==</c>, <c>!has</c>, <c>in~</c>.</summary>
    Operator,

    /// <summary><c>(</c></summary>
    OpenParen,

    /// <summary><c>)</c></summary>
    CloseParen,

    /// <summary><c>[</c></summary>
    OpenBracket,

    /// <summary><c>]</c></summary>
    CloseBracket,

    /// <summary><c>{</c></summary>
    OpenBrace,

    /// <summary><c>}</c></summary>
    CloseBrace,

    /// <summary><c>|</c></summary>
    Bar,

    /// <summary><c>,</c></summary>
    Comma,

    /// <summary><c>;</c></summary>
    Semicolon,

    /// <summary><c>:</c></summary>
    Colon,

    /// <summary><c>.</c></summary>
    Dot,

    /// <summary><c>..</c></summary>
    DotDot,

    /// <summary><c>=</c></summary>
    Equal,

    /// <summary><c>=&gt;</c></summary>
    FatArrow,

    /// <summary><c>*</c></summary>
    Star,

    /// <summary><c>+</c></summary>
    Plus,

    /// <summary><c>-</c></summary>
    Minus,
}
