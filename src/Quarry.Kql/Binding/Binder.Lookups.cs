using Quarry.Kql.Diagnostics;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Kql.Syntax.Operators;
using Quarry.Tables;

namespace Quarry.Kql.Binding;

/// <summary>Plugins that are queries of KQL themselves: written here as such, over the rows and the arguments of the call.</summary>
internal sealed partial class Binder
{
    private static readonly Dictionary<string, string> RefusedPlugins = new(StringComparer.Ordinal)
    {
        ["autocluster"] = "its algorithm is not published; summarize count() by the columns of interest, or use Quarry's analyses.",
        ["basket"] = "its algorithm is not published; summarize count() by the columns of interest.",
        ["diffpatterns"] = "its algorithm is not published; summarize count() by the columns of interest for each side.",
        ["diffpatterns_text"] = "its algorithm is not published.",
        ["python"] = "no code of a query is run here.",
        ["R"] = "no code of a query is run here.",
        ["sql_request"] = "queries do not reach over the network.",
        ["mysql_request"] = "queries do not reach over the network.",
        ["postgresql_request"] = "queries do not reach over the network.",
        ["cosmosdb_sql_request"] = "queries do not reach over the network.",
        ["http_request"] = "queries do not reach over the network.",
        ["http_request_post"] = "queries do not reach over the network.",
        ["ai_embeddings"] = "queries do not reach over the network.",
        ["azure_digital_twins_query_request"] = "queries do not reach over the network.",
    };

    private static readonly string[] WrittenPlugins =
    [
        "ipv4_lookup", "ipv6_lookup", "schema_merge", "activity_counts_metrics", "sliding_window_counts", "dcount_intersect", "activity_metrics",
    ];

    // A plugin that is a query: null if it is none of them.
    private BoundRelation? BindWritten(BoundRelation from, EvaluateOperator evaluate) => evaluate.Call.Name.Text switch
    {
        "ipv4_lookup" => BindAddressLookup(from, evaluate, isV4: true),
        "ipv6_lookup" => BindAddressLookup(from, evaluate, isV4: false),
        "schema_merge" => BindSchemaMerge(from, evaluate),
        "dcount_intersect" => BindIntersections(from, evaluate),
        "activity_counts_metrics" => BindActivity(from, evaluate, ["start", "end", "step"], ["count", "dcount", "new_dcount", "aggregated_dcount"], ActivityCounts),
        "sliding_window_counts" => BindActivity(from, evaluate, ["start", "end", "lookback", "step"], ["Count", "dcount"], SlidingCounts),
        "activity_metrics" => BindActivity(
            from, evaluate, ["start", "end", "step"], ["dcount_values", "dcount_newvalues", "retention_rate", "churn_rate"], ActivityMetrics),
        string plugin when RefusedPlugins.TryGetValue(plugin, out string? reason) => NoTable(evaluate.Call, $"The plugin '{plugin}' is not supported: {reason}", DiagnosticKind.Unsupported),
        _ => null,
    };

    // Binds a query of ours over tables and values of theirs. What is wrong with it is wrong with the call.
    private BoundRelation BindText(EvaluateOperator evaluate, string text, params (string Name, object Meaning)[] given)
    {
        var binder = new Binder(_tables, _options);
        foreach ((string name, object meaning) in given)
        {
            binder._scope.Declare(name, meaning);
        }

        SyntaxTree tree = SyntaxTree.Parse(text);
        BoundRelation? result = tree.Diagnostics.Count > 0 ? null : binder.BindStatements(tree.Root.Statements).OfType<BoundRelation>().LastOrDefault();
        IEnumerable<KqlDiagnostic> wrong = tree.Diagnostics.Concat(binder._diagnostics.All);
        return wrong.FirstOrDefault() is { } first ? NoTable(evaluate.Call, $"{evaluate.Call.Name.Text}: {first.Message}")
            : result ?? NoTable(evaluate.Call, $"{evaluate.Call.Name.Text} gives no table.");
    }

