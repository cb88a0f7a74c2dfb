namespace Quarry.Kql.Syntax.Operators;

/// <summary><c>print expressions</c></summary>
internal sealed class PrintOperator(SyntaxToken keyword, SeparatedList<Expression> expressions)
    : QueryOperator(keyword, [keyword, .. expressions.Elements])
{
    /// <summary>The values of the one row.</summary>
    public SeparatedList<Expression> Expressions { get; } = expressions;
}

/// <summary><c>range name from a to b step c</c></summary>
internal sealed class RangeOperator(
    SyntaxToken keyword, NameSyntax name, SyntaxToken fromWord, Expression from, SyntaxToken toWord, Expression to, SyntaxToken stepWord, Expression step)
    : QueryOperator(keyword, [keyword, name, fromWord, from, toWord, to, stepWord, step])
{
    /// <summary>The column's name.</summary>
    public NameSyntax Name { get; } = name;

    /// <summary>The first value.</summary>
    public Expression From { get; } = from;

    /// <summary>The last value, if the steps meet it.</summary>
    public Expression To { get; } = to;

    /// <summary>The distance of two values.</summary>
    public Expression Step { get; } = step;
}

/// <summary><c>evaluate plugin(arguments) : (columns)</c></summary>
internal sealed class EvaluateOperator(
    SyntaxToken keyword, IReadOnlyList<OptionSyntax> options, CallExpression call, SyntaxToken? colon, SchemaSyntax? schema)
    : QueryOperator(keyword, [keyword, .. options, call, colon, schema])
{
    /// <summary>The plugin and its arguments.</summary>
    public CallExpression Call { get; } = call;

    /// <summary>What the result looks like; null if nothing is said.</summary>
    public SchemaSyntax? Schema { get; } = schema;
}

/// <summary><c>invoke function(arguments)</c></summary>
internal sealed class InvokeOperator(SyntaxToken keyword, Expression call) : QueryOperator(keyword, [keyword, call])
{
    /// <summary>The call; the rows are its first argument.</summary>
    public Expression Call { get; } = call;
}

/// <summary><c>as name</c></summary>
internal sealed class AsOperator(SyntaxToken keyword, IReadOnlyList<OptionSyntax> options, NameSyntax name)
    : QueryOperator(keyword, [keyword, .. options, name])
{
    /// <summary>The name.</summary>
    public NameSyntax Name { get; } = name;
}

/// <summary><c>getschema</c></summary>
internal sealed class GetSchemaOperator(SyntaxToken keyword, IReadOnlyList<OptionSyntax> options)
    : QueryOperator(keyword, [keyword, .. options]);

/// <summary><c>consume</c></summary>
internal sealed class ConsumeOperator(SyntaxToken keyword, IReadOnlyList<OptionSyntax> options) : QueryOperator(keyword, [keyword, .. options]);

/// <summary><c>render chart with (properties)</c></summary>
internal sealed class RenderOperator(
    SyntaxToken keyword, SyntaxToken chart, IReadOnlyList<SyntaxElement> legacy, PropertiesSyntax? properties)
    : QueryOperator(keyword, [keyword, chart, .. legacy, properties])
{
    /// <summary>The kind of chart.</summary>
    public SyntaxToken Chart { get; } = chart;

    /// <summary>The properties of the chart, however they are written.</summary>
    public IReadOnlyList<PropertySyntax> Properties { get; } = [.. legacy.OfType<PropertySyntax>(), .. properties?.Items ?? (IEnumerable<PropertySyntax>)[]];
}

/// <summary>An operator that is KQL and that Quarry refuses; that was reported.</summary>
internal sealed class UnsupportedOperator(SyntaxToken keyword, IReadOnlyList<SyntaxToken> rest) : QueryOperator(keyword, [keyword, .. rest]);
