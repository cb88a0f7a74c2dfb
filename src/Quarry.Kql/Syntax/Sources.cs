namespace Quarry.Kql.Syntax;

/// <summary><c>datatable(name:type, ...)[value, ...]</c></summary>
internal sealed class DatatableExpression(
    SyntaxToken keyword, SchemaSyntax schema, SyntaxToken open, SeparatedList<Expression> values, SyntaxToken close)
    : Expression([keyword, schema, open, .. values.Elements, close])
{
    /// <summary>The columns.</summary>
    public SchemaSyntax Schema { get; } = schema;

    /// <summary>The values, row after row.</summary>
    public SeparatedList<Expression> Values { get; } = values;
}

/// <summary><c>externaldata(name:type, ...)["address", ...] with (name=value, ...)</c></summary>
internal sealed class ExternalDataExpression(
    SyntaxToken keyword, SchemaSyntax schema, SyntaxToken open, SeparatedList<Expression> addresses, SyntaxToken close, PropertiesSyntax? properties)
    : Expression([keyword, schema, open, .. addresses.Elements, close, properties])
{
    /// <summary>The columns.</summary>
    public SchemaSyntax Schema { get; } = schema;

    /// <summary>Where the data is.</summary>
    public SeparatedList<Expression> Addresses { get; } = addresses;

    /// <summary>How to read it; null if nothing is said.</summary>
    public PropertiesSyntax? Properties { get; } = properties;
}

/// <summary><c>with (name=value, ...)</c></summary>
internal sealed class PropertiesSyntax(SyntaxToken with, SyntaxToken open, SeparatedList<PropertySyntax> items, SyntaxToken close)
    : SyntaxNode([with, open, .. items.Elements, close])
{
    /// <summary>The properties.</summary>
    public SeparatedList<PropertySyntax> Items { get; } = items;
}

/// <summary><c>name=value</c> or <c>name=value, value</c> in a <c>with (...)</c>.</summary>
internal sealed class PropertySyntax(NameSyntax name, SyntaxToken equal, SeparatedList<Expression> values)
    : SyntaxNode([name, equal, .. values.Elements])
{
    /// <summary>The property's name.</summary>
    public string Name { get; } = name.Text;

    /// <summary>The property's values: literals and names.</summary>
    public SeparatedList<Expression> Values { get; } = values;
}

/// <summary><c>toscalar(query)</c>: the first value of the first row.</summary>
internal sealed class ToScalarExpression(SyntaxToken keyword, SyntaxToken open, Expression query, SyntaxToken close)
    : Expression([keyword, open, query, close])
{
    /// <summary>The query.</summary>
    public Expression Query { get; } = query;
}

/// <summary><c>totable(query)</c></summary>
internal sealed class ToTableExpression(SyntaxToken keyword, SyntaxToken open, Expression query, SyntaxToken close)
    : Expression([keyword, open, query, close])
{
    /// <summary>The query.</summary>
    public Expression Query { get; } = query;
}

/// <summary><c>materialize(query)</c>: evaluated once, however often it is used.</summary>
internal sealed class MaterializeExpression(SyntaxToken keyword, SyntaxToken open, Expression query, SyntaxToken close)
    : Expression([keyword, open, query, close])
{
    /// <summary>The query.</summary>
    public Expression Query { get; } = query;
}

/// <summary><c>typeof(type)</c>, as <c>to typeof(...)</c> and as an argument.</summary>
internal sealed class TypeofExpression(SyntaxToken keyword, SyntaxToken open, SeparatedList<Expression> types, SyntaxToken close)
    : Expression([keyword, open, .. types.Elements, close])
{
    /// <summary>The types: names, or columns with a type.</summary>
    public SeparatedList<Expression> Types { get; } = types;
}
