using Quarry.Kql.Binding;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Kql.Syntax.Operators;
using Quarry.Tables;

namespace Quarry.Kql.Lowering;

/// <summary>Groups of rows.</summary>
internal sealed partial class Lowerer
{
    // Whether aggregates are being lowered: what is around them, not what is in them.
    private bool _isGrouping;

    private Relation Summarize(BoundStep step)
    {
        var summarize = (SummarizeOperator)step.Syntax;
        _keyNames = summarize.By is null ? [] : [.. summarize.By.Keys.OfType<NameExpression>().Select(key => key.Name.Text)];
        int keyCount = summarize.By is null ? 0 : KeyCount(step, summarize.By.Keys.Count);
        return Summarize(step.Assignments.Take(keyCount).ToArray(), step.Assignments.Skip(keyCount).ToArray());
    }

    // A key gives one column, but for those of several.
    private static int KeyCount(BoundStep step, int keys)
    {
        int distinct = 0;
        int count = 0;
        BoundExpression? last = null;
        foreach (BoundAssignment one in step.Assignments)
        {
            if (!ReferenceEquals(one.Value, last) && ++distinct > keys)
            {
                break;
            }

            last = one.Value;
            count++;
        }

        return count;
    }

    private Relation Summarize(IReadOnlyList<BoundAssignment> keys, IReadOnlyList<BoundAssignment> aggregates)
    {
        // Keys are computed before, so that a key may have the name of the column it is computed from.
        (List<(ColumnSymbol? Symbol, string Column, string Sql)> computed, Relation from) = Computed(keys);
        _from = Add(from, computed);
        var columns = computed.ToDictionary(one => one.Symbol!, one => one.Column);
        string[] groups = [.. computed.Select(one => one.Column)];

        var inner = new List<string>();
        var outer = new List<(string Sql, string Column)>();
        for (int i = 0; i < aggregates.Count; i++)
        {
            int first = i;
            while (first > 0 && ReferenceEquals(aggregates[first - 1].Value, aggregates[i].Value))
            {
                first--;
            }

            string column = NewColumn();
            outer.Add((AggregatePart(aggregates[i], i - first, inner), column));
            columns[aggregates[i].Column!] = column;
        }

        Relation grouped = Grouped(string.Join(", ", inner.Concat(outer.Where(one => !one.Sql.StartsWith("s.", StringComparison.Ordinal)).Select(one => $"{one.Sql} AS {one.Column}"))), groups, columns);
        (string Sql, string Column)[] parts = [.. outer.Where(one => one.Sql.StartsWith("s.", StringComparison.Ordinal))];
        return parts.Length == 0 ? grouped
            : Emit($"SELECT *, {string.Join(", ", parts.Select(one => $"{one.Sql[2..]} AS {one.Column}"))} FROM {grouped.Name}", columns)
                with
            { Order = grouped.Order, Partition = grouped.Partition };
    }

    // "s.…" is a part of a struct among the inner columns: all columns of arg_max come from one row.
    private string AggregatePart(BoundAssignment assignment, int part, List<string> inner)
    {
        if (assignment.Value is BoundCall { Syntax: CallExpression } call && call.Name is "arg_max" or "arg_min" or "argmax" or "argmin" or "take_any" or "any"
            && FunctionCatalogue.Aggregates.ContainsKey(call.Name))
        {
            if (part == 0)
            {
                inner.Add($"{StructOf(call)} AS {NewColumn()}");
            }

            string row = inner[^1][(inner[^1].LastIndexOf(' ') + 1)..];
            return $"s.{row}.p{part}";
        }

        _isGrouping = true;
        string sql = assignment.Value is BoundCall { Syntax: CallExpression } several && several.Name is "percentile" or "percentiles" or "percentilesw" or "percentilew"
            ? PercentileOf(several, part)
            : Converted(Scalar(assignment.Value), TypeOf(assignment.Value), assignment.Column?.Type ?? TypeOf(assignment.Value), assignment.Value.Syntax).Text;
        _isGrouping = false;
        return sql;
    }

    // The expressions that arg_max and take_any give the values of: a star stands for the columns not named.
    private IEnumerable<SqlValue> Returned(BoundCall call)
    {
        bool isArg = call.Name.StartsWith("arg", StringComparison.Ordinal);
        string maximised = isArg ? ColumnNames.Of(((CallExpression)call.Syntax).Arguments[0], true) : "";
        return call.Arguments.SelectMany((argument, i) => argument is BoundLiteral { Literal: StarExpression }
            ? _row.Columns.Where(column => (i == 0 || column.Name != maximised) && !_keyNames.Contains(column.Name))
                .Select(column => new SqlValue(_from.Columns[column], column.Type != ColumnType.String))
            : [Scalar(argument)]);
    }

