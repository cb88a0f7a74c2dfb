namespace Quarry.Kql.Syntax;

/// <summary>Anything that has a value: a scalar or a table.</summary>
internal abstract class Expression(IEnumerable<SyntaxElement?> children) : SyntaxNode(children);

/// <summary>Stands for an expression that is not there; that was reported.</summary>
internal sealed class MissingExpression(SyntaxToken missing) : Expression([missing]);

/// <summary><c>*</c> where it may stand for all columns: <c>arg_max(t, *)</c>, <c>* has "x"</c>, <c>distinct *</c>.</summary>
internal sealed class StarExpression(SyntaxToken star) : Expression([star]);

/// <summary>An expression or a whole query in parentheses.</summary>
internal sealed class ParenthesizedExpression(SyntaxToken open, Expression inner, SyntaxToken close) : Expression([open, inner, close])
{
    /// <summary>What stands in the parentheses.</summary>
    public Expression Inner { get; } = inner;
}

/// <summary><c>target.member</c>: a property of a dynamic value, a table of a database, a call of a function there.</summary>
internal sealed class MemberExpression(Expression target, SyntaxToken dot, Expression member) : Expression([target, dot, member])
{
    /// <summary>What the member belongs to.</summary>
    public Expression Target { get; } = target;

    /// <summary>A <see cref="NameExpression"/> or a <see cref="CallExpression"/>.</summary>
    public Expression Member { get; } = member;
}

/// <summary><c>target[index]</c>: an element of a dynamic array or a property of a dynamic object.</summary>
internal sealed class ElementExpression(Expression target, SyntaxToken open, Expression index, SyntaxToken close)
    : Expression([target, open, index, close])
{
    /// <summary>The array or object.</summary>
    public Expression Target { get; } = target;

    /// <summary>Which element or property.</summary>
    public Expression Index { get; } = index;
}

/// <summary><c>name(arguments)</c></summary>
internal sealed class CallExpression(NameSyntax name, SyntaxToken open, SeparatedList<Expression> arguments, SyntaxToken close)
    : Expression([name, open, .. arguments.Elements, close])
{
    /// <summary>The function's name.</summary>
    public NameSyntax Name { get; } = name;

    /// <summary>The arguments: expressions, <see cref="NamedExpression"/>s and <see cref="StarExpression"/>s.</summary>
    public SeparatedList<Expression> Arguments { get; } = arguments;
}

/// <summary>A number with a sign, or a negated expression.</summary>
internal sealed class UnaryExpression(SyntaxToken sign, Expression operand) : Expression([sign, operand])
{
    /// <summary>Whether the sign is a minus.</summary>
    public bool IsMinus { get; } = sign.Kind == TokenKind.Minus;

    /// <summary>What the sign belongs to.</summary>
    public Expression Operand { get; } = operand;
}

/// <summary>Two expressions with an operator between them.</summary>
internal sealed class BinaryExpression(Expression left, IReadOnlyList<SyntaxToken> symbol, BinaryOperator kind, Expression right)
    : Expression([left, .. symbol, right])
{
    /// <summary>The left operand; a <see cref="StarExpression"/> means any column.</summary>
    public Expression Left { get; } = left;

    /// <summary>The operator.</summary>
    public BinaryOperator Kind { get; } = kind;

    /// <summary>The operator's first token.</summary>
    public SyntaxToken Symbol { get; } = symbol[0];

    /// <summary>The right operand.</summary>
    public Expression Right { get; } = right;
}

/// <summary>
/// Conditions joined by <c>and</c>, or by <c>or</c>: all of a chain in one node, for lists of thousands of indicators are
/// written so, and a tree of that depth would be nobody's friend.
/// </summary>
internal sealed class LogicalExpression(bool isAnd, IReadOnlyList<Expression> operands, IReadOnlyList<SyntaxElement> elements)
    : Expression(elements)
{
    /// <summary>Whether the word is <c>and</c>.</summary>
    public bool IsAnd { get; } = isAnd;

    /// <summary>The conditions; at least two.</summary>
    public IReadOnlyList<Expression> Operands { get; } = operands;
}

/// <summary><c>left in (...)</c>, <c>left has_any (...)</c> and their kin.</summary>
internal sealed class ListExpression(
    Expression left, SyntaxToken symbol, ListOperator kind, SyntaxToken open, SeparatedList<Expression> items, SyntaxToken close)
    : Expression([left, symbol, open, .. items.Elements, close])
{
    /// <summary>What is looked for.</summary>
    public Expression Left { get; } = left;

    /// <summary>The operator.</summary>
    public ListOperator Kind { get; } = kind;

    /// <summary>The operator's token.</summary>
    public SyntaxToken Symbol { get; } = symbol;

    /// <summary>The values, or one query or array that holds them.</summary>
    public SeparatedList<Expression> Items { get; } = items;
}

/// <summary><c>value between (low .. high)</c></summary>
internal sealed class BetweenExpression(
    Expression value, SyntaxToken symbol, SyntaxToken open, Expression low, SyntaxToken dots, Expression high, SyntaxToken close)
    : Expression([value, symbol, open, low, dots, high, close])
{
    /// <summary>What is compared.</summary>
    public Expression Value { get; } = value;

    /// <summary>Whether it is <c>!between</c>.</summary>
    public bool IsNegated { get; } = symbol.Is("!between");

    /// <summary>The lower end, which belongs to the range.</summary>
    public Expression Low { get; } = low;

    /// <summary>The upper end, which belongs to the range; a timespan counts from a lower end that is a datetime.</summary>
    public Expression High { get; } = high;
}

/// <summary><c>name = expression</c></summary>
internal sealed class NamedExpression(NameSyntax name, SyntaxToken equal, Expression value) : Expression([name, equal, value])
{
    /// <summary>The name.</summary>
    public NameSyntax Name { get; } = name;

    /// <summary>What is named.</summary>
    public Expression Value { get; } = value;
}

/// <summary><c>(name, name) = expression</c> for functions with several results.</summary>
internal sealed class NamesExpression(SyntaxToken open, SeparatedList<NameSyntax> names, SyntaxToken close, SyntaxToken equal, Expression value)
    : Expression([open, .. names.Elements, close, equal, value])
{
    /// <summary>The names.</summary>
    public SeparatedList<NameSyntax> Names { get; } = names;

    /// <summary>What is named.</summary>
    public Expression Value { get; } = value;
}

/// <summary>A source and the operators behind it: <c>T | where x | count</c>.</summary>
internal sealed class QueryExpression(Expression? source, IReadOnlyList<QueryOperator> operators, IReadOnlyList<SyntaxElement> elements)
    : Expression(elements)
{
    /// <summary>Where the rows come from; null in a subquery that begins with an operator and works on what it is given.</summary>
    public Expression? Source { get; } = source;

    /// <summary>The operators, in the order in which they work.</summary>
    public IReadOnlyList<QueryOperator> Operators { get; } = operators;
}

/// <summary>An operator with its arguments, the bar before it not included.</summary>
internal abstract class QueryOperator(SyntaxToken keyword, IEnumerable<SyntaxElement?> children) : Expression(children)
{
    /// <summary>The operator's name.</summary>
    public SyntaxToken Keyword { get; } = keyword;
}
