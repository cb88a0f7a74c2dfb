using System.Text;
using Quarry.Data.Kql;
using Quarry.Data.Tests.Files;
using Quarry.Kql.Symbols;
using Quarry.Tables;

namespace Quarry.Data.Tests.Kql;

/// <summary>What of KQL runs and what is refused and why, found out by trying: a query a line, a call for each form of a function.</summary>
internal static class SupportMatrix
{
    // Calls whose arguments are to be literals of a certain kind.
    private static readonly Dictionary<string, string> Calls = new(StringComparer.Ordinal)
    {
        ["datetime_diff"] = "datetime_diff('day', t, t)",
        ["datetime_add"] = "datetime_add('day', 1, t)",
        ["datetime_part"] = "datetime_part('day', t)",
        ["datepart"] = "datepart('day', t)",
        ["column_ifexists"] = "column_ifexists('l', 1)",
        ["columnifexists"] = "columnifexists('l', 1)",
        ["extract"] = "extract('(a)', 1, s, typeof(long))",
        ["extract_json"] = "extract_json('$.a', s, typeof(long))",
        ["extractjson"] = "extractjson('$.a', s, typeof(long))",
        ["case"] = "case(b, 1, 2)",
        ["iff"] = "iff(b, 1, 2)",
        ["iif"] = "iif(b, 1, 2)",
        ["format_datetime"] = "format_datetime(t, 'yyyy-MM-dd')",
        ["format_timespan"] = "format_timespan(ts, 'hh:mm')",
        ["prev"] = "prev(l, 1, 0)",
        ["next"] = "next(l, 1, 0)",
        ["row_cumsum"] = "row_cumsum(l, b)",
        ["row_number"] = "row_number(1, b)",
        ["row_rank"] = "row_rank(l)",
        ["row_rank_dense"] = "row_rank_dense(l)",
        ["row_rank_min"] = "row_rank_min(l)",
        ["row_window_session"] = "row_window_session(t, 1h, 5m)",
        ["parse_command_line"] = "parse_command_line(s, 'windows')",
        ["replace_strings"] = "replace_strings(s, dynamic(['a']), dynamic(['b']))",
        ["parse_user_agent"] = "parse_user_agent(s, 'browser')",
        ["percentile"] = "percentile(l, 50)",
        ["percentiles"] = "percentiles(l, 50, 90)",
        ["percentiles_array"] = "percentiles_array(l, 50, 90)",
        ["percentilew"] = "percentilew(l, l, 50)",
        ["percentilesw"] = "percentilesw(l, l, 50, 90)",
        ["percentilesw_array"] = "percentilesw_array(l, l, 50, 90)",
        ["bin_auto"] = "bin_auto(l)",
        ["hash_many"] = "hash_many(s, l)",
        ["ingestion_time"] = "ingestion_time()",
        ["toscalar"] = "toscalar(T | count)",
        ["bag_pack"] = "bag_pack('a', l)",
        ["pack"] = "pack('a', l)",
        ["pack_dictionary"] = "pack_dictionary('a', l)",
        ["bag_pack_columns"] = "bag_pack_columns(l, s)",
        ["convert_length"] = "convert_length(r, 'm', 'cm')",
        ["convert_mass"] = "convert_mass(r, 'kg', 'g')",
        ["convert_force"] = "convert_force(r, 'N', 'kN')",
        ["convert_speed"] = "convert_speed(r, 'm/s', 'km/h')",
        ["jaccard_index"] = "jaccard_index(d, d)",
        ["series_fill_const"] = "series_fill_const(d, 0)",
        ["parse_version"] = "parse_version(s) < parse_version('1.2')",
        ["assert"] = "assert(1 > 0, 'text')",
        ["make_list_with_nulls"] = "make_list_with_nulls(l)",
    };

