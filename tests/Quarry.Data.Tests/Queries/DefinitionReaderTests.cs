using System.Text;
using Quarry.Data.Queries;
using Quarry.Data.Queries.Reading;

namespace Quarry.Data.Tests.Queries;

public sealed class DefinitionReaderTests
{
    private const string Right = """
        metadata:
          version: 1
          description: Mine
          data_environments: [MSSentinel]
          data_families: [WindowsSecurity, Mine.Logons]
          tags: ['a', b]
          aliases:
            - &project '| project TimeGenerated,
                Computer'
            - &base '
                {table}
                $<condition>$
                | where TimeGenerated >= datetime({start})
                {query_project}
                {add_query_items}'
        defaults:
          metadata:
            data_source: 'events'
          parameters:
            table:
              description: Table name
              type: str
              default: SecurityEvent | where EventID == 4624
            start:
              description: Query start time
              type: datetime
            add_query_items:
              description: More
              type: str
              default: ''
            unused:
              description: Not taken
              type: list
        sources:
          by_host:
            description: By host
            metadata:
            args:
              query: *base
              uri: None
            parameters:
              host_name:
                description: Host
                type: str
                aliases: [hostname]
              query_project:
                description: Columns
                type: str
                default: *project
            query_macros:
              condition:
                description: Which
                value: '| where Computer has "{host_name}"'
          by_ids:
            metadata:
              data_families: Other
            args:
              query: ' {table} | where EventID in ({ids}) and Bag has "{{{host}}}" '
            parameters:
              ids:
                type: list
                default: [1, 'two']
              host:
                type: str
                default:
        """;

    [Fact]
    public void Reads_defaults_families_anchors_and_macros()
    {
        DefinitionFile file = DefinitionFile.Read("mine.yaml", Right, isShipped: false);

        file.Problems.ShouldBeEmpty();
        QueryDefinition[] definitions = [.. file.Definitions];
        definitions.Select(one => one.FullName).ShouldBe(["WindowsSecurity.by_host", "Other.by_ids"]);
        definitions[0].Aliases.ShouldBe(["Mine.Logons.by_host"]);
        definitions[0].Parameters.Select(one => one.Name).ShouldBe(["host_name", "start", "table", "query_project", "add_query_items"], ignoreOrder: true);
        definitions[0].Parameters.Where(one => one.IsRequired).Select(one => one.Name).ShouldBe(["host_name", "start"], ignoreOrder: true);
        definitions[0].Parameters.First(one => one.Name == "add_query_items").Type.ShouldBe(QueryParameterType.Fragment);
        definitions[0].Tags.ShouldBe(["a", "b"]);
        string query = definitions[0].Build(new Dictionary<string, object?> { ["hostname"] = "a\"b", ["start"] = "2026-03-01" }).Text;
        query.ShouldBe("SecurityEvent | where EventID == 4624 | where Computer has 'a\\\"b' | where TimeGenerated >= datetime(2026-03-01T00:00:00Z) | project TimeGenerated, Computer");
    }

    [Fact]
    public void Reads_lists_and_braces_and_takes_nothing_for_no_default()
    {
        QueryDefinition definition = DefinitionFile.Read("mine.yaml", Right, isShipped: false).Definitions[1];

        definition.Parameters.First(one => one.Name == "host").IsRequired.ShouldBeTrue();
        definition.Build(new Dictionary<string, object?> { ["host"] = "x" }).Text
            .ShouldBe("SecurityEvent | where EventID == 4624 | where EventID in ('1', 'two') and Bag has '{x}'");
        definition.Build(new Dictionary<string, object?> { ["host"] = "x", ["ids"] = new object[] { 1, "b,c" } }).Text.ShouldContain("in (1, 'b,c')");
        definition.Build(new Dictionary<string, object?> { ["host"] = "x", ["ids"] = "a, b" }).Text.ShouldContain("in ('a', 'b')");
    }

    [Fact]
    public void A_raw_name_is_a_piece_of_query_only_in_the_users_own_definitions()
    {
        const string Text = "metadata:\n  data_families: [A]\nsources:\n  q:\n    args:\n      query: 'T {where_clause}'\n    parameters:\n      where_clause:\n        type: str\n        default: ''\n";
        var values = new Dictionary<string, object?> { ["where_clause"] = "| take 5" };

        DefinitionFile.Read("a", Text, isShipped: false).Definitions[0].Build(values).Text.ShouldBe("T | take 5");
        Should.Throw<QuarryException>(() => DefinitionFile.Read("a", Text, isShipped: true).Definitions[0].Build(values)).Message.ShouldContain("type kql");
    }

