using System.Text;
using Quarry.Kql.Binding;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Kql.Syntax.Operators;
using Quarry.Tables;

namespace Quarry.Kql.Lowering;

/// <summary>
/// Makes SQL of a query whose names and types are known: a common table expression an operator, over columns that have
/// numbers for names. Names of the query appear nowhere in it, and its texts as literals only.
/// </summary>
internal sealed partial class Lowerer
{
    private readonly LoweringOptions _options;
    private readonly List<(string Name, string Select, bool? IsMaterialized)> _tables = [];
    private readonly Dictionary<BoundRelation, Relation> _known = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _functions = [];
    private readonly HashSet<string> _aggregates = [];
    private readonly HashSet<string> _remarks = [];
    private readonly Dictionary<string, string> _scanned = [];
    private readonly Stack<Relation> _inputs = new();

    // Columns in SQL of which no value is null: with them, shorter SQL serves, and joins are a matter of plain equality.
    private readonly HashSet<string> _neverNull = [];
    private int _relations;
    private int _columns;

    // What the expressions of the operator at hand are computed on. An expression may put an operator of its own before.
    private Relation _from = new("", new Dictionary<ColumnSymbol, string>());

    private RowSchema _row = RowSchema.Empty;

    private Lowerer(LoweringOptions options) => _options = options;

    /// <summary>
    /// The SQL of what a query gives: of <c>fork</c> and <c>facet</c> several tables, else one.
    /// </summary>
    /// <exception cref="LoweringRefusedException">The engine does not run a part of it.</exception>
    public static IReadOnlyList<LoweredQuery> LowerAll(BoundRelation result, LoweringOptions options)
    {
        switch (result)
        {
            case BoundStep { Syntax: ForkOperator } fork:
                return [.. fork.Others.Select(branch => new Lowerer(options).LowerBranch(fork.Input!, branch))];
            case BoundStep { Syntax: FacetOperator } facet:
                return
                [
                    .. facet.Assignments.Select(column => new Lowerer(options).LowerFacet(facet.Input!, column.Value)),
                    .. facet.Others.Select(rest => new Lowerer(options).LowerBranch(facet.Input!, rest)),
                ];
            default:
                return [Lower(result, options)];
        }
    }

    /// <summary>The SQL of one table that a query gives.</summary>
    /// <exception cref="LoweringRefusedException">The engine does not run a part of it.</exception>
    public static LoweredQuery Lower(BoundRelation result, LoweringOptions options)
    {
        var lowerer = new Lowerer(options);
        return lowerer.Finish(result, lowerer.Lower(result));
    }

    private LoweredQuery LowerBranch(BoundRelation input, BoundRelation branch)
    {
        Relation result = Subquery(branch, Lower(input));
        return Finish(branch, result);
    }

    // How often each value of a column is there.
    private LoweredQuery LowerFacet(BoundRelation input, BoundExpression column)
    {
        _from = Lower(input);
        _row = input.Schema;
        string key = NewColumn();
        _from = Add(_from, [(null, key, Scalar(column).Text)]);
        string count = NewColumn();
        Relation counted = Grouped($"count(*) AS {count}", [key], []);
        string name = ColumnNames.Of(column.Syntax, false);
        return Finish(
            $"SELECT {key}, {count} FROM {counted.Name}{counted.OrderBy}",
            [new ColumnSchema(name, TypeOf(column)), new ColumnSchema($"count_{name}", ColumnType.Long)]);
    }

    private LoweredQuery Finish(BoundRelation result, Relation relation)
    {
        IEnumerable<string> columns = result.Schema.Columns.Select(column => relation.Columns[column]);
        string select = result.Schema.Columns.Count == 0 ? "1 WHERE false" : $"{string.Join(", ", columns)} FROM {relation.Name}{relation.OrderBy}";
        return Finish($"SELECT {select}", [.. result.Schema.Columns.Select(column => new ColumnSchema(column.Name, TypeOf(column)))]);
    }

    /// <summary>The SQL of a query that gives a value: a table of one row and one column.</summary>
    /// <exception cref="LoweringRefusedException">The engine does not run a part of it.</exception>
    public static LoweredQuery Lower(BoundExpression value, LoweringOptions options)
    {
        var lowerer = new Lowerer(options);
        string select = $"SELECT {lowerer.Scalar(value)} AS c0";
        return lowerer.Finish(select, [new ColumnSchema("print_0", value.Type ?? ColumnType.Dynamic)]);
    }

    private LoweredQuery Finish(string select, IReadOnlyList<ColumnSchema> columns)
    {
        string[] tables = [.. _tables.Select(table => $"{table.Name}{Materialization(table, select)} ({table.Select})")];
        string sql = tables.Length == 0 ? select : $"WITH {string.Join(",\n", tables)}\n{select}";
        return new LoweredQuery(sql, columns, _functions, _aggregates, _scanned) { Remarks = _remarks };
    }

