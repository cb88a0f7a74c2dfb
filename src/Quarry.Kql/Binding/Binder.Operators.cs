using Quarry.Kql.Diagnostics;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Kql.Syntax.Operators;
using Quarry.Tables;

namespace Quarry.Kql.Binding;

/// <summary>Operators on one table: their expressions and the columns of their results.</summary>
internal sealed partial class Binder
{
    private HashSet<string> _keys = [];

    private BoundRelation BindOperator(BoundRelation? input, QueryOperator syntax)
    {
        BoundRelation result = BindOne(input, syntax);
        bool keepsOrder = syntax is WhereOperator or TakeOperator or ExtendOperator or ProjectOperator or ProjectAwayOperator or ProjectKeepOperator
            or ProjectRenameOperator or ProjectReorderOperator or MvExpandOperator or ParseOperator or ParseKvOperator or AsOperator;
        bool makesOrder = syntax is SortOperator or TopOperator or SerializeOperator or RangeOperator or GetSchemaOperator or ScanOperator
            or MakeSeriesOperator or TopHittersOperator or InvokeOperator or PartitionOperator;
        return result is BoundStep step && (makesOrder || (keepsOrder && input?.Schema.IsSerialized == true))
            ? step with { Schema = step.Schema with { IsSerialized = true } }
            : result is BoundStep { Schema.IsSerialized: true } unordered ? unordered with { Schema = unordered.Schema with { IsSerialized = false } }
            : result;
    }

    private BoundRelation BindOne(BoundRelation? input, QueryOperator syntax)
    {
        BoundRelation from = input ?? new BoundInput(RowSchema.Empty);
        switch (syntax)
        {
            case WhereOperator where:
                return Same(from, syntax, Condition(where.Condition));
            case TakeOperator take:
                return Same(from, syntax, Number(take.Count));
            case SampleOperator sample:
                return Same(from, syntax, Number(sample.Count));
            case SortOperator sort:
                return Same(from, syntax, [.. sort.Keys.Select(key => Ordered(key.Value))]);
            case TopOperator top:
                return Same(from, syntax, Number(top.Count), Ordered(top.Key.Value));
            case CountOperator count:
                return Step(from, syntax, [], [(count.Name?.Text ?? "Count", ColumnType.Long)]);
            case ExtendOperator extend:
                return Extended(from, syntax, extend.Assignments);
            case SerializeOperator serialize:
                return On(from.Schema with { IsSerialized = true }, () => Extended(from, syntax, serialize.Assignments));
            case ProjectOperator project:
                return Computing(from, syntax, project.Assignments);
            case PrintOperator print:
                return Computing(from, syntax, print.Expressions, "print_");
            case DistinctOperator distinct:
                return BindDistinct(from, distinct);
            case SampleDistinctOperator distinct:
                return Computing(from, syntax, [distinct.Value]);
            case ProjectAwayOperator or ProjectKeepOperator or ProjectRenameOperator or ProjectReorderOperator or ProjectByNamesOperator:
                return BindColumnChoice(from, syntax);
            case SummarizeOperator summarize:
                return BindSummarize(from, summarize);
            case MakeSeriesOperator series:
                return BindMakeSeries(from, series);
            case TopNestedOperator nested:
                return BindTopNested(from, nested);
            case TopHittersOperator hitters:
                return BindTopHitters(from, hitters);
            case MvExpandOperator expand:
                return BindMvExpand(from, expand);
            case MvApplyOperator apply:
                return BindMvApply(from, apply);
            case ParseOperator parse:
                return BindParse(from, parse);
            case ParseKvOperator parse:
                return AddColumns(from, syntax, [BindScalar(parse.Value)], parse.Schema.Columns.Select(column => (column.Name.Text, TypeOf(column.Type))));
            case RangeOperator range:
                return BindRange(range);
            case GetSchemaOperator:
                return Step(from, syntax, [], [("ColumnName", ColumnType.String), ("ColumnOrdinal", ColumnType.Long), ("DataType", ColumnType.String), ("ColumnType", ColumnType.String)]);
            case AsOperator named:
                _scope.Declare(named.Name.Text, from);
                return Same(from, syntax);
            case RenderOperator or AssertSchemaOperator:
                return Same(from, syntax);
            case ConsumeOperator:
                return Step(from, syntax, [], []);
            case ReduceOperator reduce:
                return Step(from, syntax, [BindScalar(reduce.Value)], [("Pattern", ColumnType.String), ("Count", ColumnType.Long), ("Representative", ColumnType.String)]);
            case ScanOperator scan:
                return BindScan(from, scan);
            default:
                return BindCombining(from, input, syntax);
        }
    }

