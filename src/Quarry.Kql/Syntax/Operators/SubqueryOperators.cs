namespace Quarry.Kql.Syntax.Operators;

/// <summary><c>(operators)</c> or <c>{ query }</c> that runs for each part of the rows</summary>
internal sealed class SubquerySyntax(SyntaxToken open, Expression query, SyntaxToken close) : SyntaxNode([open, query, close])
{
    /// <summary>The operators, or in braces a whole query.</summary>
    public Expression Query { get; } = query;
}

/// <summary><c>mv-apply columns limit n on (operators)</c></summary>
internal sealed class MvApplyOperator(
    SyntaxToken keyword, IReadOnlyList<OptionSyntax> options, SeparatedList<ExpandedColumn> columns, LimitSyntax? limit, IReadOnlyList<SyntaxElement> id,
    SyntaxToken on, SubquerySyntax subquery)
    : QueryOperator(keyword, [keyword, .. options, .. columns.Elements, limit, .. id, on, subquery])
{
    /// <summary><c>with_itemindex</c>.</summary>
    public IReadOnlyList<OptionSyntax> Options { get; } = options;

    /// <summary>What is expanded, side by side.</summary>
    public SeparatedList<ExpandedColumn> Columns { get; } = columns;

    /// <summary>At most so many rows for each; null for no limit.</summary>
    public LimitSyntax? Limit { get; } = limit;

    /// <summary>What is done with the expanded rows of each row.</summary>
    public SubquerySyntax Subquery { get; } = subquery;
}

/// <summary><c>partition by column (operators)</c></summary>
internal sealed class PartitionOperator(
    SyntaxToken keyword, IReadOnlyList<OptionSyntax> options, SyntaxToken by, Expression key, IReadOnlyList<SyntaxElement> id, SubquerySyntax subquery)
    : QueryOperator(keyword, [keyword, .. options, by, key, .. id, subquery])
{
    /// <summary>Hints.</summary>
    public IReadOnlyList<OptionSyntax> Options { get; } = options;

    /// <summary>The column whose values make the parts.</summary>
    public Expression Key { get; } = key;

    /// <summary>What is done with each part.</summary>
    public SubquerySyntax Subquery { get; } = subquery;
}

/// <summary><c>fork name=(operators) ...</c></summary>
internal sealed class ForkOperator(SyntaxToken keyword, IReadOnlyList<ForkBranch> branches) : QueryOperator(keyword, [keyword, .. branches])
{
    /// <summary>The branches.</summary>
    public IReadOnlyList<ForkBranch> Branches { get; } = branches;
}

/// <summary>A branch of <c>fork</c>.</summary>
internal sealed class ForkBranch(NameSyntax? name, SyntaxToken? equal, SubquerySyntax subquery) : SyntaxNode([name, equal, subquery])
{
    /// <summary>The name of its result; null if none is given.</summary>
    public NameSyntax? Name { get; } = name;

    /// <summary>What it does.</summary>
    public SubquerySyntax Subquery { get; } = subquery;
}

/// <summary><c>facet by columns with (operators)</c></summary>
internal sealed class FacetOperator(
    SyntaxToken keyword, SyntaxToken by, SeparatedList<Expression> columns, SyntaxToken? with, SubquerySyntax? subquery)
    : QueryOperator(keyword, [keyword, by, .. columns.Elements, with, subquery])
{
    /// <summary>The columns.</summary>
    public SeparatedList<Expression> Columns { get; } = columns;

    /// <summary>What the last result is; null if nothing is said.</summary>
    public SubquerySyntax? Subquery { get; } = subquery;
}

/// <summary><c>scan declare (columns) with (steps)</c></summary>
internal sealed class ScanOperator(
    SyntaxToken keyword, IReadOnlyList<OptionSyntax> options, IReadOnlyList<FunctionParameter> columns, IReadOnlyList<SyntaxElement> declaration,
    SyntaxToken with, SyntaxToken open, IReadOnlyList<ScanStep> steps, SyntaxToken close)
    : QueryOperator(keyword, [keyword, .. options, .. declaration, with, open, .. steps, close])
{
    /// <summary><c>with_match_id</c>.</summary>
    public IReadOnlyList<OptionSyntax> Options { get; } = options;

    /// <summary>The columns it adds, with their types and first values.</summary>
    public IReadOnlyList<FunctionParameter> Columns { get; } = columns;

    /// <summary>The steps.</summary>
    public IReadOnlyList<ScanStep> Steps { get; } = steps;
}

/// <summary><c>step name output=last: condition =&gt; column = value, ...;</c></summary>
internal sealed class ScanStep(
    SyntaxToken keyword, NameSyntax name, SyntaxToken? optional, OptionSyntax? output, SyntaxToken colon, Expression condition, SyntaxToken? arrow,
    SeparatedList<Expression>? assignments, SyntaxToken semicolon)
    : SyntaxNode([keyword, name, optional, output, colon, condition, arrow, .. assignments?.Elements ?? [], semicolon])
{
    /// <summary>The step's name.</summary>
    public NameSyntax Name { get; } = name;

    /// <summary>Whether the step may be left out.</summary>
    public bool IsOptional { get; } = optional is not null;

    /// <summary><c>output=all|last|none</c>; null for all.</summary>
    public OptionSyntax? Output { get; } = output;

    /// <summary>What holds of a row that matches.</summary>
    public Expression Condition { get; } = condition;

    /// <summary>What is assigned then; null if nothing is.</summary>
    public SeparatedList<Expression>? Assignments { get; } = assignments;
}
