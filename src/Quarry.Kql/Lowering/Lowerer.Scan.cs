using System.Text.RegularExpressions;
using Quarry.Kql.Binding;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Kql.Syntax.Operators;
using Quarry.Tables;

namespace Quarry.Kql.Lowering;

/// <summary>
/// <c>scan</c>: a recursion over the numbered rows that hands on the states of the steps. The state of a step is the rows that it and the
/// steps before it matched last; of them only the columns are kept that an expression asks for.
/// </summary>
internal sealed partial class Lowerer
{
    // A step of scan: its expressions, and the columns in SQL of its state. A value of a state is one of a step and a column of KQL's.
    private sealed class ScanState
    {
        public required BoundExpression Condition { get; init; }

        public required IReadOnlyList<(ColumnSymbol Column, BoundExpression Value)> Assignments { get; init; }

        public string Output { get; init; } = "all";

        public string IsActive { get; init; } = "";

        public string MatchId { get; init; } = "";

        public Dictionary<ColumnSymbol, string> Values { get; } = [];

        public string IsPromoted { get; init; } = "";

        public string IsHeld { get; init; } = "";

        public string IsMatch { get; init; } = "";

        public string IsStart { get; init; } = "";

        public string NewMatchId { get; init; } = "";

        // What the expressions see of the state, and what the assignments give.
        public Dictionary<ColumnSymbol, string> Seen { get; } = [];

        public Dictionary<ColumnSymbol, string> Assigned { get; } = [];
    }

    private Relation ScanRows(BoundStep step, ScanOperator scan)
    {
        Relation rows = Materialize(Numbered(_from));
        string number = rows.Order[^1].Column;
        ColumnSymbol[] own = [.. step.Schema.Columns.Where(column => !step.Input!.Schema.Columns.Contains(column))];
        Dictionary<ColumnSymbol, string> defaults = ScanDefaults(scan, own);
        ScanState[] steps = ScanSteps(step, scan);
        RowSchema[] states = [.. step.Others.Select(other => other.Schema)];
        var row = new Dictionary<ColumnSymbol, string>(rows.Columns);
        foreach (ColumnSymbol column in own.Concat(states.SelectMany(state => state.Columns)))
        {
            row[column] = First(column, step.Schema, defaults);
        }

        string state = $"r{++_relations}";
        (string before, string after, string matches) = (NewColumn(), NewColumn(), NewColumn());
        int firstTable = _tables.Count;
        string given = string.Join(", ", Selected(rows).Select(column => $"l.{column}").Concat(Kept(steps, matches).Select(column => $"s.{column}")));
        string same = string.Concat(rows.Partition.Select(part => $" AND s.{part} IS NOT DISTINCT FROM l.{part}"));
        _from = Emit($"SELECT {given} FROM {state} s JOIN {rows.Name} l ON l.{number} = s.{before} + 1{same}", row) with { Order = [new OrderKey(number)] };
        _row = step.Schema;
        ScanMatches(steps, row);
        _from = Add(_from with { Columns = row }, [(null, after, $"{matches} + CASE WHEN {steps[0].IsStart} THEN 1 ELSE 0 END")]);
        ScanValues(steps, row, after);

        // What a state becomes, in the order of its columns.
        var begin = new List<string> { $"CAST(0 AS BIGINT) AS {before}" };
        var next = new List<string> { number };
        begin.AddRange(rows.Partition);
        next.AddRange(rows.Partition);
        begin.Add($"CAST(-1 AS BIGINT) AS {matches}");
        next.Add(after);
        for (int k = 0; k < steps.Length; k++)
        {
            ScanState one = steps[k];
            begin.AddRange([$"false AS {one.IsActive}", $"CAST(0 AS BIGINT) AS {one.MatchId}", $"false AS {one.IsMatch}", $"false AS {one.IsStart}"]);
            next.AddRange([$"({one.IsMatch} OR {one.IsHeld})", one.NewMatchId, one.IsMatch, one.IsStart]);
            foreach ((ColumnSymbol column, string name) in one.Values)
            {
                begin.Add($"{row[column]} AS {name}");
                bool isOfRow = states[k].Columns.Contains(column);
                ColumnSymbol? current = isOfRow ? step.Schema.Find(column.Name) : null;
                string value = current is null ? one.Seen[column]
                    : $"CASE WHEN {one.IsMatch} THEN {one.Assigned.GetValueOrDefault(current) ?? row[current]} ELSE {one.Seen[column]} END";
                next.Add(value);
            }

            foreach ((ColumnSymbol column, string name) in one.Assigned)
            {
                begin.Add($"{SqlText.Null(TypeOf(column))} AS {name}");
                next.Add(name);
            }
        }

        string recursion = Nested($"SELECT {string.Join(", ", next)} FROM {_from.Name}", state, firstTable);
        string start = rows.Partition.Count == 0 ? "" : $" FROM (SELECT DISTINCT {string.Join(", ", rows.Partition)} FROM {rows.Name})";
        Relation scanned = Emit(
            $"WITH RECURSIVE {state} AS (SELECT {string.Join(", ", begin)}{start} UNION ALL {recursion}) SELECT * FROM {state}", rows.Columns, isMaterialized: true);
        return ScanOutput(step, scan, steps, rows, scanned, before, defaults);
    }