    private static BoundStep Same(BoundRelation from, QueryOperator syntax, params IReadOnlyList<BoundExpression> values) =>
        new(syntax, from, [.. values.Select(value => new BoundAssignment(null, value))], [], from.Schema);

    private static BoundStep Step(
        BoundRelation from, QueryOperator syntax, IReadOnlyList<BoundExpression> values, IEnumerable<(string Name, ColumnType? Type)> columns) =>
        Same(from, syntax, values) with { Schema = RowSchema.Of(columns) };

    private BoundExpression Condition(Expression syntax)
    {
        BoundExpression condition = BindScalar(syntax);
        return condition.Type is null or ColumnType.Bool
            ? condition
            : Failed(syntax, $"Expected a condition, found a {ScalarTypes.NameOf(condition.Type)}.");
    }

    private BoundExpression Number(Expression syntax)
    {
        BoundExpression number = On(RowSchema.Empty, () => BindScalar(syntax));
        return number.Type is null || ScalarTypes.IsNumber(number.Type.Value)
            ? number
            : Failed(syntax, $"Expected a number, found a {ScalarTypes.NameOf(number.Type)}.");
    }

    private BoundExpression Ordered(Expression syntax)
    {
        BoundExpression key = BindScalar(syntax);
        return key.Type == ColumnType.Dynamic
            ? Failed(syntax, "A dynamic value has no order; convert it with tostring(...), tolong(...) or the like.")
            : key;
    }

    private BoundStep Extended(BoundRelation from, QueryOperator syntax, IEnumerable<Expression> expressions)
    {
        List<ColumnSymbol> columns = [.. from.Schema.Columns];
        List<BoundAssignment> assignments = Declare(columns, BindComputed(expressions), replaces: true);
        return new BoundStep(syntax, from, assignments, [], new RowSchema(columns, from.Schema.IsOpen));
    }

    private BoundStep Computing(BoundRelation from, QueryOperator syntax, IEnumerable<Expression> expressions, string unnamed = "Column")
    {
        var columns = new List<ColumnSymbol>();
        List<BoundAssignment> assignments = Declare(columns, BindComputed(expressions), replaces: false, unnamed);
        return new BoundStep(syntax, from, assignments, [], new RowSchema(columns));
    }

    private BoundStep BindDistinct(BoundRelation from, DistinctOperator distinct) =>
        distinct.Expressions.Any(expression => expression is StarExpression)
            ? Same(from, distinct)
            : Computing(from, distinct, distinct.Expressions);

    private BoundStep BindSummarize(BoundRelation from, SummarizeOperator summarize)
    {
        (List<ColumnSymbol> columns, List<BoundAssignment> keys) = BindKeys(summarize.By);
        List<BoundAssignment> aggregates = Declare(columns, BindAggregates(summarize.Aggregates, summarize.By), replaces: false);
        return new BoundStep(summarize, from, [.. keys, .. aggregates], [], new RowSchema(columns));
    }

    private (List<ColumnSymbol> Columns, List<BoundAssignment> Assignments) BindKeys(ByClause? by)
    {
        var columns = new List<ColumnSymbol>();
        List<Computed> keys = by is null ? [] : BindComputed(by.Keys);
        foreach (Computed key in keys.Where(key => key.Type == ColumnType.Dynamic))
        {
            Error(key.Place, "A dynamic value cannot make groups; convert it with tostring(...), tolong(...) or the like.");
        }

        return (columns, Declare(columns, keys, replaces: false));
    }

    private List<Computed> BindAggregates(IEnumerable<Expression> aggregates, ByClause? by)
    {
        _keys = by is null ? [] : [.. by.Keys.OfType<NameExpression>().Select(key => key.Name.Text)];
        _inAggregate = true;
        List<Computed> computed = BindComputed(aggregates);
        _inAggregate = false;
        return computed;
    }

    private BoundStep BindMakeSeries(BoundRelation from, MakeSeriesOperator series)
    {
        (List<ColumnSymbol> columns, List<BoundAssignment> keys) = BindKeys(series.By);
        IEnumerable<Expression> bounds = new[] { series.Range.From, series.Range.To, series.Range.Step }.OfType<Expression>();
        List<BoundExpression> values = [.. bounds.Concat(series.Aggregates.Select(one => one.Default).OfType<Expression>()).Select(BindScalar)];
        List<Computed> aggregates = BindAggregates(series.Aggregates.Select(one => one.Aggregate), series.By);
        List<BoundAssignment> computed = Declare(columns, [.. aggregates.Select(one => one with { Type = ColumnType.Dynamic })], replaces: false);
        List<BoundAssignment> axis = Declare(columns, [.. BindComputed([series.Axis]).Select(one => one with { Type = ColumnType.Dynamic })], replaces: false);
        BoundAssignment[] limits = [.. values.Select(value => new BoundAssignment(null, value))];
        return new BoundStep(series, from, [.. keys, .. computed, .. axis, .. limits], [], new RowSchema(columns));
    }