    // A table that is used once is a part of the statement it is used in; of the others the engine judges what is cheaper.
    private string Materialization((string Name, string Select, bool? IsMaterialized) table, string select) =>
        table.IsMaterialized is { } said ? said ? " AS MATERIALIZED" : " AS NOT MATERIALIZED"
        : _tables.Sum(other => Uses(other.Select, table.Name)) + Uses(select, table.Name) <= 1 ? " AS NOT MATERIALIZED"
        : " AS";

    private static int Uses(string sql, string name)
    {
        int uses = 0;
        for (int at = sql.IndexOf(name, StringComparison.Ordinal); at >= 0; at = sql.IndexOf(name, at + name.Length, StringComparison.Ordinal))
        {
            bool isWord = (at + name.Length == sql.Length || !char.IsAsciiLetterOrDigit(sql[at + name.Length])) && (at == 0 || sql[at - 1] is ' ' or '(' or ',');
            uses += isWord ? 1 : 0;
        }

        return uses;
    }

    private static ColumnType TypeOf(ColumnSymbol column) => column.Type ?? ColumnType.Dynamic;

    private static ColumnType TypeOf(BoundExpression expression) => expression.Type ?? ColumnType.Dynamic;

    private static LoweringRefusedException Refused(SyntaxElement place, string message) => new(place, message);

    private Relation Lower(BoundRelation bound)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (_known.TryGetValue(bound, out Relation? known))
        {
            return known;
        }

        (Relation outer, RowSchema row, HashSet<string> keys, bool isGrouping) = (_from, _row, _keyNames, _isGrouping);
        _isGrouping = false;
        Relation lowered = bound switch
        {
            BoundTable table => Scan(table),
            BoundDatatable datatable => Datatable(datatable),
            BoundInput { Schema.Columns.Count: 0 } => Emit("SELECT 1", new Dictionary<ColumnSymbol, string>()),
            BoundInput => _inputs.Peek(),
            BoundMaterialized materialized => Materialize(Lower(materialized.Relation)),
            BoundView view => Lower(view.Relation),
            BoundUnified unified => Unified(unified.Schema, [.. unified.Tables.Select(table => (table, Lower(table)))], hasSource: true),
            BoundStep step => Lower(step),
            _ => throw new InvalidOperationException($"{bound.GetType().Name} is not lowered."),
        };
        (_from, _row, _keyNames, _isGrouping) = (outer, row, keys, isGrouping);

        // What a subquery works on is another thing each time.
        if (_inputs.Count == 0)
        {
            _known[bound] = lowered;
        }

