using Quarry.Kql.Binding;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax.Operators;
using Quarry.Tables;

namespace Quarry.Kql.Lowering;

/// <summary>Operators that choose, order and compute rows one by one.</summary>
internal sealed partial class Lowerer
{
    private Relation Where(BoundStep step)
    {
        string condition = Filter(step.Assignments[0].Value);
        Relation from = _from;
        return Emit($"SELECT * FROM {from.Name} WHERE {condition}", from.Columns) with { Order = from.Order, Partition = from.Partition };
    }

    private Relation Take(Relation input, string count)
    {
        if (input.Partition.Count == 0)
        {
            return Emit($"SELECT * FROM {input.Name}{input.OrderBy} LIMIT {Limit(count)}", input.Columns) with { Order = input.Order };
        }

        return Emit($"SELECT * FROM {input.Name} QUALIFY row_number() OVER ({input.Window}) <= {count}", input.Columns)
            with
        { Order = input.Order, Partition = input.Partition };
    }

    // The engine plans for a number, and not for what only turns out to be one.
    private static string Limit(string count)
    {
        const string Prefix = "CAST(";
        string digits = count.StartsWith(Prefix, StringComparison.Ordinal) ? count[Prefix.Length..].Split(' ')[0] : "";
        return digits.Length > 0 && digits.All(char.IsAsciiDigit) ? digits : $"greatest({count}, 0)";
    }

    private Relation Sort(BoundStep step, IReadOnlyList<OrderedExpression> keys)
    {
        var added = new List<(ColumnSymbol?, string, string)>();
        var order = new List<OrderKey>();
        for (int i = 0; i < keys.Count; i++)
        {
            BoundExpression value = step.Assignments[i].Value;
            string key = Scalar(value).Text;

            // Kusto orders NaN with the nulls.
            bool isReal = value.Type == ColumnType.Real;
            if (isReal || value is not BoundColumn)
            {
                string column = NewColumn();
                added.Add((null, column, isReal ? $"CASE WHEN isnan({key}) THEN NULL ELSE {key} END" : key));
                key = column;
            }

            order.Add(new OrderKey(key, !keys[i].IsAscending, keys[i].NullsFirst));
        }

        // Rows that the keys do not tell apart stay in the order they had.
        return Add(_from, added) with { Order = [.. order, .. _from.Order.Where(key => !order.Exists(known => known.Column == key.Column))] };
    }

    private Relation Top(BoundStep step, TopOperator top)
    {
        string count = Scalar(step.Assignments[0].Value).Text;
        return Take(Sort(step with { Assignments = [step.Assignments[1]] }, [top.Key]), count);
    }

    private Relation Count(BoundStep step)
    {
        string column = NewColumn();
        return Grouped($"count(*) AS {column}", [], new Dictionary<ColumnSymbol, string> { [step.Schema.Columns[0]] = column });
    }

    // Rows that are grouped by columns of SQL and by the parts that a subquery works on.
    private Relation Grouped(string aggregates, IReadOnlyList<string> keys, Dictionary<ColumnSymbol, string> columns)
    {
        string[] groups = [.. _from.Partition.Concat(keys).Distinct()];
        string by = groups.Length == 0 ? "" : $" GROUP BY {string.Join(", ", groups)}";
        List<string> selected = aggregates.Length == 0 ? [.. groups] : [.. groups, aggregates];

        // Groups of rows that have an order come in it, so that the same question has the same answer each time.
        OrderKey[] order = [];
        if (groups.Length > 0 && _from.Order is [{ IsDescending: false } first])
        {
            order = [new OrderKey(NewColumn())];
            selected.Add($"min({first.Column}) AS {order[0].Column}");
        }

        return Emit($"SELECT {string.Join(", ", selected)} FROM {_from.Name}{by}", columns) with { Order = order, Partition = _from.Partition };
    }

    private Relation Extend(BoundStep step)
    {
        (List<(ColumnSymbol? Symbol, string Column, string Sql)> added, Relation from) = Computed(step.Assignments);
        return Add(from, added);
    }

    // The expressions of columns; one that gives several is computed once, a column of the table before.
    private (List<(ColumnSymbol? Symbol, string Column, string Sql)> Added, Relation From) Computed(IReadOnlyList<BoundAssignment> assignments)
    {
        var added = new List<(ColumnSymbol?, string, string)>();
        for (int i = 0; i < assignments.Count; i++)
        {
            BoundAssignment one = assignments[i];
            int first = i;
            while (first > 0 && ReferenceEquals(assignments[first - 1].Value, one.Value))
            {
                first--;
            }

            SqlValue value = Part(one, i - first);
            if (one.Column is { } column)
            {
                added.Add((column, NewColumn(), value.Text));
                if (!value.MayBeNull)
                {
                    _neverNull.Add(added[^1].Item2);
                }
            }
        }

        return (added, _from);
    }

    private Relation Serialize(BoundStep step)
    {
        _from = Numbered(_from);
        return Extend(step);
    }

    // Rows with a number that says their order, so that all that follows agrees on it.
    private Relation Numbered(Relation input)
    {
        if (input.Order is [{ IsDescending: false } only] && input.Partition.Count == 0 && _numbered.Contains(only.Column))
        {
            return input;
        }

        string number = NewColumn();
        _numbered.Add(number);
        return Add(input, [(null, number, $"row_number() OVER ({input.Window})")]) with { Order = [new OrderKey(number)] };
    }

    private readonly HashSet<string> _numbered = [];

