namespace Quarry.Kql.Syntax.Operators;

/// <summary><c>where condition</c>, <c>filter condition</c></summary>
internal sealed class WhereOperator(SyntaxToken keyword, Expression condition) : QueryOperator(keyword, [keyword, condition])
{
    /// <summary>What holds of the rows that stay.</summary>
    public Expression Condition { get; } = condition;
}

/// <summary><c>take n</c>, <c>limit n</c></summary>
internal sealed class TakeOperator(SyntaxToken keyword, Expression count) : QueryOperator(keyword, [keyword, count])
{
    /// <summary>How many rows.</summary>
    public Expression Count { get; } = count;
}

/// <summary><c>sample n</c></summary>
internal sealed class SampleOperator(SyntaxToken keyword, Expression count) : QueryOperator(keyword, [keyword, count])
{
    /// <summary>How many rows.</summary>
    public Expression Count { get; } = count;
}

/// <summary><c>sample-distinct n of expression</c></summary>
internal sealed class SampleDistinctOperator(SyntaxToken keyword, Expression count, SyntaxToken of, Expression value)
    : QueryOperator(keyword, [keyword, count, of, value])
{
    /// <summary>How many values.</summary>
    public Expression Count { get; } = count;

    /// <summary>Of what.</summary>
    public Expression Value { get; } = value;
}

/// <summary><c>distinct expressions</c>, <c>distinct *</c></summary>
internal sealed class DistinctOperator(SyntaxToken keyword, IReadOnlyList<OptionSyntax> options, SeparatedList<Expression> expressions)
    : QueryOperator(keyword, [keyword, .. options, .. expressions.Elements])
{
    /// <summary>The expressions; a <see cref="StarExpression"/> is all columns.</summary>
    public SeparatedList<Expression> Expressions { get; } = expressions;
}

/// <summary><c>count</c>, <c>count as name</c></summary>
internal sealed class CountOperator(SyntaxToken keyword, SyntaxToken? asWord, NameSyntax? name) : QueryOperator(keyword, [keyword, asWord, name])
{
    /// <summary>The name of the result; null if none is given.</summary>
    public NameSyntax? Name { get; } = name;
}

/// <summary><c>sort by expressions</c>, <c>order by expressions</c></summary>
internal sealed class SortOperator(
    SyntaxToken keyword, IReadOnlyList<OptionSyntax> options, SyntaxToken by, SeparatedList<OrderedExpression> keys)
    : QueryOperator(keyword, [keyword, .. options, by, .. keys.Elements])
{
    /// <summary>What is sorted by.</summary>
    public SeparatedList<OrderedExpression> Keys { get; } = keys;
}

/// <summary><c>top n by expression</c></summary>
internal sealed class TopOperator(
    SyntaxToken keyword, IReadOnlyList<OptionSyntax> options, Expression count, SyntaxToken by, OrderedExpression key)
    : QueryOperator(keyword, [keyword, .. options, count, by, key])
{
    /// <summary>How many rows.</summary>
    public Expression Count { get; } = count;

    /// <summary>What is sorted by.</summary>
    public OrderedExpression Key { get; } = key;
}

/// <summary>A sort key: <c>expression asc nulls first</c>.</summary>
internal sealed class OrderedExpression(Expression value, SyntaxToken? direction, SyntaxToken? nulls, SyntaxToken? place)
    : Expression([value, direction, nulls, place])
{
    /// <summary>What is sorted by.</summary>
    public Expression Value { get; } = value;

    /// <summary>Whether the smallest comes first. Without a word the largest does.</summary>
    public bool IsAscending { get; } = direction is not null && direction.Is("asc");

    /// <summary>Whether nulls come first: as said, else as the direction has it.</summary>
    public bool NullsFirst { get; } = place is null ? direction is not null && direction.Is("asc") : place.Is("first");
}

/// <summary><c>serialize</c>, <c>serialize assignments</c></summary>
internal sealed class SerializeOperator(SyntaxToken keyword, IReadOnlyList<OptionSyntax> options, SeparatedList<Expression> assignments)
    : QueryOperator(keyword, [keyword, .. options, .. assignments.Elements])
{
    /// <summary>Columns to add; may be none.</summary>
    public SeparatedList<Expression> Assignments { get; } = assignments;
}