    // The columns of the rows that have names in SQL: KQL's, and those of the order and the parts.
    private static IEnumerable<string> Selected(Relation rows) => rows.Columns.Values.Concat(Hidden(rows)).Distinct();

    private static IEnumerable<string> Kept(IEnumerable<ScanState> steps, string matches) =>
        steps.SelectMany(one => one.Values.Values.Prepend(one.MatchId).Prepend(one.IsActive)).Prepend(matches);

    private Dictionary<ColumnSymbol, string> ScanDefaults(ScanOperator scan, IEnumerable<ColumnSymbol> own)
    {
        var defaults = new Dictionary<ColumnSymbol, string>();
        foreach (ColumnSymbol column in own)
        {
            Expression? given = scan.Columns.FirstOrDefault(declared => declared.Name.Text == column.Name)?.Default;
            defaults[column] = given is null ? SqlText.Null(TypeOf(column)).Text : Converted(Scalar(Constant(given)), TypeOf(Constant(given)), TypeOf(column), given).Text;
        }

        return defaults;
    }

    private static BoundExpression Constant(Expression literal) => literal switch
    {
        ParenthesizedExpression inner => Constant(inner.Inner),
        StringLiteral => new BoundLiteral(literal, ColumnType.String),
        DynamicLiteral => new BoundLiteral(literal, ColumnType.Dynamic),
        LiteralExpression value => new BoundLiteral(value, Binder.TypeOfLiteral(value)),
        UnaryExpression { Operand: LiteralExpression value } unary => new BoundCall(unary, unary.IsMinus ? "-" : "+", [Constant(value)], Binder.TypeOfLiteral(value)),
        _ => throw Refused(literal, "Expected a literal as the column's first value."),
    };

    // What a column has before anything is assigned to it: what the declaration says, of a column of the input nothing.
    private static string First(ColumnSymbol column, RowSchema schema, Dictionary<ColumnSymbol, string> defaults) =>
        schema.Find(column.Name) is { } own && defaults.TryGetValue(own, out string? given)
            ? $"CAST({given} AS {SqlText.TypeName(TypeOf(column))})"
            : SqlText.Null(TypeOf(column)).Text;

    // The steps with the columns of their states: of each the values that any expression asks for, of this step and those before.
    private ScanState[] ScanSteps(BoundStep step, ScanOperator scan)
    {
        HashSet<ColumnSymbol> asked = [.. step.Assignments.SelectMany(one => ColumnsIn(one.Value))];
        Queue<BoundAssignment> values = new(step.Assignments);
        var steps = new List<ScanState>();
        foreach (ScanStep syntax in scan.Steps)
        {
            if (syntax.IsOptional)
            {
                throw Refused(syntax, "Optional steps are not supported by the embedded engine.");
            }

            BoundExpression condition = values.Dequeue().Value;
            var assigned = new List<(ColumnSymbol, BoundExpression)>();
            foreach (Expression _ in syntax.Assignments ?? Enumerable.Empty<Expression>())
            {
                BoundAssignment one = values.Dequeue();
                assigned.Add((one.Column!, one.Value));
            }

            var state = new ScanState
            {
                Condition = condition,
                Assignments = assigned,
                Output = syntax.Output?.ValueText ?? "all",
                IsActive = NewColumn(),
                MatchId = NewColumn(),
                IsPromoted = NewColumn(),
                IsHeld = NewColumn(),
                IsMatch = NewColumn(),
                IsStart = NewColumn(),
                NewMatchId = NewColumn(),
            };
            foreach (ColumnSymbol column in step.Others.Take(steps.Count + 1).SelectMany(other => other.Schema.Columns).Where(asked.Contains))
            {
                state.Values[column] = NewColumn();
                state.Seen[column] = NewColumn();
            }

            foreach ((ColumnSymbol column, _) in assigned)
            {
                state.Assigned[column] = NewColumn();
            }

            steps.Add(state);
        }

        return [.. steps];
    }

