using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Tables;

namespace Quarry.Kql.Binding;

/// <summary>An expression whose names and types are known.</summary>
/// <param name="Syntax">Where it stands.</param>
/// <param name="Type">Its type; null where an error was reported.</param>
internal abstract record BoundExpression(Expression Syntax, ColumnType? Type);

/// <summary>A value that stands in the query.</summary>
/// <param name="Syntax">Where it is used.</param>
/// <param name="Type">Its type.</param>
internal sealed record BoundLiteral(Expression Syntax, ColumnType? Type) : BoundExpression(Syntax, Type)
{
    /// <summary>The literal, which stays where a name for it is used.</summary>
    public Expression Literal { get; } = Syntax;
}

/// <summary>A column of the operator's input.</summary>
internal sealed record BoundColumn(Expression Syntax, ColumnSymbol Column) : BoundExpression(Syntax, Column.Type);

/// <summary>An operator or a built-in function with its arguments.</summary>
/// <param name="Syntax">Where it stands.</param>
/// <param name="Name">The function's name, or the operator's as KQL writes it.</param>
/// <param name="Arguments">The arguments, or the operands from left to right.</param>
/// <param name="Type">The result's type; null where an error was reported.</param>
internal sealed record BoundCall(Expression Syntax, string Name, IReadOnlyList<BoundExpression> Arguments, ColumnType? Type)
    : BoundExpression(Syntax, Type);

/// <summary>A property or an element of a dynamic value.</summary>
internal sealed record BoundAccess(Expression Syntax, BoundExpression Target, string? Property, BoundExpression? Index)
    : BoundExpression(Syntax, ColumnType.Dynamic);

/// <summary>A query as a value: of <c>toscalar</c> the first of its first column, as the list of <c>in</c> all of them.</summary>
internal sealed record BoundQueryValue(Expression Syntax, BoundRelation Relation, ColumnType? Type, bool IsScalar = false)
    : BoundExpression(Syntax, Type);

/// <summary>A value that is computed once for the whole query, not for each row.</summary>
internal sealed record BoundOnce(Expression Syntax, BoundExpression Value) : BoundExpression(Syntax, Value.Type);

/// <summary>The names of a table's columns, an array.</summary>
internal sealed record BoundNames(Expression Syntax, IReadOnlyList<string> Names) : BoundExpression(Syntax, ColumnType.Dynamic);

/// <summary>An aggregate of the rows in which a column has a value, as texts compared.</summary>
internal sealed record BoundPivot(Expression Syntax, BoundExpression Column, string Value, BoundExpression Aggregate) : BoundExpression(Syntax, Aggregate.Type);

/// <summary>A table: a source, or an operator's result.</summary>
/// <param name="Schema">Its columns.</param>
internal abstract record BoundRelation(RowSchema Schema);

/// <summary>A table of the database.</summary>
internal sealed record BoundTable(string Name, RowSchema Schema) : BoundRelation(Schema);

/// <summary>A table that stands in the query.</summary>
internal sealed record BoundDatatable(DatatableExpression Syntax, IReadOnlyList<BoundExpression> Values, RowSchema Schema) : BoundRelation(Schema);

/// <summary>Tables put under each other, with the name of each in the first column: what <c>find</c> looks through.</summary>
internal sealed record BoundUnified(IReadOnlyList<BoundRelation> Tables, RowSchema Schema) : BoundRelation(Schema);

/// <summary>A table parameter inside a function, or what a subquery works on.</summary>
internal sealed record BoundInput(RowSchema Schema) : BoundRelation(Schema);

/// <summary>A table that is evaluated once however often it is used.</summary>
internal sealed record BoundMaterialized(BoundRelation Relation) : BoundRelation(Relation.Schema);

/// <summary>A table of the query's own that has a name where tables are told apart by their names.</summary>
internal sealed record BoundView(string Name, BoundRelation Relation) : BoundRelation(Relation.Schema);

/// <summary>An operator on a table.</summary>
/// <param name="Syntax">The operator.</param>
/// <param name="Input">What it works on; null at the beginning of a query.</param>
/// <param name="Assignments">The columns it computes, each with its expression.</param>
/// <param name="Others">The other tables it works on, or its subquery.</param>
/// <param name="Schema">Its result.</param>
internal sealed record BoundStep(
    Expression Syntax,
    BoundRelation? Input,
    IReadOnlyList<BoundAssignment> Assignments,
    IReadOnlyList<BoundRelation> Others,
    RowSchema Schema) : BoundRelation(Schema);

/// <summary>A column and what it is computed from; the column is null where the expression is a condition or a key.</summary>
internal sealed record BoundAssignment(ColumnSymbol? Column, BoundExpression Value);