    [Theory]
    [InlineData("x", 1, "The file")]
    [InlineData("", 1, "empty")]
    [InlineData("metadata:\n  data_families: [A]\n", 1, "sources")]
    [InlineData("sources:\n\tq: 1\n", 2, "YAML")]
    [InlineData("sources:\n  q: 1\n", 2, "'q'")]
    [InlineData("sources:\n  q:\n    args:\n      query: T\n", 2, "no family")]
    [InlineData("metadata:\n  data_families: [A]\nsources:\n  q:\n    description: x\n", 4, "no args")]
    [InlineData("metadata:\n  data_families: [A]\nsources:\n  q:\n    args:\n      uri: x\n", 6, "no text")]
    [InlineData("metadata:\n  data_families: [A]\nsources:\n  q:\n    args:\n      query: 'T | where a == {b}'\n", 6, "{b}")]
    [InlineData("metadata:\n  data_families: [A]\nsources:\n  q:\n    args:\n      query: |\n        T\n        | where a == {b}\n", 8, "{b}")]
    [InlineData("metadata:\n  data_families: [A]\nsources:\n  q:\n    args:\n      query: |\n        T\n        | where a == \"b\n        | take 1\n", 8, "not closed")]
    [InlineData("metadata:\n  data_families: [A]\nsources:\n  q:\n    args:\n      query: 'T }'\n", 6, "}}")]
    [InlineData("metadata:\n  data_families: [A]\nsources:\n  q:\n    args:\n      query: 'T {'\n", 6, "{{")]
    [InlineData("metadata:\n  data_families: [A]\nsources:\n  q:\n    args:\n      query: 'T {a!r}'\n", 6, "{{")]
    [InlineData("metadata:\n  data_families: [A]\nsources:\n  q:\n    args:\n      query: 'T {a}'\n    parameters:\n      a:\n        type: dattime\n", 9, "Did you mean datetime?")]
    [InlineData("metadata:\n  data_families: [A]\nsources:\n  q:\n    args:\n      query: 'T {a}'\n    parameters:\n      a:\n        type: datetime\n        default: soon\n", 8, "soon")]
    [InlineData("metadata:\n  data_families: [A]\nsources:\n  q:\n    args:\n      query: 'T {a}'\n    parameters:\n      a:\n        format: '{:>10}'\n", 9, "format")]
    [InlineData("metadata:\n  data_families: [A]\nsources:\n  q:\n    args:\n      query: 'T'\n  q:\n    args:\n      query: 'U'\n", 7, "twice")]
    [InlineData("metadata:\n  data_families: [A]\nsources:\n  'q r':\n    args:\n      query: 'T'\n", 4, "no name")]
    [InlineData("metadata:\n  data_families: ['A B']\nsources:\n  q:\n    args:\n      query: 'T'\n", 2, "family")]
    [InlineData("metadata:\n  data_families: {a: b}\nsources:\n  q:\n    args:\n      query: 'T'\n", 2, "list of texts")]
    [InlineData("metadata:\n  data_families: [A]\nsources:\n  q:\n    args:\n      query: *nothing\n", 6, "anchor")]
    [InlineData("metadata: &a\n  b: *a\n", 2, "anchor")]
    [InlineData("metadata: 1\n---\nsources: 2\n", 2, "second document")]
    [InlineData("? [a]\n: b\n", 1, "key is a text")]
    public void Says_what_is_wrong_and_in_which_line(string text, int line, string message)
    {
        DefinitionFile file = DefinitionFile.Read("bad.yaml", text, isShipped: false);

        file.Definitions.ShouldBeEmpty();
        file.Problems.ShouldContain(one => one.Line == line && one.Message.Contains(message, StringComparison.Ordinal), string.Join('\n', file.Problems));
        file.Problems[0].ToString().ShouldStartWith("bad.yaml:");
    }

    [Fact]
    public void Says_all_that_is_wrong()
    {
        const string Text = "metadata:\n  data_families: [A]\nsources:\n  q:\n    args:\n      query: 'T {a} {b}'\n  r:\n    args:\n      query: 'T {c}'\n";

        DefinitionFile.Read("bad.yaml", Text, isShipped: false).Problems.Select(one => one.Line).ShouldBe([6, 6, 9]);
    }

    [Fact]
    public void Leaves_out_what_is_no_KQL_and_says_so()
    {
        const string Text = "metadata:\n  data_environments: [Splunk]\n  data_families: [A]\nsources:\n  q:\n    args:\n      query: 'search index={index} \"'\n";

        DefinitionFile file = DefinitionFile.Read("splunk.yaml", Text, isShipped: false);

        file.Problems.ShouldBeEmpty();
        file.Definitions.ShouldBeEmpty();
        file.Remarks.ShouldHaveSingleItem().ShouldContain("Splunk");
    }

    public static TheoryData<string, string> Hostile => new()
    {
        { "deep flow", "sources: " + new string('[', 1_000_000) },
        { "deep maps", "sources: " + string.Concat(Enumerable.Repeat("{a: ", 200_000)) },
        { "deep blocks", string.Concat(Enumerable.Range(0, 1200).Select(i => new string(' ', i) + "a:\n")) },
        { "many items", "sources: [" + string.Concat(Enumerable.Repeat("a,", 500_000)) + "]" },
        { "aliases of aliases", Laughs() },
        { "merges of merges", Merges() },
        { "macros of macros", Macros() },
        { "one long key", new string('k', 1_900_000) + ": 1" },
        { "an unclosed quote", "sources: '" + new string('x', 1_900_000) },
        { "many anchors", string.Concat(Enumerable.Range(0, 60_000).Select(i => $"k{i}: &a{i} v\n")) },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_file_is_an_error_and_soon(string what, string text)
    {
        what.ShouldNotBeEmpty();
        var watch = System.Diagnostics.Stopwatch.StartNew();

        DefinitionFile file = DefinitionFile.Read("bad.yaml", text, isShipped: false);

        file.Definitions.ShouldBeEmpty();
        file.Problems.ShouldNotBeEmpty();
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    private static string Laughs()
    {
        var text = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 30; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        return text.Append("metadata:\n  data_families: *a29\nsources:\n  q:\n    args: {query: T}\n").ToString();
    }

    private static string Merges()
    {
        var text = new StringBuilder("a0: &a0 {x: 1, y: 2}\n");
        for (int i = 1; i < 30; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} {{<<: [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}], z{i}: 1}}\n");
        }

        return text.Append("sources: *a29\n").ToString();
    }

    private static string Macros()
    {
        var text = new StringBuilder("metadata:\n  data_families: [A]\nsources:\n  q:\n    args: {query: '$<m0>$'}\n    query_macros:\n");
        for (int i = 0; i < 30; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"      m{i}: {{value: '{string.Concat(Enumerable.Repeat($"$<m{i + 1}>$", 10))}'}}\n");
        }

        return text.ToString();
    }
}