    private static IEnumerable<ColumnSymbol> ColumnsIn(BoundExpression expression) => expression switch
    {
        BoundColumn column => [column.Column],
        BoundCall call => call.Arguments.SelectMany(ColumnsIn),
        BoundAccess access => ColumnsIn(access.Target).Concat(access.Index is null ? [] : ColumnsIn(access.Index)),
        _ => [],
    };

    // Which steps a row matches. What a step sees is the state of the step before if that is promoted, else its own.
    private void ScanMatches(ScanState[] steps, Dictionary<ColumnSymbol, string> row)
    {
        for (int k = 0; k < steps.Length; k++)
        {
            string condition = k == 0 ? "false" : $"({steps[k - 1].IsActive} AND {At(k - 1, state => state.Values, steps[k].Condition)})";
            _from = Add(_from with { Columns = row }, [(null, steps[k].IsPromoted, condition)]);
        }

        var seen = new List<(ColumnSymbol?, string, string)>();
        for (int k = 0; k < steps.Length; k++)
        {
            ScanState one = steps[k];
            string isHeld = k + 1 < steps.Length ? $"({one.IsActive} AND NOT {steps[k + 1].IsPromoted})" : one.IsActive;
            seen.Add((null, one.IsHeld, isHeld));
            foreach ((ColumnSymbol column, string name) in one.Seen)
            {
                string promoted = k > 0 && steps[k - 1].Values.TryGetValue(column, out string? of) ? $"WHEN {one.IsPromoted} THEN {of} " : "";
                string held = promoted.Length == 0 ? $"NOT {one.IsPromoted} AND {isHeld}" : isHeld;
                seen.Add((null, name, $"CASE {promoted}WHEN {held} THEN {one.Values[column]} ELSE {row[column]} END"));
            }
        }

        _from = Add(_from with { Columns = row }, seen);
        for (int k = 0; k < steps.Length; k++)
        {
            ScanState one = steps[k];
            string again = At(k, state => state.Seen, one.Condition);
            string isMatch = k == 0 ? again : $"({one.IsPromoted} OR ({one.IsHeld} AND {again}))";
            _from = Add(_from with { Columns = row }, [(null, one.IsMatch, isMatch)]);
        }

        _from = Add(_from with { Columns = row }, [.. steps.Select((one, k) => ((ColumnSymbol?)null, one.IsStart, k == 0 ? $"({one.IsMatch} AND NOT {one.IsHeld})" : one.IsPromoted))]);

        string At(int k, Func<ScanState, Dictionary<ColumnSymbol, string>> values, BoundExpression expression)
        {
            _from = _from with { Columns = Visible(row, values(steps[k])) };
            return Filter(expression);
        }
    }

    // The columns of the row, and those of the states: what a state does not hold has its first value.
    private static Dictionary<ColumnSymbol, string> Visible(Dictionary<ColumnSymbol, string> row, Dictionary<ColumnSymbol, string> values)
    {
        var visible = new Dictionary<ColumnSymbol, string>(row);
        foreach ((ColumnSymbol column, string name) in values)
        {
            visible[column] = name;
        }

        return visible;
    }

