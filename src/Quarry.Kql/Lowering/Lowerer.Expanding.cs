using Quarry.Kql.Binding;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Kql.Syntax.Operators;
using Quarry.Tables;

namespace Quarry.Kql.Lowering;

/// <summary>Rows that become several, and subqueries that run on parts of a table.</summary>
internal sealed partial class Lowerer
{
    private Relation MvExpand(BoundStep step, MvExpandOperator expand)
    {
        Relation input = _from;
        (Relation expanded, string index) = Expanded(step, expand.Columns, expand.Options, expand.Limit, expand.Keyword.Is("mvexpand") ? 128 : null);
        var columns = new Dictionary<ColumnSymbol, string>(expanded.Columns);
        if (expand.Options.Any(option => option.Name == "with_itemindex"))
        {
            columns[step.Schema.Columns[^1]] = index;
        }

        // In the order of the rows, and in each of its elements.
        return expanded with { Columns = columns, Order = input.Order.Count == 0 ? [] : [.. input.Order, new OrderKey(index)] };
    }

    // A row for each element of the columns' values, side by side; with the number of each.
    private (Relation Rows, string Index) Expanded(
        BoundStep step, IEnumerable<ExpandedColumn> syntax, IReadOnlyList<OptionSyntax> options, LimitSyntax? limit, long? most)
    {
        bool asArrays = options.Any(option => option.Name is "bagexpansion" or "kind" && option.ValueText == "array");
        ExpandedColumn[] expanded = [.. syntax];
        var lists = new List<(ColumnSymbol?, string Column, string Sql)>();
        foreach (BoundAssignment assignment in step.Assignments)
        {
            string list = Managed(asArrays ? "$elements_as_arrays" : "$elements", assignment.Value.Syntax, (Scalar(assignment.Value), ColumnType.Dynamic)).Text;
            lists.Add((null, NewColumn(), list));
        }

        Relation from = Add(_from, lists);
        string count = lists.Count == 1 ? $"len({lists[0].Column})" : $"greatest({string.Join(", ", lists.Select(list => $"len({list.Column})"))})";
        string? limited = limit is not null ? LongOf(new BoundLiteral(limit.Count, ColumnType.Long)).Text : most?.ToString(System.Globalization.CultureInfo.InvariantCulture);
        count = limited is null ? count : $"least({count}, {limited})";
        string index = NewColumn();
        Relation numbered = Emit($"SELECT *, unnest(range(0, {count})) AS {index} FROM {from.Name}", from.Columns);
        var columns = new Dictionary<ColumnSymbol, string>(from.Columns);
        var values = new List<string>();
        for (int i = 0; i < lists.Count; i++)
        {
            ColumnSymbol column = step.Assignments[i].Column!;
            ColumnType type = TypeOf(column);
            string element = $"{lists[i].Column}[{index} + 1]";
            string name = NewColumn();
            string value = type == ColumnType.Dynamic ? element
                : Managed($"$cast_{ScalarTypes.NameOf(type)}", expanded[Math.Min(i, expanded.Length - 1)], (new SqlValue(element), ColumnType.Dynamic)).Text;
            values.Add($"{value} AS {name}");
            columns[column] = name;
        }

        return (Emit($"SELECT *, {string.Join(", ", values)} FROM {numbered.Name}", columns) with { Partition = from.Partition }, index);
    }