    private BoundStep BindTopNested(BoundRelation from, TopNestedOperator nested)
    {
        var columns = new List<ColumnSymbol>();
        var assignments = new List<BoundAssignment>();
        foreach (TopNestedLevel level in nested.Levels)
        {
            assignments.AddRange(Declare(columns, BindComputed([level.Value]), replaces: false));
            _inAggregate = true;
            Computed aggregate = BindComputed([level.Aggregate.Value])[0];
            _inAggregate = false;
            string name = aggregate.IsWritten ? aggregate.Name : $"aggregated_{columns[^1].Name}";
            assignments.AddRange(Declare(columns, [aggregate with { Name = name, IsWritten = true }], replaces: false));
        }

        return new BoundStep(nested, from, assignments, [], new RowSchema(columns));
    }

    private BoundStep BindTopHitters(BoundRelation from, TopHittersOperator hitters)
    {
        var columns = new List<ColumnSymbol>();
        List<BoundAssignment> assignments = Declare(columns, BindComputed([hitters.Value]), replaces: false);
        BoundExpression? weight = hitters.Weight is null ? null : BindScalar(hitters.Weight);
        string name = hitters.Weight is null ? $"approximate_count_{columns[0].Name}" : $"approximate_sum_{ColumnNames.Of(hitters.Weight, false)}";
        columns.Add(new ColumnSymbol(name, weight?.Type ?? ColumnType.Long));
        return new BoundStep(hitters, from, weight is null ? assignments : [.. assignments, new BoundAssignment(columns[^1], weight)], [], new RowSchema(columns));
    }

    private BoundStep BindMvExpand(BoundRelation from, MvExpandOperator expand)
    {
        (List<ColumnSymbol> columns, List<BoundAssignment> assignments) = BindExpanded(expand.Columns);
        AddIndex(columns, expand.Options);
        return new BoundStep(expand, from, assignments, [], new RowSchema(columns, from.Schema.IsOpen));
    }

    private (List<ColumnSymbol> Columns, List<BoundAssignment> Assignments) BindExpanded(IEnumerable<ExpandedColumn> expanded)
    {
        List<ColumnSymbol> columns = [.. _row.Columns];
        var computed = new List<Computed>();
        foreach (ExpandedColumn column in expanded)
        {
            foreach (Computed one in BindComputed(column.Value))
            {
                if (one.Value.Type is not (null or ColumnType.Dynamic))
                {
                    Error(column.Value, $"Expected a dynamic array or object, found a {ScalarTypes.NameOf(one.Value.Type)}.");
                }

                ColumnType? type = column.Type?.Types is [NameExpression name] ? ScalarTypes.Named(name.Name.Text) : ColumnType.Dynamic;
                computed.Add(one with { Type = type });
            }
        }

        return (columns, Declare(columns, computed, replaces: true));
    }

    private void AddIndex(List<ColumnSymbol> columns, IEnumerable<OptionSyntax> options)
    {
        if (options.FirstOrDefault(option => option.Name == "with_itemindex") is { } index)
        {
            if (columns.Exists(column => column.Name == index.ValueText))
            {
                Error(index, $"There is a column '{index.ValueText}' already.", DiagnosticKind.Name);
            }

            columns.Add(new ColumnSymbol(index.ValueText, ColumnType.Long));
        }
    }

    private BoundStep BindMvApply(BoundRelation from, MvApplyOperator apply)
    {
        (List<ColumnSymbol> columns, List<BoundAssignment> assignments) = BindExpanded(apply.Columns);
        AddIndex(columns, apply.Options);
        BoundRelation result = BindSubquery(apply.Subquery, new RowSchema(columns, from.Schema.IsOpen));

        // What was expanded shows only as far as the subquery lets it through.
        HashSet<string> expanded = [.. assignments.Select(one => one.Column!.Name)];
        List<ColumnSymbol> kept = [.. from.Schema.Columns.Where(column => !expanded.Contains(column.Name))];
        HashSet<string> names = [.. kept.Select(column => column.Name)];
        IEnumerable<ColumnSymbol> made = result.Schema.Columns.Where(column => !from.Schema.Columns.Contains(column));
        foreach (ColumnSymbol column in made)
        {
            string name = Free(column.Name, names);
            names.Add(name);
            kept.Add(name == column.Name ? column : new ColumnSymbol(name, column.Type));
        }

        return new BoundStep(apply, from, assignments, [result], new RowSchema(kept, result.Schema.IsOpen || from.Schema.IsOpen));
    }

