using System.Globalization;
using System.Text;
using Quarry.Data.Kql;
using Quarry.Kql.Lowering;
using Quarry.Tables;

namespace Quarry.Data.Tests.Kql;

/// <summary>Texts of queries and data that want to be SQL: none gets into a statement but as a literal, and each comes back as it was.</summary>
public sealed class HostileTextTests
{
    // In each of the texts. Nothing that the lowering writes is called so.
    private const string Mark = "zq9";

    private static readonly string[] Texts =
    [
        "zq9' OR 1=1 --", "zq9''", "zq9\"; DROP TABLE t1; --", "zq9\\", "zq9\\'", "zq9\0zq9", "\0", "zq9$$zq9$$", "$zq9$'$zq9$", "zq9/*", "*/zq9", "--zq9\nzq9", ";zq9",
        "zq9'); CALL enable_logging(); --", "zq9' || (SELECT 1) || '", "E'zq9\\''", "zq9\u202E\u2066txt", "zq9\uFEFF\u00A0", "zq9\uD83D\uDE00", "zq9%_[]", "zq9?$1:zq9",
        "zq9\r\n'zq9", "zq9\u2019\uFF07\u02BC", "x'zq9'", "zq9`zq9`", "", "'", "\"", "\\", "zq9\u0001\u001B[2J",
    ];

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Texts.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public async Task A_text_is_a_literal_wherever_it_stands(int index)
    {
        string text = Texts[index];
        using KqlDatabase database = Database(text);
        string literal = Quoted(text);
        foreach (string query in new[]
        {
            $"print v = {literal}",
            $"T | where v == {literal} | project v",
            $"T | where v in ({literal}, 'other') and v in~ ({literal}) | project v",
            $"T | where v startswith {literal} and v endswith {literal} and v contains {literal} | project v",
            $"datatable(v:string)[{literal}]",
            $"print d = dynamic({{ {literal}: {literal} }}) | project v = tostring(d[{literal}])",
            $"print v = tostring(bag_pack({literal}, {literal})[{literal}])",
            $"print v = tostring(parse_json(tostring(pack_array({literal})))[0])",
            $"print v = strcat({literal}, '')",
            $"T | summarize v = make_list(v) | project v = tostring(v[0])",
            $"T | lookup (datatable(v:string, w:string)[{literal}, {literal}]) on v | project v = w",
            $"let x = {literal}; let f = (a:string) {{ a }}; print v = f(x)",
            $"T | extend w = iff(v == {literal}, {literal}, '') | project v = w",
        })
        {
            await Gives(database, query, text);
        }
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public async Task A_name_is_not_in_the_statement(int index)
    {
        string text = Texts[index];
        if (text.Length == 0)
        {
            return;
        }

        using KqlDatabase database = Database(text);
        string name = $"[{Quoted(text)}]";
        foreach (string query in new[]
        {
            $"{name} | project v = {name}",
            $"T | project {name} = v | where {name} != 'other' | summarize {name} = take_any({name}) | project v = {name}",
            $"let {name} = T; {name} | project v",
            $"T | as {name} | project v",
            $"T | mv-expand {name} = pack_array(v) to typeof(string) | project v = {name}",
            $"T | join kind=inner (T | project {name} = v) on $left.v == $right.{name} | project v = {name}",
            $"print d = bag_pack({Quoted(text)}, {Quoted(text)}) | evaluate bag_unpack(d) | project v = {name}",
            $"{name} | evaluate pivot({name}) | project v = {Quoted(text)}",
            $"T | extend {name} = v | project pack_all() | project v = tostring(Column1[{Quoted(text)}])",
            $"union withsource={name} {name}, T | take 0 | count | project v = {Quoted(text)}",
            $"{name} | render timechart with (title={Quoted(text)}) | project v = {Quoted(text)}",
        })
        {
            await Gives(database, query, text);
        }
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public async Task Patterns_and_parameters_stay_what_they_are(int index)
    {
        string text = Texts[index];
        using KqlDatabase database = Database(text);
        await Gives(database, $"print s = strcat('a', {Quoted(text + "!")}, 'b') | parse s with 'a' {Quoted(text + "!")} rest | project v = iff(rest == 'b', {Quoted(text)}, 'no')", text);
        await Gives(database, $"print s = {Quoted(text)} | project v = replace_string(s, 'no such text', {Quoted(text)})", text);
        await Gives(database, $"print v = iff({Quoted(text)} matches regex strcat('^', regex_quote({Quoted(text)}), '$'), {Quoted(text)}, 'no')", text);
        await Gives(database, "declare query_parameters(p:string); print v = p", text, new() { ["p"] = text });
        await Should.ThrowAsync<KqlException>(() => database.QueryAsync($"_GetWatchlist({Quoted(text)})", cancellation: TestContext.Current.CancellationToken));
        await Should.ThrowAsync<KqlException>(() => database.QueryAsync($"table({Quoted(text + "?")})", cancellation: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_megabyte_of_quotes_is_a_text()
    {
        string text = string.Concat(Enumerable.Repeat("'\"\\;", 1 << 18));
        using KqlDatabase database = Database(text);
        await Gives(database, $"print v = @'{text.Replace("'", "''", StringComparison.Ordinal)}'", text);
        await Gives(database, "T | project v", text);
    }

    [Fact]
    public async Task Half_a_surrogate_becomes_the_sign_for_what_is_no_character()
    {
        using KqlDatabase database = Database("x");
        await Gives(database, "print v = 'zq9\uD83Dx\uDE00'", "zq9\uFFFDx\uFFFD");
    }

    private static KqlDatabase Database(string text)
    {
        KqlDatabase database = KqlDatabase.Create(new KqlDatabaseOptions { Threads = 1, Timeout = TimeSpan.FromSeconds(60) });
        database.AddTable("T", new TableBuilder(("v", ColumnType.String)).AddRow(text).Build());
        if (text is { Length: > 0 and < 1000 })
        {
            database.AddTable(text, new TableBuilder((text, ColumnType.String)).AddRow(text).Build());
        }

        return database;
    }

    private static async Task Gives(KqlDatabase database, string query, string expected, Dictionary<string, object?>? parameters = null)
    {
        KqlQuery prepared = database.Prepare(query);
        using (QueryPlan plan = prepared.Plan(new KqlRunOptions { Parameters = parameters ?? new Dictionary<string, object?>() }, TestContext.Current.CancellationToken))
        {
            foreach (LoweredQuery lowered in plan.Queries)
            {
                Outside(lowered.Sql).ShouldNotContain(Mark, Case.Insensitive);
            }
        }

        Table table = (await prepared.RunAsync(parameters, TestContext.Current.CancellationToken)).Table;
        table["v"].GetValue(0).ShouldBe(expected, query);
    }

    // What of a statement is outside its literals; it must be of the few signs that the lowering writes.
    private static string Outside(string sql)
    {
        var outside = new StringBuilder();
        for (int at = 0; at < sql.Length; at++)
        {
            if (sql[at] != '\'')
            {
                outside.Append(sql[at]);
                continue;
            }

            for (at++; sql[at] != '\'' || (at + 1 < sql.Length && sql[at + 1] == '\''); at++)
            {
                sql[at].ShouldNotBe('\0');
                at += sql[at] == '\'' ? 1 : 0;
            }
        }

        string rest = outside.ToString();
        rest.Where(sign => !char.IsAsciiLetterOrDigit(sign) && !" \n_(),.*+-/%<>=!:[]|\"".Contains(sign, StringComparison.Ordinal)).ShouldBeEmpty(rest);
        rest.ShouldNotContain("--");
        rest.ShouldNotContain("/*");
        string[] quoted = rest.Split('"');
        (quoted.Length % 2).ShouldBe(1);
        quoted.Where((_, i) => i % 2 == 1).Where(name => !(name[0] == 't' && name.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0)).ShouldBeEmpty();
        return rest;
    }

    private static string Quoted(string text) =>
        "\"" + string.Concat(text.Select(sign => char.IsAsciiLetterOrDigit(sign) ? sign.ToString() : "\\u" + ((int)sign).ToString("x4", CultureInfo.InvariantCulture))) + "\"";
}