    // The subquery runs on the elements of one row: every row is a part.
    private Relation MvApply(BoundStep step, MvApplyOperator apply)
    {
        IReadOnlyList<string> outer = _from.Partition;
        string row = NewColumn();
        _from = Add(_from, [(null, row, $"row_number() OVER ({(_from.Order.Count > 0 && _from.Partition.Count == 0 ? _from.OrderBy : "")})")]);
        _from = Materialize(_from);
        Relation rows = _from;
        (Relation expanded, string index) = Expanded(step, apply.Columns, apply.Options, apply.Limit, null);
        var given = new Dictionary<ColumnSymbol, string>(expanded.Columns);
        if (apply.Options.FirstOrDefault(option => option.Name == "with_itemindex") is { } named && SubqueryInput(step.Others[0])?.Find(named.ValueText) is { } number)
        {
            given[number] = index;
        }

        Relation result = Subquery(step.Others[0], expanded with { Columns = given, Order = [new OrderKey(row), new OrderKey(index)], Partition = [.. outer, row] });

        // What the subquery does not hand on of the row is still there.
        var columns = new Dictionary<ColumnSymbol, string>();
        var selected = new List<string>();
        IReadOnlyDictionary<ColumnSymbol, string> made = result.Columns;
        Queue<ColumnSymbol> renamed = new(step.Others[0].Schema.Columns.Where(column => !step.Input!.Schema.Columns.Contains(column)));
        foreach (ColumnSymbol column in step.Schema.Columns)
        {
            bool isOfRow = step.Input!.Schema.Columns.Contains(column);
            string name = NewColumn();
            selected.Add($"{(isOfRow ? $"o.{rows.Columns[column]}" : $"s.{made[renamed.Dequeue()]}")} AS {name}");
            columns[column] = name;
        }

        var order = new List<OrderKey>();
        foreach (OrderKey key in result.Order.Where(key => key.Column != row).Prepend(new OrderKey(row)))
        {
            order.Add(key with { Column = NewColumn() });
            selected.Add($"{(key.Column == row ? "o" : "s")}.{key.Column} AS {order[^1].Column}");
        }

        selected.AddRange(outer.Select(part => $"o.{part}"));
        return Emit($"SELECT {string.Join(", ", selected)} FROM {result.Name} s JOIN {rows.Name} o ON o.{row} = s.{row}", columns)
            with
        { Order = order, Partition = outer };
    }

    private static RowSchema? SubqueryInput(BoundRelation relation)
    {
        while (relation is BoundStep { Input: { } input })
        {
            relation = input;
        }

        return (relation as BoundInput)?.Schema;
    }

    private Relation Subquery(BoundRelation subquery, Relation input)
    {
        Relation outer = _from;
        _inputs.Push(input);
        Relation result = Lower(subquery);
        _ = _inputs.Pop();
        _from = outer;
        return result;
    }

    private Relation Partition(BoundStep step, PartitionOperator partition)
    {
        string key = NewColumn();
        string sql = Scalar(step.Assignments[0].Value).Text;
        IReadOnlyList<string> outer = _from.Partition;
        Relation parts = Add(_from, [(null, key, sql)]) with { Partition = [.. outer, key] };
        return Subquery(step.Others[0], parts) with { Partition = outer };
    }

    // A column of dynamic values, or of texts, and the columns that a pattern finds in it.
    private Relation Parse(BoundStep step, ParseOperator parse)
    {
        string spec = ParseSpecs.Of(parse);
        TypedName[] found = [.. parse.Pattern.OfType<TypedName>()];
        bool isFilter = parse.Keyword.Is("parse-where");
        return Captured(step, "$parse", spec, [.. found.Select(name => name.Name.Text)], isFilter, parse);
    }

    private Relation ParseKv(BoundStep step, ParseKvOperator parse) =>
        Captured(step, "$parse_kv", ParseSpecs.Of(parse), [.. parse.Schema.Columns.Select(column => column.Name.Text)], isFilter: false, parse);

    private Relation Captured(BoundStep step, string function, string spec, IReadOnlyList<string> names, bool isFilter, Expression place)
    {
        string list = NewColumn();
        string captured = Managed(function, place, (TextOf(step.Assignments[0].Value), ColumnType.String), (SqlText.Literal(spec, ColumnType.String), ColumnType.String)).Text;
        _from = Add(_from, [(null, list, captured)]);
        if (isFilter)
        {
            _from = Emit($"SELECT * FROM {_from.Name} WHERE {list} IS NOT NULL", _from.Columns) with { Order = _from.Order, Partition = _from.Partition };
        }

        var added = new List<(ColumnSymbol?, string, string)>();
        foreach (ColumnSymbol column in step.Schema.Columns.Where(column => !step.Input!.Schema.Columns.Contains(column)))
        {
            // A name that stands twice has the last of its values.
            int at = names.ToList().LastIndexOf(column.Name);
            ColumnType type = TypeOf(column);
            var text = new SqlValue($"coalesce({list}[{at + 1}], '')", false);
            string value = type == ColumnType.String ? text.Text
                : $"CASE WHEN {list}[{at + 1}] IS NULL THEN NULL ELSE {Converted(text, ColumnType.String, type, place)} END";
            added.Add((column, NewColumn(), type == ColumnType.Dynamic ? Managed("parse_json", place, (text, ColumnType.String)).Text : value));
        }

        return Add(_from, added);
    }
}