    private static BoundStep Renamed(BoundRelation relation, IReadOnlyList<string> names)
    {
        var rename = (ProjectRenameOperator)((QueryExpression)((ExpressionStatement)SyntaxTree.Parse("T | project-rename a = b").Root.Statements[0]).Expression).Operators[0];
        return new BoundStep(rename, relation, [], [], new RowSchema([.. relation.Schema.Columns.Zip(names, (column, name) => new ColumnSymbol(name, column.Type))]));
    }

    private static BoundStep Kept(BoundRelation relation, IEnumerable<ColumnSymbol> columns)
    {
        var keep = (ProjectKeepOperator)((QueryExpression)((ExpressionStatement)SyntaxTree.Parse("T | project-keep a").Root.Statements[0]).Expression).Operators[0];
        return new BoundStep(keep, relation, [], [], new RowSchema([.. columns]));
    }

    private static BoundStep Projected(BoundRelation from, Expression place, IEnumerable<(string Name, BoundExpression Value)> values)
    {
        BoundAssignment[] assignments = [.. values.Select(one => new BoundAssignment(new ColumnSymbol(one.Name, one.Value.Type), one.Value))];
        var project = new ProjectOperator(place.Tokens().First(), new SeparatedList<Expression>([], []));
        return new BoundStep(project, from, assignments, [], new RowSchema([.. assignments.Select(one => one.Column!)]));
    }

    // ipv4_lookup(table, address, network, further keys..., return_unmatched): an address has every network of the table that it is in. The
    // networks of one length are found by a join on their bits.
    private BoundRelation BindAddressLookup(BoundRelation from, EvaluateOperator evaluate, bool isV4)
    {
        Expression[] arguments = [.. evaluate.Call.Arguments];
        bool keepsUnmatched = arguments.Length > 3 && (arguments[^1] is NamedExpression { Name.Text: "return_unmatched" } || BoundTypeOf(arguments[^1]) == ColumnType.Bool);
        Expression? last = keepsUnmatched ? arguments[^1] is NamedExpression named ? named.Value : arguments[^1] : null;
        Expression[] keys = [.. arguments.Skip(1).Take(arguments.Length - 1 - (keepsUnmatched ? 1 : 0))];
        keepsUnmatched = keepsUnmatched && last is LiteralExpression { Token.Text: "true" or "True" };
        if (keys.Length < 2 || keys.Any(key => key is not NameExpression))
        {
            return NoTable(evaluate.Call, $"Expected: {evaluate.Call.Name.Text}(table, column of addresses, column of networks, further columns, return_unmatched = true).");
        }

        BoundRelation table = On(RowSchema.Empty, () => BindTable(arguments[0]));
        string[] names = [.. keys.Select(key => ((NameExpression)key).Name.Text)];
        ColumnSymbol? address = from.Schema.Find(names[0]), network = table.Schema.Find(names[1]);
        string? missing = address is null ? names[0] : network is null ? names[1]
            : names.Skip(2).FirstOrDefault(name => from.Schema.Find(name) is null || table.Schema.Find(name) is null);
        if (missing is not null)
        {
            return NoTable(evaluate.Call, $"There is no column '{missing}' on its side of {evaluate.Call.Name.Text}.", DiagnosticKind.Name);
        }

        const string Row = "quarry_row", Bits = "quarry_bits", Length = "quarry_length";
        string length = isV4 ? "coalesce(ipv4_netmask_suffix(tostring(quarry_network)), -1)" : "iff(quarry_network has '/', tolong(split(quarry_network, '/')[1]) + iff(quarry_network has '.', 96, 0), 128)";
        string bits = isV4 ? "tostring(parse_ipv4(tostring(quarry_network)))" : "parse_ipv6(tostring(quarry_network))";
        string masked = isV4 ? $"tostring(parse_ipv4_mask(tostring(quarry_address), {Length}))" : $"parse_ipv6_mask(tostring(quarry_address), {Length})";
        string further = string.Concat(names.Skip(2).Select(name => $", ['{name.Replace("'", "\\'", StringComparison.Ordinal)}']"));
        BoundStep networks = Projected(table, evaluate.Call, [("quarry_network", new BoundColumn(keys[1], network!)),
            .. table.Schema.Columns.Select(column => (column.Name, (BoundExpression)new BoundColumn(evaluate.Call, column)))]);
        BoundStep rows = Projected(from, evaluate.Call, [("quarry_address", new BoundColumn(keys[0], address!)),
            .. from.Schema.Columns.Select(column => (column.Name, (BoundExpression)new BoundColumn(evaluate.Call, column)))]);
        string text = $"""
            let N = materialize(T | extend {Length} = {length}, {Bits} = {bits} | where isnotempty({Bits}));
            let S = materialize(F | serialize {Row} = row_number());
            let lengths = toscalar(N | summarize make_set({Length}));
            let M = S | project {Row}, quarry_address{further} | extend {Length} = lengths | mv-expand {Length} to typeof(long)
                | extend {Bits} = {masked} | where isnotempty({Bits}) | join kind=inner N on {Length}, {Bits}{further};
            S | join kind={(keepsUnmatched ? "leftouter" : "inner")} M on {Row}
            """;
        BoundRelation matches = BindText(evaluate, text, ("T", networks), ("F", rows));
        if (matches is BoundInput)
        {
            return matches;
        }

        // The columns of the joins: address, own, number; then number, address, further keys, length, bits; then network, own, length, bits.
        int own = from.Schema.Columns.Count;
        string[] shared = names[2..];
        IEnumerable<ColumnSymbol> found = matches.Schema.Columns.Skip(own + 2 + 4 + shared.Length + 1).Take(table.Schema.Columns.Count)
            .Where((_, i) => !shared.Contains(table.Schema.Columns[i].Name));
        string[] resultNames = ResultNames(from.Schema, [.. table.Schema.Columns.Where(column => !shared.Contains(column.Name))]);
        return Renamed(Kept(matches, [.. matches.Schema.Columns.Skip(1).Take(own), .. found]), resultNames);
    }