    private static readonly (string What, string Query)[] Operators =
    [
        ("`let` value", "let x = 1; print x"), ("`let` table", "let X = T | take 1; X"), ("`let` function", "let f = (a:long) { a + 1 }; print f(1)"),
        ("`let` function with default", "let f = (a:long, b:long = 2) { a + b }; print f(1)"), ("`let` function of a table", "let f = (X:(l:long)) { X | count }; f(T)"),
        ("`let` view", "let V = view () { T }; union V"), ("`declare query_parameters`", "declare query_parameters(p:long = 1); print p"), ("`set`", "set notruncation; T"),
        ("`declare pattern`", "declare pattern P = (a:string) { ('x') = { T }; }; P('x')"), ("`alias`", "alias database D = cluster('c').database('d'); T"), ("`restrict`", "restrict access to (T); T"),
        ("several results", "T; T | count"), ("`as`", "T | as X | where l > toscalar(X | count)"), ("`assert-schema`", "print a = 1 | assert-schema (a:long)"), ("`consume`", "T | consume"), ("`count`", "T | count"),
        ("`count as`", "T | count as n"),
        ("`datatable`", "datatable(a:long)[1]"), ("`distinct`", "T | distinct l, s"), ("`distinct *`", "T | project l | distinct *"), ("`evaluate bag_unpack`", "T | evaluate bag_unpack(d)"),
        ("`evaluate bag_unpack` with schema", "T | project d | evaluate bag_unpack(d) : (a:long)"), ("`evaluate pivot`", "T | evaluate pivot(s, count())"), ("`evaluate narrow`", "T | evaluate narrow()"),
        ("`evaluate ipv4_lookup`", "T | evaluate ipv4_lookup((print n = '10.0.0.0/8'), s, n)"), ("`evaluate ipv6_lookup`", "T | evaluate ipv6_lookup((print n = '::/8'), s, n)"),
        ("`evaluate autocluster`", "T | evaluate autocluster()"), ("`evaluate basket`", "T | evaluate basket()"), ("`evaluate diffpatterns`", "T | evaluate diffpatterns(s, 'a', 'b')"),
        ("`evaluate activity_counts_metrics`", "T | evaluate activity_counts_metrics(l, t, ago(7d), now(), 1d)"), ("`evaluate sequence_detect`", "T | evaluate sequence_detect(t, 1h, 1h, a = b, c = b, s)"),
        ("`evaluate sliding_window_counts`", "T | evaluate sliding_window_counts(l, t, ago(7d), now(), 1d, 1d)"), ("`evaluate rolling_percentile`", "T | evaluate rolling_percentile(l, 50, t, 1d, 7)"),
        ("`evaluate geo…`, `http_request`, `sql_request`, `python`, `R`", "evaluate http_request('https://x.example')"),
        ("`extend`", "T | extend x = l + 1"), ("`extend (a, b) = …`", "T | summarize (a, b) = arg_max(t, l)"), ("`externaldata`", "externaldata(a:string)['https://x.example/y.csv']"), ("`facet`", "T | facet by s"),
        ("`find`", "find in (T) where s has 'a' project s"), ("`find` without `project`", "find in (T) where s has 'a'"), ("`fork`", "T | fork (count) (take 1)"), ("`getschema`", "T | getschema"), ("`invoke`", "let f = (X:(*)) { X | count }; T | invoke f()"),
        .. new[] { "innerunique", "inner", "leftouter", "rightouter", "fullouter", "leftsemi", "leftanti", "leftantisemi", "anti", "rightsemi", "rightanti", "rightantisemi" }.Select(kind => ($"`join kind={kind}`", $"T | join kind={kind} (T) on l")),
        ("`join` on `$left.a == $right.b`", "T | join (T) on $left.l == $right.i2"), ("`join` hints", "T | join hint.strategy=shuffle hint.shufflekey=l (T) on l"), ("`lookup`", "T | lookup (T) on l"), ("`lookup kind=inner`", "T | lookup kind=inner (T) on l"),
        ("`make-series from to step`", "T | make-series count() default=0 on t from ago(1d) to now() step 1h by s"), ("`make-series` without bounds", "T | make-series avg(l) on t step 1h"), ("`make-series in range`", "T | make-series count() on t in range(ago(1d), now(), 1h)"),
        ("`mv-expand`", "T | mv-expand d"), ("`mv-expand to typeof`", "T | mv-expand d to typeof(long)"), ("`mv-expand` several", "T | mv-expand d, x = d.a"), ("`mv-expand bagexpansion=array`", "T | mv-expand bagexpansion=array d"),
        ("`mv-expand with_itemindex`", "T | mv-expand with_itemindex=n d"), ("`mv-expand limit`", "T | mv-expand d limit 5"), ("`mvexpand`", "T | mvexpand d"), ("`mv-apply`", "T | mv-apply x = d on (where x > 1 | summarize n = count())"), ("`mv-apply` in `mv-apply`", "T | mv-apply x = d on (mv-apply y = x on (take 1))"),
        ("`order by`, `sort by`", "T | order by l asc nulls last, s"), ("`parse`", "T | parse s with * 'a' x:long ' ' *"), ("`parse kind=regex`", "T | parse kind=regex s with 'a' x '[0-9]'"), ("`parse kind=relaxed`", "T | parse kind=relaxed s with 'a' x:long"),
        ("`parse flags=`", "T | parse kind=regex flags=Ui s with 'a' x 'b'"), ("`parse-where`", "T | parse-where s with 'a' x"), ("`parse-kv`", "T | parse-kv s as (a:long) with (pair_delimiter=',', kv_delimiter='=')"), ("`parse-kv` with regex", "T | parse-kv s as (a:long) with (regex='(a)=(b)')"),
        ("`partition`", "T | partition by s (top 1 by l)"), ("`partition hint.strategy=native`", "T | partition hint.strategy=native by s (take 1)"), ("`partition` with `{ }`", "T | partition by s { T | take 1 }"), ("`print`", "print 1, a = 2"), ("`project`", "T | project l, x = s"),
        ("`project-away`, wildcards", "T | project-away l, s*"), ("`project-keep`", "T | project-keep l, s*"), ("`project-rename`", "T | project-rename x = l"), ("`project-reorder`", "T | project-reorder s, * asc"), ("`project-by-names`", "T | project-by-names dynamic(['l'])"),
        ("`range`", "range x from 1 to 3 step 1"), ("`reduce`", "T | reduce by s"), ("`render`", "T | render timechart with (title='x')"), ("`sample`", "T | sample 1"), ("`sample-distinct`", "T | sample-distinct 1 of s"),
        ("`scan`", "T | sort by t asc | scan declare (n:long = 0) with (step a: true => n = a.n + 1;)"), ("`search`", "search in (T) 'a'"), ("`search` of all tables", "search 'a'"), ("`search kind=case_sensitive`", "search kind=case_sensitive in (T) 'a'"), ("`search` of a column", "T | search s:'a'"),
        ("`serialize`", "T | serialize n = row_number()"), ("`summarize`", "T | summarize count() by bin(t, 1h), s"), ("`summarize` without aggregates", "T | summarize by s"), ("`summarize` hints", "T | summarize hint.strategy=shuffle count() by s"), ("`take`, `limit`", "T | take 1"),
        ("`top`", "T | top 5 by l desc nulls last"), ("`top-hitters`", "T | top-hitters 2 of s"), ("`top-nested`", "T | top-nested 2 of s by count(), top-nested 1 of l by sum(l)"), ("`top-nested with others`", "T | top-nested 2 of s with others='rest' by count()"),
        ("`union`", "union T, T"), ("`union kind=inner withsource=`", "union kind=inner withsource=x T, T"), ("`union isfuzzy=true`", "union isfuzzy=true T, NoTable, (NoOther | where a > 1)"), ("`union` of wildcards", "union T*"), ("`where`", "T | where l > 1 and s has 'a'"), ("`where * has`", "T | where * has 'a'"),
        ("`make-graph`, `graph-match`", "T | make-graph l --> i2"), ("`materialize`", "let X = materialize(T); union X, X"), ("`toscalar`", "print toscalar(T | count)"), ("`totable`", "totable(T)"), ("`table('…')`", "table('T')"), ("`_GetWatchlist`", "_GetWatchlist('list')"),
        ("`cluster('…').database('…')`", "cluster('c').database('d').T"), ("`workspace('…')`", "workspace('w').T"), ("`arg('')`", "arg('').Resources"),
    ];