    private void ScanValues(ScanState[] steps, Dictionary<ColumnSymbol, string> row, string matches)
    {
        for (int k = 0; k < steps.Length; k++)
        {
            ScanState one = steps[k];
            foreach ((ColumnSymbol column, BoundExpression value) in one.Assignments)
            {
                _from = _from with { Columns = Visible(row, one.Seen) };
                string assigned = Converted(Scalar(value), TypeOf(value), TypeOf(column), value.Syntax).Text;
                _from = Add(_from with { Columns = row }, [(null, one.Assigned[column], $"CASE WHEN {one.IsMatch} THEN {assigned} END")]);
            }

            string id = k == 0 ? $"CASE WHEN {one.IsStart} THEN {matches} ELSE {one.MatchId} END" : $"CASE WHEN {one.IsPromoted} THEN {steps[k - 1].MatchId} ELSE {one.MatchId} END";
            _from = Add(_from with { Columns = row }, [(null, one.NewMatchId, id)]);
        }
    }

    // What was put before it step by step becomes a part of the statement: a recursion has no name outside of itself. What does not depend
    // on the recursion stays outside and is computed once.
    private string Nested(string select, string state, int first)
    {
        var parts = new List<(string Name, string Select)> { (state, state) };
        for (int i = first; i < _tables.Count;)
        {
            (string name, string text, _) = _tables[i];
            if (!parts.Exists(part => Uses(text, part.Name) > 0))
            {
                _tables[i] = (name, text, true);
                i++;
                continue;
            }

            foreach ((string inner, string sql) in parts.Skip(1))
            {
                text = WithTable(text, inner, sql);
            }

            parts = [parts[0], (name, text)];
            _tables.RemoveAt(i);
        }

        (string last, string statement) = parts[^1];
        return WithTable(select, last, statement);
    }

    private static string WithTable(string select, string name, string statement) =>
        Regex.Replace(select, $@" FROM {name}\b", _ => $" FROM ({statement}) {name}", RegexOptions.CultureInvariant);

    // A row for each match, of a row the last step first.
    private Relation ScanOutput(BoundStep step, ScanOperator scan, ScanState[] steps, Relation rows, Relation scanned, string number, Dictionary<ColumnSymbol, string> defaults)
    {
        string? matchId = scan.Options.FirstOrDefault(option => option.Name == "with_match_id")?.ValueText;
        (string order, string place) = (NewColumn(), NewColumn());
        Dictionary<ColumnSymbol, string> columns = step.Schema.Columns.ToDictionary(column => column, _ => NewColumn());
        string same = string.Concat(rows.Partition.Select(part => $" AND s.{part} IS NOT DISTINCT FROM l.{part}"));
        string parts = string.Concat(rows.Partition.Select(part => $"l.{part}, "));
        var selects = new List<string>();
        for (int k = steps.Length - 1; k >= 0; k--)
        {
            ScanState one = steps[k];
            if (one.Output == "none")
            {
                continue;
            }

            IEnumerable<string> values = step.Schema.Columns.Select(column => rows.Columns.TryGetValue(column, out string? name) ? $"l.{name} AS {columns[column]}"
                : column.Name == matchId && column == step.Schema.Columns[^1] ? $"s.{one.MatchId} AS {columns[column]}"
                : $"{(one.Assigned.TryGetValue(column, out string? assigned) ? $"s.{assigned}" : defaults[column])} AS {columns[column]}");
            string over = rows.Partition.Count == 0 ? "" : $"PARTITION BY {string.Join(", ", rows.Partition)} ";
            string source = one.Output == "last"
                ? $"(SELECT * FROM {scanned.Name} WHERE {one.IsMatch} QUALIFY coalesce(lead({one.IsStart}) OVER ({over}ORDER BY {number}), true))"
                : $"(SELECT * FROM {scanned.Name} WHERE {one.IsMatch})";
            selects.Add($"SELECT {parts}{string.Join(", ", values)}, s.{number} AS {order}, {steps.Length - k} AS {place} FROM {source} s JOIN {rows.Name} l ON l.{rows.Order[^1].Column} = s.{number}{same}");
        }

        if (selects.Count == 0)
        {
            selects.Add($"SELECT {string.Concat(rows.Partition.Select(part => $"{part}, "))}{string.Join(", ", step.Schema.Columns.Select(column => $"{SqlText.Null(TypeOf(column))} AS {columns[column]}"))}, 0 AS {order}, 0 AS {place} FROM {rows.Name} WHERE false");
        }

        return Emit(string.Join(" UNION ALL ", selects), columns) with { Order = [new OrderKey(order), new OrderKey(place)], Partition = rows.Partition };
    }
}