    private static string[] ResultNames(RowSchema left, IReadOnlyList<ColumnSymbol> right)
    {
        var names = left.Columns.Select(column => column.Name).ToList();
        foreach (ColumnSymbol column in right)
        {
            names.Add(Free(column.Name, names, first: 0));
        }

        return [.. names];
    }

    private static ColumnType? BoundTypeOf(Expression argument) => argument is LiteralExpression literal ? TypeOfLiteral(literal) : null;

    // Schemas put under each other as one: the columns by their first place, or in the order of all of them.
    private BoundRelation BindSchemaMerge(BoundRelation from, EvaluateOperator evaluate)
    {
        string[] wanted = ["ColumnName", "ColumnOrdinal", "DataType", "ColumnType"];
        if (wanted.Any(name => from.Schema.Find(name) is null))
        {
            return NoTable(evaluate.Call, "schema_merge works on what getschema gives.");
        }

        Expression? order = evaluate.Call.Arguments.Count == 0 ? null : evaluate.Call.Arguments[0] is NamedExpression named ? named.Value : evaluate.Call.Arguments[0];
        bool keepsOrder = order is not LiteralExpression { Token.Text: "false" or "False" };
        string conflict = keepsOrder ? "ordinals" : "0";
        return BindText(
            evaluate,
            $"""
            T | summarize ordinals = dcount(ColumnOrdinal), types = dcount(ColumnType), ColumnOrdinal = {(keepsOrder ? "min" : "max")}(ColumnOrdinal), DataType = take_any(DataType), ColumnType = take_any(ColumnType) by ColumnName
            | where assert(types == 1, 'schema_merge: a column has several types.') and assert({conflict} <= 1, 'schema_merge: a column has several places; say PreserveOrder = false.')
            | sort by ColumnOrdinal asc, ColumnName desc | serialize ColumnOrdinal = row_number(0) | project ColumnName, ColumnOrdinal, DataType, ColumnType
            """,
            ("T", from));
    }