    /// <summary>The page.</summary>
    public static string Text()
    {
        using var scratch = new Scratch();
        scratch.Write("list.csv", "SearchKey\nx\n");
        using KqlDatabase database = KqlDatabase.Create(new KqlDatabaseOptions { Threads = 1, WatchlistFolder = scratch.Folder });
        database.AddTable("T", new TableBuilder(
            ("l", ColumnType.Long), ("i2", ColumnType.Long), ("i", ColumnType.Int), ("r", ColumnType.Real), ("m", ColumnType.Decimal), ("s", ColumnType.String), ("b", ColumnType.Bool), ("t", ColumnType.DateTime),
            ("ts", ColumnType.TimeSpan), ("g", ColumnType.Guid), ("d", ColumnType.Dynamic), ("Timestamp", ColumnType.DateTime)).Build());
        var page = new StringBuilder("""
            # What of KQL runs

            Found out by trying each of them; `SupportMatrixTests` holds this page to the code and writes it (`QUARRY_WRITE_DOCS=1`). What is not here or says no is
            refused with a message at its place in the query, before anything runs.


            """);
        var operators = Operators.Select(one => (one.What, Complaint(database, one.Query))).ToList();
        Table(page, "Statements, sources and operators", "What", [.. operators.Select(one => ($"{one.What}", one.Item2 is null ? "yes" : "no", one.Item2 ?? ""))]);
        Table(page, "Functions", "Function", [.. FunctionCatalogue.Functions.Values.OrderBy(function => function.Name, StringComparer.Ordinal).Select(function => Row(database, function, "T | serialize | extend x = "))]);
        Table(page, "Aggregates", "Aggregate", [.. FunctionCatalogue.Aggregates.Values.OrderBy(function => function.Name, StringComparer.Ordinal).Select(function => Row(database, function, "T | summarize x = "))]);
        return page.ToString().ReplaceLineEndings("\n");
    }

