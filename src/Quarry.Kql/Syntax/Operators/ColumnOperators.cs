namespace Quarry.Kql.Syntax.Operators;

/// <summary><c>extend assignments</c></summary>
internal sealed class ExtendOperator(SyntaxToken keyword, SeparatedList<Expression> assignments)
    : QueryOperator(keyword, [keyword, .. assignments.Elements])
{
    /// <summary>The columns to add or replace.</summary>
    public SeparatedList<Expression> Assignments { get; } = assignments;
}

/// <summary><c>project assignments</c></summary>
internal sealed class ProjectOperator(SyntaxToken keyword, SeparatedList<Expression> assignments)
    : QueryOperator(keyword, [keyword, .. assignments.Elements])
{
    /// <summary>The columns of the result; may be none.</summary>
    public SeparatedList<Expression> Assignments { get; } = assignments;
}

/// <summary><c>project-away names</c></summary>
internal sealed class ProjectAwayOperator(SyntaxToken keyword, SeparatedList<Expression> columns)
    : QueryOperator(keyword, [keyword, .. columns.Elements])
{
    /// <summary>The columns to drop; wildcards are allowed.</summary>
    public SeparatedList<Expression> Columns { get; } = columns;
}

/// <summary><c>project-keep names</c></summary>
internal sealed class ProjectKeepOperator(SyntaxToken keyword, SeparatedList<Expression> columns)
    : QueryOperator(keyword, [keyword, .. columns.Elements])
{
    /// <summary>The columns to keep; wildcards are allowed.</summary>
    public SeparatedList<Expression> Columns { get; } = columns;
}

/// <summary><c>project-by-names names</c></summary>
internal sealed class ProjectByNamesOperator(SyntaxToken keyword, SeparatedList<Expression> columns)
    : QueryOperator(keyword, [keyword, .. columns.Elements])
{
    /// <summary>Names as columns, strings or dynamic arrays of strings.</summary>
    public SeparatedList<Expression> Columns { get; } = columns;
}

/// <summary><c>project-rename new = old, ...</c></summary>
internal sealed class ProjectRenameOperator(SyntaxToken keyword, SeparatedList<Expression> renamings)
    : QueryOperator(keyword, [keyword, .. renamings.Elements])
{
    /// <summary>The renamings.</summary>
    public SeparatedList<Expression> Renamings { get; } = renamings;
}

/// <summary><c>project-reorder names</c></summary>
internal sealed class ProjectReorderOperator(SyntaxToken keyword, SeparatedList<ReorderedColumns> columns)
    : QueryOperator(keyword, [keyword, .. columns.Elements])
{
    /// <summary>The columns that come first, in this order.</summary>
    public SeparatedList<ReorderedColumns> Columns { get; } = columns;
}

/// <summary>A column or wildcard with the order of its columns among each other: <c>a* asc</c>.</summary>
internal sealed class ReorderedColumns(Expression column, SyntaxToken? order) : Expression([column, order])
{
    /// <summary>The column or wildcard.</summary>
    public Expression Column { get; } = column;

    /// <summary><c>asc</c>, <c>desc</c>, <c>granny-asc</c>, <c>granny-desc</c>; null for the table's order.</summary>
    public SyntaxToken? Order { get; } = order;
}

/// <summary><c>parse expression with pattern</c>, <c>parse-where expression with pattern</c></summary>
internal sealed class ParseOperator(
    SyntaxToken keyword, IReadOnlyList<OptionSyntax> options, Expression value, SyntaxToken with, IReadOnlyList<Expression> pattern)
    : QueryOperator(keyword, [keyword, .. options, value, with, .. pattern])
{
    /// <summary><c>kind</c> and <c>flags</c>.</summary>
    public IReadOnlyList<OptionSyntax> Options { get; } = options;

    /// <summary>The text that is parsed.</summary>
    public Expression Value { get; } = value;

    /// <summary>Strings, columns (<see cref="TypedName"/>) and stars.</summary>
    public IReadOnlyList<Expression> Pattern { get; } = pattern;
}

/// <summary><c>parse-kv expression as (columns) with (properties)</c></summary>
internal sealed class ParseKvOperator(
    SyntaxToken keyword, Expression value, SyntaxToken asWord, SchemaSyntax schema, PropertiesSyntax? properties)
    : QueryOperator(keyword, [keyword, value, asWord, schema, properties])
{
    /// <summary>The text that is parsed.</summary>
    public Expression Value { get; } = value;

    /// <summary>The keys that become columns.</summary>
    public SchemaSyntax Schema { get; } = schema;

    /// <summary>Delimiters and quotes; null if nothing is said.</summary>
    public PropertiesSyntax? Properties { get; } = properties;
}

/// <summary><c>mv-expand columns limit n</c></summary>
internal sealed class MvExpandOperator(
    SyntaxToken keyword, IReadOnlyList<OptionSyntax> options, SeparatedList<ExpandedColumn> columns, LimitSyntax? limit)
    : QueryOperator(keyword, [keyword, .. options, .. columns.Elements, limit])
{
    /// <summary><c>bagexpansion</c>, <c>kind</c>, <c>with_itemindex</c>.</summary>
    public IReadOnlyList<OptionSyntax> Options { get; } = options;

    /// <summary>What is expanded, side by side.</summary>
    public SeparatedList<ExpandedColumn> Columns { get; } = columns;

    /// <summary>At most so many rows for each; null for no limit.</summary>
    public LimitSyntax? Limit { get; } = limit;
}

/// <summary><c>name = expression to typeof(type)</c> of <c>mv-expand</c> and <c>mv-apply</c>.</summary>
internal sealed class ExpandedColumn(Expression value, SyntaxToken? to, TypeofExpression? type) : Expression([value, to, type])
{
    /// <summary>The array or object, perhaps named.</summary>
    public Expression Value { get; } = value;

    /// <summary>The type of the elements; null for dynamic.</summary>
    public TypeofExpression? Type { get; } = type;
}

/// <summary><c>limit n</c> of <c>mv-expand</c> and <c>mv-apply</c>.</summary>
internal sealed class LimitSyntax(SyntaxToken keyword, Expression count) : SyntaxNode([keyword, count])
{
    /// <summary>How many rows.</summary>
    public Expression Count { get; } = count;
}

/// <summary><c>assert-schema (columns)</c></summary>
internal sealed class AssertSchemaOperator(SyntaxToken keyword, SchemaSyntax schema) : QueryOperator(keyword, [keyword, schema])
{
    /// <summary>What the schema has to be.</summary>
    public SchemaSyntax Schema { get; } = schema;
}
