using Quarry.Kql.Binding;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Kql.Syntax.Operators;
using Quarry.Tables;

namespace Quarry.Kql.Lowering;

/// <summary>
/// <c>scan</c>: a recursion over blocks of the numbered rows, each reduced row by row to the states of the steps and what was found. The
/// state of a step is the rows that it and the steps before it matched last, of which only the columns are kept that an expression asks for.
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

        // What the expressions see of the state, and what the assignments give.
        public Dictionary<ColumnSymbol, string> Seen { get; } = [];

        public Dictionary<ColumnSymbol, string> Assigned { get; } = [];
    }

    // Rows that are gone through at once. Lists of a block are copied at each of its rows, and a block costs a step of the recursion.
    private const int ScanBlock = 128;

    private Relation ScanRows(BoundStep step, ScanOperator scan)
    {
        // Numbers without gaps, so that no block is empty.
        string number = NewColumn();
        _from = Add(_from, [(null, number, $"row_number() OVER ({_from.Window})")]) with { Order = [new OrderKey(number)] };
        ColumnSymbol[] own = [.. step.Schema.Columns.Where(column => !step.Input!.Schema.Columns.Contains(column))];
        Dictionary<ColumnSymbol, string> defaults = ScanDefaults(scan, own);
        var firsts = own.Concat(step.Others.SelectMany(other => other.Schema.Columns)).ToDictionary(column => column, column => First(column, step.Schema, defaults));
        HashSet<ColumnSymbol> remembered = [.. step.Others.SelectMany(other => other.Schema.Columns)];
        ScanState[] steps = ScanSteps(step with { Assignments = [.. step.Assignments.Select(one => one with { Value = Hoisted(one.Value, remembered, firsts) })] }, scan);
        Relation rows = Materialize(_from);
        var row = rows.Columns.ToDictionary(one => one.Key, one => $"x.{one.Value}");
        foreach ((ColumnSymbol column, string first) in firsts)
        {
            row[column] = first;
        }

        _row = step.Schema;
        (string before, string matches) = (NewColumn(), NewColumn());
        ScanLevels level = Levels(steps, row, matches);
        List<(string Name, string Type, string First, string Next)> state = [(matches, "BIGINT", "-1", level[matches])];
        List<(string Name, string Type, string Sql)> found = [(before, "BIGINT", $"x.{number}")];
        for (int k = 0; k < steps.Length; k++)
        {
            ScanState one = steps[k];
            state.Add((one.IsActive, "BOOLEAN", "false", $"({level[one.IsMatch]} OR {level[one.IsHeld]})"));
            state.Add((one.MatchId, "BIGINT", "0", level[one.MatchId]));
            found.AddRange([(one.IsMatch, "BOOLEAN", level[one.IsMatch]), (one.IsStart, "BOOLEAN", level[one.IsStart]), (one.MatchId, "BIGINT", level[one.MatchId])]);
            found.AddRange(one.Assigned.Select(assigned => (assigned.Value, SqlText.TypeName(TypeOf(assigned.Key)), level[assigned.Value])));
            foreach ((ColumnSymbol column, string name) in one.Values)
            {
                ColumnSymbol? current = step.Others[k].Schema.Columns.Contains(column) ? step.Schema.Find(column.Name) : null;
                string next = current is null ? level[one.Seen[column]]
                    : $"CASE WHEN {level[one.IsMatch]} THEN {(one.Assigned.TryGetValue(current, out string? assigned) ? level[assigned] : row[current])} ELSE {level[one.Seen[column]]} END";
                state.Add((name, SqlText.TypeName(TypeOf(column)), firsts[column], next));
            }
        }

        string matched = $"STRUCT({string.Join(", ", found.Select(one => $"{one.Name} {one.Type}"))})";
        string add = $"CASE WHEN {string.Join(" OR ", steps.Select(one => level[one.IsMatch]))} THEN list_append(acc.o, {Struct(found.Select(one => (one.Name, $"CAST({one.Sql} AS {one.Type})")))}) ELSE acc.o END";
        string advance = level.Around(Struct([.. state.Select(one => (one.Name, $"CAST({one.Next} AS {one.Type})")), ("o", add)]));
        string empty = $"CAST([] AS {matched}[])";
        string begin = Struct([.. state.Select(one => (one.Name, $"CAST({one.First} AS {one.Type})")), ("o", empty)]);
        string goOn = Struct([.. state.Select(one => (one.Name, $"s.a.{one.Name}")), ("o", empty)]);
        Relation scanned = Emit(Recursion(rows, number, AskedOf(steps, rows, step.Schema), begin, goOn, advance, found.Select(one => one.Name)), rows.Columns, isMaterialized: true);
        return ScanOutput(step, scan, steps, rows, scanned, before, defaults);
    }

    private static string Struct(IEnumerable<(string Name, string Sql)> fields) => $"struct_pack({string.Join(", ", fields.Select(field => $"{field.Name} := {field.Sql}"))})";

    // A block of rows after the other, each part by itself; what was found in all of them.
    private string Recursion(Relation rows, string number, IEnumerable<string> asked, string begin, string goOn, string advance, IEnumerable<string> found)
    {
        string[] parts = [.. rows.Partition];
        string list = string.Concat(parts.Select(part => $"{part}, "));
        string same = string.Concat(parts.Select(part => $" AND s.{part} IS NOT DISTINCT FROM k.{part}"));
        Relation blocks = Emit(
            $"SELECT {list}({number} - 1) // {ScanBlock} AS b, list({Struct(asked.Append(number).Select(column => (column, column)))} ORDER BY {number}) AS l FROM {rows.Name} GROUP BY {list}b",
            rows.Columns, isMaterialized: true);
        string start = parts.Length == 0 ? "" : $" FROM (SELECT DISTINCT {string.Join(", ", parts)} FROM {rows.Name})";
        string of = string.Concat(parts.Select(part => $"k.{part}, "));
        return $"WITH RECURSIVE st AS (SELECT {list}CAST(-1 AS BIGINT) AS b, {begin} AS a{start} UNION ALL "
            + $"SELECT {of}k.b, list_reduce(k.l, lambda acc, x: {advance}, {goOn}) FROM st s JOIN {blocks.Name} k ON k.b = s.b + 1{same}) "
            + $"SELECT {list}{string.Join(", ", found.Select(name => $"u.{name} AS {name}"))} FROM (SELECT {list}unnest(a.o) AS u FROM st)";
    }

    // What does not depend on a state is computed for all rows at once, before: the recursion is for the rest.
    private BoundExpression Hoisted(BoundExpression expression, HashSet<ColumnSymbol> remembered, Dictionary<ColumnSymbol, string> firsts)
    {
        if (expression is BoundLiteral or BoundColumn)
        {
            return expression;
        }

        if (expression is BoundQueryValue { IsScalar: false })
        {
            throw Refused(expression.Syntax, "A query within what depends on a step's state is not supported by the embedded engine.");
        }

        if (!ColumnsIn(expression).Any(remembered.Contains))
        {
            if (expression is BoundCall { Arguments.Count: 0 } || ColumnsIn(expression).Any(firsts.ContainsKey))
            {
                return expression;
            }

            var column = new ColumnSymbol("", expression.Type);
            string name = NewColumn();
            string sql = Scalar(expression).Text;
            _from = Add(_from, [(column, name, sql)]);
            return new BoundColumn(expression.Syntax, column);
        }

        return expression switch
        {
            BoundCall call => call with { Arguments = [.. call.Arguments.Select(one => Hoisted(one, remembered, firsts))] },
            BoundAccess access => access with { Target = Hoisted(access.Target, remembered, firsts) },
            _ => expression,
        };
    }

    // The columns in SQL of the rows that the steps ask for, or remember.
    private static string[] AskedOf(ScanState[] steps, Relation rows, RowSchema schema) =>
    [
        .. steps.SelectMany(one => one.Assignments.SelectMany(assigned => ColumnsIn(assigned.Value)).Concat(ColumnsIn(one.Condition))
                .Concat(one.Values.Keys.Select(column => schema.Find(column.Name)).OfType<ColumnSymbol>()))
            .Distinct().Where(rows.Columns.ContainsKey).Select(column => rows.Columns[column]).Distinct(),
    ];

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

    // The values that the new state of a row is made of, level by level: each level works with the one before. A short one is written where
    // it is used; the others are computed once, in a lambda of one element. What a step sees is the state of the step before if that is
    // promoted, else its own. A state that is not active holds first values.
    private ScanLevels Levels(ScanState[] steps, Dictionary<ColumnSymbol, string> row, string matches)
    {
        _isScanning = true;
        var levels = new ScanLevels();
        levels.Begin("p");
        for (int k = 1; k < steps.Length; k++)
        {
            ScanState before = steps[k - 1];
            BoundExpression condition = steps[k].Condition;
            string met = At(before.Values.ToDictionary(one => one.Key, one => $"acc.{one.Value}"), () => Filter(condition));
            levels.Add(steps[k].IsPromoted, $"(acc.{before.IsActive} AND {met})");
        }

        levels.Begin("q");
        for (int k = 0; k < steps.Length; k++)
        {
            ScanState one = steps[k];
            string isHeld = k + 1 < steps.Length ? $"(acc.{one.IsActive} AND NOT {levels[steps[k + 1].IsPromoted]})" : $"acc.{one.IsActive}";
            levels.Add(one.IsHeld, isHeld);
            foreach ((ColumnSymbol column, string name) in one.Seen)
            {
                string own = $"acc.{one.Values[column]}";
                string kept = k + 1 < steps.Length ? $"CASE WHEN {isHeld} THEN {own} ELSE {row[column]} END" : own;
                levels.Add(name, k == 0 ? kept
                    : $"CASE WHEN {levels[one.IsPromoted]} THEN {(steps[k - 1].Values.TryGetValue(column, out string? of) ? $"acc.{of}" : row[column])} ELSE {kept} END");
            }
        }

        levels.Begin("m");
        for (int k = 0; k < steps.Length; k++)
        {
            ScanState one = steps[k];
            string again = At(Seen(one), () => Filter(one.Condition));
            string isMatch = k == 0 ? again : $"({levels[one.IsPromoted]} OR ({levels[one.IsHeld]} AND {again}))";
            levels.Add(one.IsMatch, isMatch);
            levels.Add(one.IsStart, k == 0 ? $"({isMatch} AND NOT {levels[one.IsHeld]})" : levels[one.IsPromoted]);
        }

        levels.Begin("v");
        levels.Add(matches, $"(acc.{matches} + CASE WHEN {levels[steps[0].IsStart]} THEN 1 ELSE 0 END)");
        for (int k = 0; k < steps.Length; k++)
        {
            ScanState one = steps[k];
            foreach ((ColumnSymbol column, BoundExpression value) in one.Assignments)
            {
                string assigned = At(Seen(one), () => Converted(Scalar(value), TypeOf(value), TypeOf(column), value.Syntax).Text);
                levels.Add(one.Assigned[column], $"CASE WHEN {levels[one.IsMatch]} THEN {assigned} END");
            }

            (string when, string id) = k == 0 ? (levels[one.IsStart], $"acc.{matches} + 1") : (levels[one.IsPromoted], $"acc.{steps[k - 1].MatchId}");
            levels.Add(one.MatchId, $"CASE WHEN {when} THEN {id} ELSE acc.{one.MatchId} END");
        }

        _isScanning = false;
        return levels;

        Dictionary<ColumnSymbol, string> Seen(ScanState one) => one.Seen.ToDictionary(seen => seen.Key, seen => levels[seen.Value]);

        string At(Dictionary<ColumnSymbol, string> held, Func<string> lower)
        {
            var visible = new Dictionary<ColumnSymbol, string>(row);
            foreach ((ColumnSymbol column, string text) in held)
            {
                visible[column] = text;
            }

            _from = _from with { Columns = visible };
            return lower();
        }
    }

    private sealed class ScanLevels
    {
        // Characters. A lambda costs about a millisecond a row, whatever is in it.
        private const int Short = 400;

        private readonly List<(string Name, List<(string, string)> Fields)> _levels = [];
        private readonly Dictionary<string, string> _values = [];

        // How a value is written at the levels behind its own.
        public string this[string name] => _values[name];

        public void Begin(string name) => _levels.Add((name, []));

        public void Add(string name, string sql)
        {
            bool isShort = sql.Length <= Short;
            _values[name] = isShort ? $"({sql})" : $"{_levels[^1].Name}.{name}";
            if (!isShort)
            {
                _levels[^1].Fields.Add((name, sql));
            }
        }

        // The result with what it works with around it.
        public string Around(string result) => Enumerable.Reverse(_levels).Where(level => level.Fields.Count > 0)
            .Aggregate(result, (body, level) => $"list_transform([{Struct(level.Fields)}], lambda {level.Name}: {body})[1]");
    }

    // Whether expressions are lowered that stand within a lambda of SQL: they cannot put a table before.
    private bool _isScanning;

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