        return lowered;
    }

    private Relation Lower(BoundStep step)
    {
        Relation input = step.Input is null ? _from : Lower(step.Input);
        _from = input;
        _row = step.Input?.Schema ?? RowSchema.Empty;
        return step.Syntax switch
        {
            WhereOperator => Where(step),
            TakeOperator => Take(input, Scalar(step.Assignments[0].Value).Text),
            SortOperator sort => Sort(step, [.. sort.Keys]),
            TopOperator top => Top(step, top),
            CountOperator => Count(step),
            ExtendOperator => Extend(step),
            SerializeOperator => Serialize(step),
            ProjectOperator or PrintOperator => Project(step),
            DistinctOperator => Distinct(step),
            SampleOperator => Sample(step),
            SampleDistinctOperator distinct => SampleDistinct(step, distinct),
            ProjectAwayOperator or ProjectKeepOperator or ProjectReorderOperator or ProjectByNamesOperator or AsOperator
                or RenderOperator or AssertSchemaOperator => input,
            ProjectRenameOperator => Rename(step),
            ConsumeOperator => input,
            GetSchemaOperator => GetSchema(step),
            RangeOperator => Range(step),
            SummarizeOperator => Summarize(step),
            TopNestedOperator nested => TopNested(step, nested),
            TopHittersOperator hitters => TopHitters(step, hitters),
            MakeSeriesOperator series => MakeSeries(step, series),
            JoinOperator join => Join(step, join),
            LookupOperator lookup => Lookup(step, lookup),
            UnionOperator union => Union(step, union),
            SearchOperator search => Search(step, search),
            FindOperator => Find(step),
            MvExpandOperator expand => MvExpand(step, expand),
            MvApplyOperator apply => MvApply(step, apply),
            PartitionOperator partition => Partition(step, partition),
            ParseOperator parse => Parse(step, parse),
            ParseKvOperator parse => ParseKv(step, parse),
            EvaluateOperator evaluate => Evaluate(step, evaluate),
            InvokeOperator => input,
            ScanOperator scan => ScanRows(step, scan),
            ReduceOperator reduce => Reduce(step, reduce),
            QueryOperator other => throw Refused(other.Keyword, $"The operator '{other.Keyword.Text}' is not supported by the embedded engine."),
            _ => throw Refused(step.Syntax, "This is not supported by the embedded engine."),
        };
    }

    private string NewColumn() => $"c{++_columns}";

    private Relation Emit(string select, IReadOnlyDictionary<ColumnSymbol, string> columns, bool? isMaterialized = null)
    {
        string name = $"r{++_relations}";
        _tables.Add((name, select, isMaterialized));
        return new Relation(name, columns);
    }

    // Columns that are added to those there are, each with its expression.
    private Relation Add(Relation input, IReadOnlyList<(ColumnSymbol? Symbol, string Column, string Sql)> added)
    {
        var columns = new Dictionary<ColumnSymbol, string>(input.Columns);
        foreach ((ColumnSymbol? symbol, string column, _) in added)
        {
            if (symbol is not null)
            {
                columns[symbol] = column;
            }
        }

        return added.Count == 0 ? input
            : Emit($"SELECT *, {string.Join(", ", added.Select(one => $"{one.Sql} AS {one.Column}"))} FROM {input.Name}", columns)
                with
            { Order = input.Order, Partition = input.Partition };
    }

    // The columns in SQL that stay behind an operator that chooses its columns: of the order and of the parts.
    private static IEnumerable<string> Hidden(Relation input) => input.Order.Select(key => key.Column).Concat(input.Partition).Distinct();

    private Relation Materialize(Relation relation) =>
        Emit($"SELECT * FROM {relation.Name}", relation.Columns, isMaterialized: true) with { Order = relation.Order, Partition = relation.Partition };

    private Relation Scan(BoundTable table)
    {
        string sqlName = _options.SqlNameOf(table.Name);
        _scanned[sqlName] = table.Name;
        var columns = new Dictionary<ColumnSymbol, string>();
        var selected = new List<string>();
        for (int i = 0; i < table.Schema.Columns.Count; i++)
        {
            string column = NewColumn();
            columns[table.Schema.Columns[i]] = column;
            selected.Add($"c{i} AS {column}");
            if (_options.IsNeverNull(table.Name, i))
            {
                _neverNull.Add(column);
            }

        }

        string list = selected.Count == 0 ? "1" : string.Join(", ", selected);
        return Emit($"SELECT {list} FROM \"{sqlName.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", columns, isMaterialized: false);
    }

    private Relation Datatable(BoundDatatable datatable)
    {
        IReadOnlyList<ColumnSymbol> schema = datatable.Schema.Columns;
        string order = NewColumn();
        string[] names = [.. schema.Select(_ => NewColumn())];
        Dictionary<ColumnSymbol, string> columns = schema.Zip(names).ToDictionary(pair => pair.First, pair => pair.Second);
        string typed = string.Join("", schema.Select((column, i) => $", CAST(v{i} AS {SqlText.TypeName(TypeOf(column))}) AS {names[i]}"));
        var rows = new StringBuilder();
        int count = schema.Count == 0 ? 0 : datatable.Values.Count / schema.Count;
        for (int row = 0; row < count; row++)
        {
            _ = rows.Append(row == 0 ? "(" : ", (").Append(row);
            for (int i = 0; i < schema.Count; i++)
            {
                BoundExpression value = datatable.Values[(row * schema.Count) + i];
                _inCell = true;
                _ = rows.Append(", ").Append(Cell(value, TypeOf(schema[i])));
                _inCell = false;
            }

            _ = rows.Append(')');
        }

        string source = count == 0
            ? $"SELECT 0{string.Concat(schema.Select(_ => ", NULL"))} WHERE false"
            : $"VALUES {rows}";
        string given = string.Concat(schema.Select((_, i) => $", v{i}"));
        return Emit($"SELECT o AS {order}{typed} FROM ({source}) AS v(o{given})", columns) with { Order = [new OrderKey(order)] };
    }

    // A cell takes its column's type; what cannot is null, as it is in Kusto. A negative zero is none there.
    private SqlValue Cell(BoundExpression value, ColumnType type) =>
        value is BoundCall { Name: "-", Type: ColumnType.Real, Arguments: [BoundLiteral { Literal: LiteralExpression zero }] } && ValueOf(zero) is 0.0 ? SqlText.Literal(0.0, ColumnType.Real)
        : value is BoundLiteral { Literal: LiteralExpression literal } && LiteralIsNull(literal) ? SqlText.Null(type) : Converted(Scalar(value), TypeOf(value), type, value.Syntax);
}
