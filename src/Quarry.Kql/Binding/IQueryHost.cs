using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Kql.Syntax.Operators;
using Quarry.Tables;

namespace Quarry.Kql.Binding;

/// <summary>
/// What only the data tells, asked while a query is bound to be run. A query is bound without one first: what is wrong
/// with it is said before anything runs.
/// </summary>
internal interface IQueryHost
{
    /// <summary>The properties of the objects in a column, each with the type of its values: dynamic where they are of several.</summary>
    /// <exception cref="Lowering.LoweringRefusedException">The table cannot be computed.</exception>
    IReadOnlyList<(string Name, ColumnType Type)> PropertiesOf(BoundRelation input, BoundExpression bag);

    /// <summary>The different values of a column as texts, in order.</summary>
    /// <exception cref="Lowering.LoweringRefusedException">The table cannot be computed.</exception>
    IReadOnlyList<string> ValuesOf(BoundRelation input, BoundExpression column);

    /// <summary>The result of an analysis of Quarry's on a table.</summary>
    /// <exception cref="Lowering.LoweringRefusedException">The arguments are not those of the analysis, or it fails.</exception>
    BoundTable Run(EvaluateOperator plugin, BoundRelation input);

    /// <summary>The rows of <c>externaldata</c>.</summary>
    /// <exception cref="Lowering.LoweringRefusedException">The data is not there, or not to be read.</exception>
    BoundTable Read(ExternalDataExpression external, RowSchema schema);
}