    private static void Table(StringBuilder page, string title, string first, IReadOnlyList<(string What, string Runs, string Why)> rows)
    {
        page.Append("## ").Append(title).Append("\n\n").Append(rows.Count(row => row.Runs != "no")).Append(" of ").Append(rows.Count).Append(" run.\n\n| ").Append(first).Append(" | Runs | Why not |\n|---|---|---|\n");
        foreach ((string what, string runs, string why) in rows)
        {
            page.Append("| ").Append(what).Append(" | ").Append(runs).Append(" | ").Append(why.Replace("|", "\\|", StringComparison.Ordinal)).Append(" |\n");
        }

        page.Append('\n');
    }

    private static (string What, string Runs, string Why) Row(KqlDatabase database, FunctionSymbol function, string before)
    {
        List<string?> complaints = Calls.TryGetValue(function.Name, out string? call)
            ? [Complaint(database, before + call)]
            : [.. function.Signatures.Select(signature => Complaint(database, before, function.Name, signature))];
        string? why = complaints.OfType<string>().FirstOrDefault();
        return ($"`{function.Name}`", why is null ? "yes" : complaints.Exists(complaint => complaint is null) ? "partly" : "no", why ?? "");
    }

    // A form runs if it does with arguments of one of the types that it takes.
    private static string? Complaint(KqlDatabase database, string before, string name, Signature signature)
    {
        string? first = null;
        foreach (int variant in Enumerable.Range(0, 3))
        {
            IEnumerable<string> arguments = signature.Parameters.Where(parameter => !parameter.IsOptional).Select(parameter => Argument(parameter.Kind, variant));
            if (Complaint(database, $"{before}{name}({string.Join(", ", arguments)})") is not { } complaint)
            {
                return null;
            }

            first ??= complaint;
        }

        return first;
    }

    private static string Argument(string kind, int variant) => kind switch
    {
        "string" => "s",
        "StringOrDynamic" or "StringOrArray" => variant == 0 ? "s" : "d",
        "int" => "i",
        "long" or "Integer" or "Number" or "NumberOrBool" or "Summable" => variant == 0 ? "l" : "1",
        "IntegerOrArray" => variant == 0 ? "l" : "d",
        "real" => "r",
        "decimal" => "m",
        "bool" => "b",
        "datetime" => "t",
        "timespan" => "ts",
        "guid" => "g",
        "dynamic" or "DynamicArray" or "DynamicBag" => "d",
        "type" => "typeof(long)",
        _ => variant switch { 0 => "l", 1 => "s", _ => "d" },
    };

    private static string? Complaint(KqlDatabase database, string query)
    {
        try
        {
            _ = database.Prepare(query);
            return null;
        }
        catch (KqlException error)
        {
            return error.Diagnostics.Count > 0 ? error.Diagnostics[0].Message : error.Message;
        }
    }
}
