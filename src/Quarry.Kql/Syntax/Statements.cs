namespace Quarry.Kql.Syntax;

/// <summary>A statement, the semicolon behind it not included.</summary>
internal abstract class Statement(IEnumerable<SyntaxElement?> children) : SyntaxNode(children);

/// <summary>The whole text: statements with semicolons between them, and the end.</summary>
internal sealed class QueryText(SeparatedList<Statement> statements, SyntaxToken end) : SyntaxNode([.. statements.Elements, end])
{
    /// <summary>The statements.</summary>
    public SeparatedList<Statement> Statements { get; } = statements;
}

/// <summary>A query, or a scalar expression as the value of a function.</summary>
internal sealed class ExpressionStatement(Expression expression) : Statement([expression])
{
    /// <summary>The query or expression.</summary>
    public Expression Expression { get; } = expression;
}

/// <summary><c>let name = value</c></summary>
internal sealed class LetStatement(SyntaxToken keyword, NameSyntax name, SyntaxToken equal, Expression value)
    : Statement([keyword, name, equal, value])
{
    /// <summary>The name.</summary>
    public NameSyntax Name { get; } = name;

    /// <summary>A scalar, a query, a <see cref="MaterializeExpression"/> or a <see cref="FunctionExpression"/>.</summary>
    public Expression Value { get; } = value;
}

/// <summary><c>set option</c> or <c>set option = value</c></summary>
internal sealed class SetStatement(SyntaxToken keyword, NameSyntax name, SyntaxToken? equal, Expression? value)
    : Statement([keyword, name, equal, value])
{
    /// <summary>The option's name.</summary>
    public NameSyntax Name { get; } = name;

    /// <summary>Its value; null if none is given.</summary>
    public Expression? Value { get; } = value;
}

/// <summary><c>declare query_parameters(name:type = default, ...)</c></summary>
internal sealed class QueryParametersStatement(
    SyntaxToken declare, SyntaxToken keyword, SyntaxToken open, SeparatedList<FunctionParameter> parameters, SyntaxToken close)
    : Statement([declare, keyword, open, .. parameters.Elements, close])
{
    /// <summary>The parameters.</summary>
    public SeparatedList<FunctionParameter> Parameters { get; } = parameters;
}

/// <summary>A statement that is KQL and that Quarry refuses: <c>alias</c>, <c>restrict</c>, <c>declare pattern</c>, commands.</summary>
internal sealed class UnsupportedStatement(IReadOnlyList<SyntaxToken> tokens) : Statement(tokens);

/// <summary><c>view (parameters) { statements; query }</c></summary>
internal sealed class FunctionExpression(
    SyntaxToken? view, SyntaxToken open, SeparatedList<FunctionParameter> parameters, SyntaxToken close, FunctionBody body)
    : Expression([view, open, .. parameters.Elements, close, body])
{
    /// <summary>Whether it is a view, which <c>union *</c> sees.</summary>
    public bool IsView { get; } = view is not null;

    /// <summary>The parameters.</summary>
    public SeparatedList<FunctionParameter> Parameters { get; } = parameters;

    /// <summary>What it does.</summary>
    public FunctionBody Body { get; } = body;
}

/// <summary><c>name:type = default</c>, or <c>name:(columns)</c> for a table.</summary>
internal sealed class FunctionParameter(
    NameSyntax name, SyntaxToken colon, SyntaxToken? type, SchemaSyntax? schema, SyntaxToken? equal, Expression? value)
    : SyntaxNode([name, colon, type, schema, equal, value])
{
    /// <summary>The name.</summary>
    public NameSyntax Name { get; } = name;

    /// <summary>The type of a scalar; null for a table.</summary>
    public SyntaxToken? Type { get; } = type;

    /// <summary>The columns of a table; null for a scalar.</summary>
    public SchemaSyntax? Schema { get; } = schema;

    /// <summary>The default value; null if there is none.</summary>
    public Expression? Default { get; } = value;
}

/// <summary><c>{ let ...; let ...; expression }</c></summary>
internal sealed class FunctionBody(SyntaxToken open, SeparatedList<Statement> statements, SyntaxToken close)
    : SyntaxNode([open, .. statements.Elements, close])
{
    /// <summary>The statements; the value is that of the last, if it is an <see cref="ExpressionStatement"/>.</summary>
    public SeparatedList<Statement> Statements { get; } = statements;
}