    private HashSet<string> _keyNames = [];

    private string StructOf(BoundCall call)
    {
        string[] values = [.. Returned(call).Select(value => value.Text)];
        string packed = $"struct_pack({string.Join(", ", values.Select((value, i) => $"p{i} := {value}"))})";
        if (!call.Name.StartsWith("arg", StringComparison.Ordinal))
        {
            return $"any_value({packed})";
        }

        // NaN is the least and the greatest of all; to the engine it is the greatest.
        string function = call.Name is "arg_max" or "argmax" ? "arg_max" : "arg_min";
        string key = function == "arg_min" && TypeOf(call.Arguments[0]) == ColumnType.Real ? $"CASE WHEN isnan({values[0]}) THEN CAST('-inf' AS DOUBLE) ELSE {values[0]} END" : values[0];

        // If every key is null, any row is given.
        return $"coalesce({function}({packed}, {key}), any_value({packed}))";
    }

    private Relation TopNested(BoundStep step, TopNestedOperator nested)
    {
        if (nested.Levels.Any(level => level.Others is not null))
        {
            return TopNestedWithOthers(step, nested);
        }

        // A level takes of each group of the level above the values that rank highest.
        Relation input = _from;
        var ranks = new List<string>();
        var columns = new Dictionary<ColumnSymbol, string>();
        var groups = new List<string>();
        var values = new List<(ColumnSymbol Symbol, string Column)>();
        Relation rows = input;
        for (int i = 0; i < nested.Levels.Count; i++)
        {
            TopNestedLevel level = nested.Levels[i];
            (BoundAssignment value, BoundAssignment aggregate) = (step.Assignments[2 * i], step.Assignments[(2 * i) + 1]);
            _from = rows;
            string key = NewColumn();
            string keySql = Scalar(value.Value).Text;
            rows = Add(_from, [(null, key, keySql)]);
            _from = rows;
            groups.Add(key);
            string measure = NewColumn();
            _isGrouping = true;
            string measured = Scalar(aggregate.Value).Text;
            _isGrouping = false;
            rows = _from;
            string outer = string.Join(", ", groups.Take(groups.Count - 1));
            string limit = level.Count is null ? "" :
                $" QUALIFY row_number() OVER ({(outer.Length == 0 ? "" : $"PARTITION BY {outer} ")}ORDER BY {measure} {(level.Aggregate.IsAscending ? "ASC" : "DESC")} NULLS LAST) <= {Scalar(new BoundLiteral(level.Count, ColumnType.Long))}";
            Relation kept = Emit($"SELECT {string.Join(", ", groups)}, {measured} AS {measure} FROM {rows.Name} GROUP BY {string.Join(", ", groups)}{limit}", columns);
            string same = string.Join(" AND ", groups.Select(group => $"l.{group} IS NOT DISTINCT FROM r.{group}"));
            rows = Emit($"SELECT l.*, r.{measure} FROM {rows.Name} l JOIN {kept.Name} r ON {same}", rows.Columns);
            values.Add((value.Column!, key));
            values.Add((aggregate.Column!, measure));
        }

        Dictionary<ColumnSymbol, string> result = values.ToDictionary(one => one.Symbol, one => one.Column);
        return Emit($"SELECT DISTINCT {string.Join(", ", values.Select(one => one.Column))} FROM {rows.Name}", result);
    }

    private Relation TopHitters(BoundStep step, TopHittersOperator hitters)
    {
        string key = NewColumn();
        string keySql = Scalar(step.Assignments[0].Value).Text;
        string? weight = step.Assignments.Count > 1 ? Scalar(step.Assignments[1].Value).Text : null;
        _from = Add(_from, [(null, key, keySql)]);
        string count = NewColumn();
        string counted = weight is null ? "count(*)" : Sum(weight, TypeOf(step.Assignments[1].Value), "").Text;
        Relation grouped = Grouped($"{counted} AS {count}", [key],
            new Dictionary<ColumnSymbol, string> { [step.Schema.Columns[0]] = key, [step.Schema.Columns[1]] = count });
        return Take(grouped with { Order = [new OrderKey(count, true, false), new OrderKey(key, true, false)] }, Scalar(new BoundLiteral(hitters.Count, ColumnType.Long)).Text);
    }
}