    private BoundStep BindParse(BoundRelation from, ParseOperator parse)
    {
        BoundExpression value = BindScalar(parse.Value);
        if (value.Type is { } type && !IsText(type))
        {
            value = Failed(parse.Value, $"Expected a string to parse, found a {ScalarTypes.NameOf(type)}.");
        }

        return AddColumns(from, parse, [value], parse.Pattern.OfType<TypedName>().Select(column => (column.Name.Text, TypeOf(column.Type))));
    }

    private static BoundStep AddColumns(
        BoundRelation from, QueryOperator syntax, IReadOnlyList<BoundExpression> values, IEnumerable<(string Name, ColumnType? Type)> added)
    {
        List<ColumnSymbol> columns = [.. from.Schema.Columns];
        foreach ((string name, ColumnType? type) in added)
        {
            var column = new ColumnSymbol(name, type);
            int at = columns.FindIndex(known => known.Name == name);
            if (at >= 0)
            {
                columns[at] = column;
            }
            else
            {
                columns.Add(column);
            }
        }

        return Same(from, syntax, values) with { Schema = new RowSchema(columns, from.Schema.IsOpen) };
    }

    private BoundStep BindRange(RangeOperator range)
    {
        List<BoundExpression> bounds = [BindScalar(range.From), BindScalar(range.To), BindScalar(range.Step)];
        ColumnType? type = bounds[0].Type is not { } first || bounds[2].Type is not { } step ? null
            : ScalarTypes.IsNumber(first) && ScalarTypes.IsNumber(step) ? ScalarTypes.Common(bounds.Select(bound => bound.Type ?? first), false)
            : first;
        return Step(new BoundInput(RowSchema.Empty), range, bounds, [(range.Name.Text, type)]);
    }

    private BoundStep BindScan(BoundRelation from, ScanOperator scan)
    {
        List<(string Name, ColumnType? Type)> added = [.. scan.Columns.Select(column => (column.Name.Text, TypeOf(column.Type)))];
        BoundStep result = AddColumns(from, scan, [], added);
        if (scan.Options.FirstOrDefault(option => option.Name == "with_match_id") is { } match)
        {
            result = AddColumns(result, scan, [], [(match.ValueText, ColumnType.Long)]) with { Input = from };
        }

        // What a step remembers is another thing than the row at hand: columns of its own.
        RowSchema[] states = [.. scan.Steps.Select(_ => new RowSchema([.. result.Schema.Columns.Select(column => new ColumnSymbol(column.Name, column.Type))]))];
        Scope outer = _scope;
        _scope = new Scope(outer);
        var values = new List<BoundAssignment>();
        for (int i = 0; i < states.Length; i++)
        {
            _scope.Declare(scan.Steps[i].Name.Text, new StepState(states[i]));
        }

        HashSet<string> declared = [.. added.Select(column => column.Name)];
        On(result.Schema, () =>
        {
            foreach (ScanStep step in scan.Steps)
            {
                values.Add(new BoundAssignment(null, Condition(step.Condition)));
                values.AddRange((step.Assignments ?? Enumerable.Empty<Expression>()).Select(assignment => BindScanned(assignment, declared)));
            }

            return 0;
        });
        _scope = outer;
        return result with { Assignments = values, Others = [.. states.Select(state => new BoundInput(state))] };
    }

    // A step gives values to the columns that scan declares.
    private BoundAssignment BindScanned(Expression assignment, HashSet<string> declared)
    {
        BoundExpression value = BindScalar(assignment);
        ColumnSymbol? column = assignment is NamedExpression named && declared.Contains(named.Name.Text) ? _row.Find(named.Name.Text) : null;
        if (column is null)
        {
            Error(assignment, "Expected: a column of 'declare' = its value.", DiagnosticKind.Name);
        }
        else if (value.Type is { } given && column.Type is { } wanted && !ScalarTypes.IsPromotable(given, wanted)
            && !(ScalarTypes.IsNumber(given) && ScalarTypes.IsNumber(wanted)) && given != ColumnType.Dynamic)
        {
            value = Failed(assignment, $"The column '{column.Name}' is a {ScalarTypes.NameOf(wanted)}; this is a {ScalarTypes.NameOf(given)}.");
        }

        return new BoundAssignment(column, value);
    }
}
