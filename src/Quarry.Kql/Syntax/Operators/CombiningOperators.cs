namespace Quarry.Kql.Syntax.Operators;

/// <summary><c>join kind=inner (query) on conditions</c></summary>
internal sealed class JoinOperator(
    SyntaxToken keyword, IReadOnlyList<OptionSyntax> options, Expression right, SyntaxToken? on, SeparatedList<Expression>? conditions)
    : QueryOperator(keyword, [keyword, .. options, right, on, .. conditions?.Elements ?? []])
{
    /// <summary><c>kind</c> and hints.</summary>
    public IReadOnlyList<OptionSyntax> Options { get; } = options;

    /// <summary>The right side.</summary>
    public Expression Right { get; } = right;

    /// <summary>What has to be equal; null if nothing is said.</summary>
    public SeparatedList<Expression>? Conditions { get; } = conditions;
}

/// <summary><c>lookup kind=leftouter (query) on conditions</c></summary>
internal sealed class LookupOperator(
    SyntaxToken keyword, IReadOnlyList<OptionSyntax> options, Expression right, SyntaxToken on, SeparatedList<Expression> conditions)
    : QueryOperator(keyword, [keyword, .. options, right, on, .. conditions.Elements])
{
    /// <summary><c>kind</c> and hints.</summary>
    public IReadOnlyList<OptionSyntax> Options { get; } = options;

    /// <summary>The right side.</summary>
    public Expression Right { get; } = right;

    /// <summary>What has to be equal.</summary>
    public SeparatedList<Expression> Conditions { get; } = conditions;
}

/// <summary><c>union tables</c>, at the beginning or behind a bar</summary>
internal sealed class UnionOperator(SyntaxToken keyword, IReadOnlyList<OptionSyntax> options, SeparatedList<Expression> tables)
    : QueryOperator(keyword, [keyword, .. options, .. tables.Elements])
{
    /// <summary><c>kind</c>, <c>withsource</c>, <c>isfuzzy</c> and hints.</summary>
    public IReadOnlyList<OptionSyntax> Options { get; } = options;

    /// <summary>The tables; names may hold wildcards.</summary>
    public SeparatedList<Expression> Tables { get; } = tables;
}

/// <summary><c>in (tables)</c> of <c>search</c> and <c>find</c></summary>
internal sealed class InTablesClause(SyntaxToken keyword, SyntaxToken open, SeparatedList<Expression> tables, SyntaxToken close)
    : SyntaxNode([keyword, open, .. tables.Elements, close])
{
    /// <summary>The tables; names may hold wildcards.</summary>
    public SeparatedList<Expression> Tables { get; } = tables;
}

/// <summary><c>search kind=case_sensitive in (tables) predicate</c>, at the beginning or behind a bar</summary>
internal sealed class SearchOperator(SyntaxToken keyword, IReadOnlyList<OptionSyntax> options, InTablesClause? tables, Expression predicate)
    : QueryOperator(keyword, [keyword, .. options, tables, predicate])
{
    /// <summary><c>kind</c>.</summary>
    public IReadOnlyList<OptionSyntax> Options { get; } = options;

    /// <summary>Where to search; null for all tables, or for what comes through the bar.</summary>
    public InTablesClause? Tables { get; } = tables;

    /// <summary>What to search: a condition in which a string alone is a term.</summary>
    public Expression Predicate { get; } = predicate;
}

/// <summary><c>find withsource=name in (tables) where predicate project columns</c></summary>
internal sealed class FindOperator(
    SyntaxToken keyword, IReadOnlyList<OptionSyntax> options, InTablesClause? tables, SyntaxToken? where, Expression predicate,
    SyntaxToken? project, SeparatedList<Expression>? columns)
    : QueryOperator(keyword, [keyword, .. options, tables, where, predicate, project, .. columns?.Elements ?? []])
{
    /// <summary><c>withsource</c>, <c>datascope</c>, <c>kind</c>.</summary>
    public IReadOnlyList<OptionSyntax> Options { get; } = options;

    /// <summary>Where to search; null for all tables.</summary>
    public InTablesClause? Tables { get; } = tables;

    /// <summary>What to find.</summary>
    public Expression Predicate { get; } = predicate;

    /// <summary><c>project</c> or <c>project-smart</c>; null if nothing is said.</summary>
    public SyntaxToken? Project { get; } = project;

    /// <summary>The columns of the result: names, typed names, <c>pack(*)</c>, a star.</summary>
    public SeparatedList<Expression>? Columns { get; } = columns;
}
