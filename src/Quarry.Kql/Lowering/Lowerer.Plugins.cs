using Quarry.Kql.Binding;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax.Operators;
using Quarry.Tables;

namespace Quarry.Kql.Lowering;

/// <summary><c>evaluate</c>.</summary>
internal sealed partial class Lowerer
{
    // The condition that all aggregates have beside their own.
    private string? _pivoted;

    private Relation Evaluate(BoundStep step, EvaluateOperator evaluate) => evaluate.Call.Name.Text switch
    {
        "bag_unpack" => Declared(step, Extend(step)),
        "pivot" => Declared(step, Pivot(step)),
        "narrow" => Narrow(step),
        string plugin => throw Refused(evaluate.Call, $"The plugin '{plugin}' is not supported here by the embedded engine."),
    };

    // A declared column that the data has not is empty.
    private Relation Declared(BoundStep step, Relation relation)
    {
        ColumnSymbol[] missing = [.. step.Schema.Columns.Where(column => !relation.Columns.ContainsKey(column))];
        return Add(relation, [.. missing.Select(column => (column, NewColumn(), Same(column)))]);

        // What the data has under the name is of another type.
        string Same(ColumnSymbol column) => relation.Columns.FirstOrDefault(known => known.Key.Name == column.Name) is { Key: { } found, Value: { } name }
            ? Converted(new SqlValue(name), TypeOf(found), TypeOf(column), step.Syntax).Text
            : SqlText.Null(TypeOf(column)).Text;
    }

    private Relation Pivot(BoundStep step)
    {
        BoundAssignment[] keys = [.. step.Assignments.Where(one => one.Value is not BoundPivot)];
        return Summarize(keys, [.. step.Assignments.Where(one => one.Value is BoundPivot)]);
    }

    private SqlValue Pivoted(BoundPivot pivot)
    {
        _isGrouping = false;
        string text = TextOf(pivot.Column).Text;
        _pivoted = $"{text} = {SqlText.Literal(pivot.Value)}";
        _isGrouping = true;
        SqlValue value = pivot.Aggregate is BoundCall { Name: "count", Arguments.Count: 0 } ? new SqlValue($"count(*) FILTER (WHERE {_pivoted})", false) : Scalar(pivot.Aggregate);
        _pivoted = null;
        return value;
    }

    // A row for each cell.
    private Relation Narrow(BoundStep step)
    {
        Relation rows = Numbered(_from);
        IReadOnlyList<ColumnSymbol> columns = step.Input!.Schema.Columns;
        string[] names = [.. step.Schema.Columns.Select(_ => NewColumn())];
        string index = NewColumn();
        IEnumerable<string> cells = columns.Select(column =>
            $"struct_pack(n := {SqlText.Literal(column.Name)}, v := {Converted(new SqlValue(rows.Columns[column]), TypeOf(column), ColumnType.String, step.Syntax)})");
        Relation expanded = Emit($"SELECT {rows.Order[0].Column} - 1 AS {names[0]}, unnest([{string.Join(", ", cells)}]) AS cell, unnest(range(0, {columns.Count})) AS {index} FROM {rows.Name}", rows.Columns);
        Relation narrow = Emit(
            $"SELECT {names[0]}, cell.n AS {names[1]}, cell.v AS {names[2]}, {index} FROM {expanded.Name}",
            step.Schema.Columns.Zip(names).ToDictionary(pair => pair.First, pair => pair.Second));
        return narrow with { Order = [new OrderKey(names[0]), new OrderKey(index)] };
    }
}
