namespace Quarry.Kql.Syntax;

/// <summary>A literal of one token that is no string: a number, a timespan, a boolean, <c>datetime(...)</c>.</summary>
internal sealed class LiteralExpression(SyntaxToken token) : Expression([token])
{
    /// <summary>The token.</summary>
    public SyntaxToken Token { get; } = token;
}

/// <summary>A string, in as many pieces as stand side by side: <c>"a" 'b'</c> is <c>"ab"</c>.</summary>
internal sealed class StringLiteral(IReadOnlyList<SyntaxToken> pieces) : Expression(pieces)
{
    /// <summary>The text it says.</summary>
    public string Value { get; } = pieces.Count == 1 ? LiteralText.Of(pieces[0]) : string.Concat(pieces.Select(LiteralText.Of));
}

/// <summary><c>dynamic(...)</c> with a JSON value in KQL's wider notation.</summary>
internal sealed class DynamicLiteral(SyntaxToken word, SyntaxToken open, Expression value, SyntaxToken close)
    : Expression([word, open, value, close])
{
    /// <summary>
    /// The value: an array, an object, a literal, a negated number, another <c>dynamic(...)</c>, or the name <c>null</c>.
    /// </summary>
    public Expression Value { get; } = value;
}

/// <summary>An array in a <c>dynamic(...)</c>.</summary>
internal sealed class DynamicArray(SyntaxToken open, SeparatedList<Expression> elements, SyntaxToken close)
    : Expression([open, .. elements.Elements, close])
{
    /// <summary>The elements.</summary>
    public SeparatedList<Expression> Elements { get; } = elements;
}

/// <summary>An object in a <c>dynamic(...)</c>.</summary>
internal sealed class DynamicObject(SyntaxToken open, SeparatedList<DynamicProperty> properties, SyntaxToken close)
    : Expression([open, .. properties.Elements, close])
{
    /// <summary>The properties.</summary>
    public SeparatedList<DynamicProperty> Properties { get; } = properties;
}

/// <summary>A property of an object in a <c>dynamic(...)</c>.</summary>
internal sealed class DynamicProperty(Expression name, SyntaxToken colon, Expression value) : SyntaxNode([name, colon, value])
{
    /// <summary>The property's name.</summary>
    public string Name { get; } = name is StringLiteral text ? text.Value : "";

    /// <summary>The property's value.</summary>
    public Expression Value { get; } = value;
}