    // dcount_intersect(a, b, c): how many values a has; a and b; a, b and c.
    private BoundRelation BindIntersections(BoundRelation from, EvaluateOperator evaluate)
    {
        BoundExpression[] sets = [.. evaluate.Call.Arguments.Select(BindScalar)];
        if (sets.Length == 0)
        {
            return NoTable(evaluate.Call, "dcount_intersect needs columns that hll() gave.");
        }

        BoundStep given = Projected(from, evaluate.Call, sets.Select((set, i) => ($"h{i}", set)));
        IEnumerable<string> counts = sets.Select((_, i) => i == 0 ? "s0 = array_length(h0)" : $"s{i} = array_length(set_intersect({string.Join(", ", Enumerable.Range(0, i + 1).Select(one => $"h{one}"))}))");
        return BindText(evaluate, $"T | project {string.Join(", ", counts)}", ("T", given));
    }

    // plugin(id, time, values..., dimensions...): counts along time. The query calls them id, at and d0, d1, …
    private BoundRelation BindActivity(BoundRelation from, EvaluateOperator evaluate, string[] parameters, string[] results, Func<string, string, string> query)
    {
        SeparatedList<Expression> arguments = evaluate.Call.Arguments;
        if (arguments.Count < 2 + parameters.Length || arguments[1] is not NameExpression)
        {
            return NoTable(evaluate.Call, $"Expected: {evaluate.Call.Name.Text}(id, column of times, {string.Join(", ", parameters)}, further columns).");
        }

        BoundExpression[] bound = [.. arguments.Select(BindScalar)];
        BoundExpression[] dimensions = [.. bound.Skip(2 + parameters.Length)];
        BoundStep rows = Projected(from, evaluate.Call, [("id", bound[0]), ("at", bound[1]), .. dimensions.Select((dimension, i) => ($"d{i}", dimension))]);
        (string, object)[] values = [.. parameters.Select((name, i) => ($"v_{name}", (object)bound[2 + i]))];
        string by = string.Concat(dimensions.Select((_, i) => $", d{i}"));
        string restart = dimensions.Length == 0 ? "false" : string.Join(" or ", dimensions.Select((_, i) => $"d{i} != prev(d{i})"));
        BoundRelation counted = BindText(evaluate, query(by, restart), [("T", rows), .. values]);
        string[] names = [((NameExpression)arguments[1]).Name.Text, .. dimensions.Select((dimension, i) => ColumnNames.Of(arguments[2 + parameters.Length + i], false)), .. results];
        return counted is BoundInput ? counted : Renamed(counted, names);
    }

    private static string ActivityCounts(string by, string restart) => $"""
        let F = materialize(T | where at between (v_start .. v_end) | extend at = bin_at(at, v_step, v_start));
        let N = F | summarize at = min(at) by id{by} | summarize news = count() by at{by};
        F | summarize counted = count(), ids = dcount(id) by at{by}
        | join kind=leftouter N on at{by} | extend news = coalesce(news, 0)
        | sort by {(by.Length == 0 ? "" : by[2..] + ", ").Replace(",", " asc,", StringComparison.Ordinal)}at asc
        | extend total = row_cumsum(news, {restart})
        | project at{by}, counted, ids, news, total
        """;

    private static string SlidingCounts(string by, string restart) => $"""
        T | where at between (v_start .. v_end) | extend at = bin_at(at, v_step, v_start)
        | extend bins = range(at, min_of(at + v_lookback - v_step, v_end), v_step)
        | mv-expand bins to typeof(datetime)
        | summarize counted = count(), ids = dcount(id) by bins{by}
        | sort by bins asc | project bins{by}, counted, ids
        """;

    private static string ActivityMetrics(string by, string restart) => $"""
        let F = materialize(T | where at between (v_start .. v_end) | summarize by id, at = bin_at(at, v_step, v_start){by});
        let N = F | summarize at = min(at) by id{by} | summarize news = count() by at{by};
        let K = F | join kind=inner (F | extend at = at + v_step) on id, at{by} | summarize stay = count() by at{by};
        let B = F | extend at = at + v_step | summarize were = count() by at{by};
        F | summarize ids = count() by at{by}
        | join kind=leftouter N on at{by} | join kind=leftouter K on at{by} | join kind=leftouter B on at{by}
        | extend rate = todouble(coalesce(stay, 0)) / coalesce(were, 0)
        | sort by at asc | project at{by}, ids, news = coalesce(news, 0), rate, churn = 1 - rate
        """;
}