    private Relation Project(BoundStep step)
    {
        bool isPrint = step.Syntax is PrintOperator;
        (List<(ColumnSymbol? Symbol, string Column, string Sql)> added, Relation from) = Computed(step.Assignments);
        IEnumerable<string> selected = added.Select(one => $"{one.Sql} AS {one.Column}").Concat(isPrint ? [] : Hidden(from));
        string list = string.Join(", ", selected);
        Relation projected = Emit($"SELECT {(list.Length == 0 ? "1" : list)} FROM {from.Name}", added.ToDictionary(one => one.Symbol!, one => one.Column));
        return isPrint ? projected : projected with { Order = from.Order, Partition = from.Partition };
    }

    private Relation Distinct(BoundStep step)
    {
        if (step.Assignments.Count > 0)
        {
            return Summarize(step.Assignments, []);
        }

        string[] all = [.. step.Schema.Columns.Select(column => _from.Columns[column])];
        return all.Length == 0 ? Take(_from, "1") : Grouped("", all, Kept(step.Schema, _from));
    }

    private static Dictionary<ColumnSymbol, string> Kept(RowSchema schema, Relation from) =>
        schema.Columns.ToDictionary(column => column, column => from.Columns[column]);

    private Relation Sample(BoundStep step)
    {
        string count = Scalar(step.Assignments[0].Value).Text;
        Relation from = _from;
        string number = from.Partition.Count == 0
            ? $" ORDER BY random() LIMIT greatest({count}, 0)"
            : $" QUALIFY row_number() OVER (PARTITION BY {string.Join(", ", from.Partition)} ORDER BY random()) <= {count}";
        return Emit($"SELECT * FROM {from.Name}{number}", from.Columns, isMaterialized: true) with { Partition = from.Partition };
    }

    private Relation SampleDistinct(BoundStep step, SampleDistinctOperator distinct)
    {
        SqlValue count = Scalar(new BoundLiteral(distinct.Count, ColumnType.Long));
        return Take(Distinct(step), count.Text);
    }

    private Relation Rename(BoundStep step)
    {
        var columns = new Dictionary<ColumnSymbol, string>();
        foreach ((ColumnSymbol after, ColumnSymbol before) in step.Schema.Columns.Zip(step.Input!.Schema.Columns))
        {
            columns[after] = _from.Columns[before];
        }

        return _from with { Columns = columns };
    }

    private Relation GetSchema(BoundStep step)
    {
        string[] names = [.. step.Schema.Columns.Select(_ => NewColumn())];
        Dictionary<ColumnSymbol, string> columns = step.Schema.Columns.Zip(names).ToDictionary(pair => pair.First, pair => pair.Second);
        IEnumerable<string> rows = step.Input!.Schema.Columns.Select((column, i) =>
            $"({SqlText.Literal(column.Name)}, CAST({i} AS BIGINT), '{ClrTypeName(TypeOf(column))}', '{ScalarTypes.NameOf(column.Type)}')");
        string values = step.Input.Schema.Columns.Count == 0 ? "SELECT '', CAST(0 AS BIGINT), '', '' WHERE false" : $"VALUES {string.Join(", ", rows)}";
        return Emit($"SELECT * FROM ({values}) AS v({string.Join(", ", names)})", columns) with { Order = [new OrderKey(names[1])] };
    }

    // What Kusto says of its types.
    private static string ClrTypeName(ColumnType type) => type switch
    {
        ColumnType.Bool => "System.SByte",
        ColumnType.Int => "System.Int32",
        ColumnType.Long => "System.Int64",
        ColumnType.Real => "System.Double",
        ColumnType.Decimal => "System.Data.SqlTypes.SqlDecimal",
        ColumnType.DateTime => "System.DateTime",
        ColumnType.TimeSpan => "System.TimeSpan",
        ColumnType.Guid => "System.Guid",
        ColumnType.Dynamic => "System.Object",
        _ => "System.String",
    };

    // The values from a to b. A real one is counted, so that no error adds up.
    private Relation Range(BoundStep step)
    {
        ColumnSymbol column = step.Schema.Columns[0];
        ColumnType type = TypeOf(column);
        string[] bounds = [.. step.Assignments.Select(bound => Converted(Scalar(bound.Value), TypeOf(bound.Value), BoundType(bound.Value, type), bound.Value.Syntax).Text)];
        string name = NewColumn();
        (string from, string to, string by) = (bounds[0], bounds[1], bounds[2]);
        string steps = type is ColumnType.Real or ColumnType.Decimal
            ? $"CAST(floor(CAST(({to}) - ({from}) AS DOUBLE) / CAST({by} AS DOUBLE)) AS BIGINT)"
            : $"CAST(({to} - {from}) // nullif({by}, 0) AS BIGINT)";
        string count = $"CASE WHEN (({to}) >= ({from})) = (({by}) > 0) OR ({to}) = ({from}) THEN {steps} + 1 ELSE 0 END";
        string index = NewColumn();

        // Of bounds that are literals (no function's name, no column) the engine makes the numbers as they are asked for; of others it makes a list.
        bool isKnown = bounds.All(bound => !bound.Any(char.IsAsciiLetterLower) && !bound.Contains("SELECT", StringComparison.Ordinal));
        string numbers = isKnown ? $"range(0, {count}) AS s(n)" : $"(SELECT {count} AS n0), range(0, n0) AS s(n)";
        Relation values = Emit(
            $"SELECT CAST({from} + n * {by} AS {SqlText.TypeName(type)}) AS {name}, n AS {index} FROM {numbers}",
            new Dictionary<ColumnSymbol, string> { [column] = name });
        return values with { Order = [new OrderKey(index)] };
    }

    private static ColumnType BoundType(BoundExpression bound, ColumnType type) =>
        type == ColumnType.DateTime && bound.Type == ColumnType.TimeSpan ? ColumnType.TimeSpan : type;
}
