namespace Quarry.Kql.Syntax.Operators;

/// <summary><c>summarize aggregates by keys</c></summary>
internal sealed class SummarizeOperator(
    SyntaxToken keyword, IReadOnlyList<OptionSyntax> options, SeparatedList<Expression> aggregates, ByClause? by)
    : QueryOperator(keyword, [keyword, .. options, .. aggregates.Elements, by])
{
    /// <summary>The aggregates; may be none.</summary>
    public SeparatedList<Expression> Aggregates { get; } = aggregates;

    /// <summary>The groups; null for one group.</summary>
    public ByClause? By { get; } = by;
}

/// <summary><c>by expressions</c></summary>
internal sealed class ByClause(SyntaxToken by, SeparatedList<Expression> keys) : SyntaxNode([by, .. keys.Elements])
{
    /// <summary>The keys.</summary>
    public SeparatedList<Expression> Keys { get; } = keys;
}

/// <summary><c>make-series aggregates on axis from a to b step c by keys</c></summary>
internal sealed class MakeSeriesOperator(
    SyntaxToken keyword, IReadOnlyList<OptionSyntax> options, SeparatedList<SeriesAggregate> aggregates, SyntaxToken on, Expression axis,
    SeriesRange range, ByClause? by)
    : QueryOperator(keyword, [keyword, .. options, .. aggregates.Elements, on, axis, range, by])
{
    /// <summary><c>kind</c>.</summary>
    public IReadOnlyList<OptionSyntax> Options { get; } = options;

    /// <summary>The series.</summary>
    public SeparatedList<SeriesAggregate> Aggregates { get; } = aggregates;

    /// <summary>What the series run along.</summary>
    public Expression Axis { get; } = axis;

    /// <summary>Beginning, end and step.</summary>
    public SeriesRange Range { get; } = range;

    /// <summary>A series for each of these; null for one.</summary>
    public ByClause? By { get; } = by;
}

/// <summary>An aggregate of <c>make-series</c> and the value where there are no rows.</summary>
internal sealed class SeriesAggregate(Expression aggregate, SyntaxToken? keyword, SyntaxToken? equal, Expression? value)
    : Expression([aggregate, keyword, equal, value])
{
    /// <summary>The aggregate, perhaps named.</summary>
    public Expression Aggregate { get; } = aggregate;

    /// <summary>The value where there are no rows; null for the type's own.</summary>
    public Expression? Default { get; } = value;
}

/// <summary><c>from a to b step c</c>, or <c>in range(a, b, c)</c>.</summary>
internal sealed class SeriesRange(IReadOnlyList<SyntaxElement> elements, Expression? from, Expression? to, Expression? step)
    : SyntaxNode(elements)
{
    /// <summary>The first bin; null for the data's first.</summary>
    public Expression? From { get; } = from;

    /// <summary>The end; null for the data's last.</summary>
    public Expression? To { get; } = to;

    /// <summary>The width of a bin; null only where it is missing.</summary>
    public Expression? Step { get; } = step;
}

/// <summary><c>top-nested n of a by x, top-nested m of b by y</c></summary>
internal sealed class TopNestedOperator(SeparatedList<TopNestedLevel> levels) : QueryOperator(levels[0].Keyword, levels.Elements)
{
    /// <summary>The levels, from the outermost.</summary>
    public SeparatedList<TopNestedLevel> Levels { get; } = levels;
}

/// <summary><c>top-nested n of expression with others = value by aggregate</c></summary>
internal sealed class TopNestedLevel(
    SyntaxToken keyword, Expression? count, SyntaxToken of, Expression value, OthersSyntax? others, SyntaxToken by, OrderedExpression aggregate)
    : SyntaxNode([keyword, count, of, value, others, by, aggregate])
{
    /// <summary>The word.</summary>
    public SyntaxToken Keyword { get; } = keyword;

    /// <summary>How many; null for all.</summary>
    public Expression? Count { get; } = count;

    /// <summary>Of what, perhaps named.</summary>
    public Expression Value { get; } = value;

    /// <summary>What the rest is called; null to leave it out.</summary>
    public OthersSyntax? Others { get; } = others;

    /// <summary>What is sorted by, perhaps named.</summary>
    public OrderedExpression Aggregate { get; } = aggregate;
}

/// <summary><c>with others = value</c></summary>
internal sealed class OthersSyntax(SyntaxToken with, SyntaxToken others, SyntaxToken equal, Expression value)
    : SyntaxNode([with, others, equal, value])
{
    /// <summary>What the rest is called.</summary>
    public Expression Value { get; } = value;
}

/// <summary><c>top-hitters n of expression by weight</c></summary>
internal sealed class TopHittersOperator(
    SyntaxToken keyword, Expression count, SyntaxToken of, Expression value, SyntaxToken? by, Expression? weight)
    : QueryOperator(keyword, [keyword, count, of, value, by, weight])
{
    /// <summary>How many.</summary>
    public Expression Count { get; } = count;

    /// <summary>Of what.</summary>
    public Expression Value { get; } = value;

    /// <summary>What is summed; null to count.</summary>
    public Expression? Weight { get; } = weight;
}

/// <summary><c>reduce by expression with threshold = x, characters = y</c></summary>
internal sealed class ReduceOperator(
    SyntaxToken keyword, IReadOnlyList<OptionSyntax> options, SyntaxToken by, Expression value, SyntaxToken? with, SeparatedList<PropertySyntax>? properties)
    : QueryOperator(keyword, [keyword, .. options, by, value, with, .. properties?.Elements ?? []])
{
    /// <summary><c>kind</c>.</summary>
    public IReadOnlyList<OptionSyntax> Options { get; } = options;

    /// <summary>The text that is reduced to patterns.</summary>
    public Expression Value { get; } = value;

    /// <summary>Threshold and characters; null if nothing is said.</summary>
    public SeparatedList<PropertySyntax>? Properties { get; } = properties;
}
