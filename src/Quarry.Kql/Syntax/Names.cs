namespace Quarry.Kql.Syntax;

/// <summary>A name as it stands in the query: a word, or anything in brackets and quotes.</summary>
internal abstract class NameSyntax(IEnumerable<SyntaxElement?> children) : SyntaxNode(children)
{
    /// <summary>The name itself.</summary>
    public abstract string Text { get; }

    /// <summary>Whether it stands for a name that is not there.</summary>
    public virtual bool IsMissing => false;
}

/// <summary>A word as a name.</summary>
internal sealed class WordName(SyntaxToken word) : NameSyntax([word])
{
    /// <inheritdoc/>
    public override string Text { get; } = word.Text.ToString();

    /// <inheritdoc/>
    public override bool IsMissing => word.IsMissing;
}

/// <summary><c>['any text']</c> as a name.</summary>
internal sealed class BracketedName(SyntaxToken open, SyntaxToken text, SyntaxToken close) : NameSyntax([open, text, close])
{
    /// <inheritdoc/>
    public override string Text { get; } = text.Kind == TokenKind.String ? LiteralText.Of(text) : text.Text.ToString();
}

/// <summary>A name with <c>*</c> in it, which stands for any characters: <c>Security*</c>, <c>*_s</c>, <c>*</c>.</summary>
internal sealed class WildcardName(IReadOnlyList<SyntaxToken> parts) : NameSyntax(parts)
{
    /// <inheritdoc/>
    public override string Text { get; } = string.Concat(parts.Select(part => part.Text.ToString()));
}

/// <summary>A name as an expression: a column, a table, a variable.</summary>
internal sealed class NameExpression(NameSyntax name) : Expression([name])
{
    /// <summary>The name.</summary>
    public NameSyntax Name { get; } = name;
}

/// <summary><c>name:type</c> where a column is declared.</summary>
internal sealed class TypedName(NameSyntax name, SyntaxToken? colon, SyntaxToken? type) : Expression([name, colon, type])
{
    /// <summary>The column's name.</summary>
    public NameSyntax Name { get; } = name;

    /// <summary>The name of its type; null where it is left out.</summary>
    public SyntaxToken? Type { get; } = type;
}

/// <summary><c>(name:type, ...)</c>, or <c>(*)</c> for any columns.</summary>
internal sealed class SchemaSyntax(SyntaxToken open, SyntaxToken? star, SyntaxToken? comma, SeparatedList<TypedName> columns, SyntaxToken close)
    : SyntaxNode([open, star, comma, .. columns.Elements, close])
{
    /// <summary>The columns.</summary>
    public SeparatedList<TypedName> Columns { get; } = columns;

    /// <summary>Whether there is a <c>*</c>: columns beside those named.</summary>
    public bool IsOpen { get; } = star is not null;
}

/// <summary><c>name=value</c> before an operator's arguments: <c>kind=inner</c>, <c>hint.strategy=shuffle</c>.</summary>
internal sealed class OptionSyntax(IReadOnlyList<SyntaxToken> name, SyntaxToken equal, Expression value) : SyntaxNode([.. name, equal, value])
{
    /// <summary>The name, dots included.</summary>
    public string Name { get; } = string.Concat(name.Select(part => part.Text.ToString()));

    /// <summary>The value: a literal or a name.</summary>
    public Expression Value { get; } = value;

    /// <summary>The value's text, of a string what it says.</summary>
    public string ValueText { get; } = value is StringLiteral text ? text.Value : value.ToString();
}
