using Quarry.Data.Kql;
using Quarry.Data.Queries;
using Quarry.Data.Queries.Reading;
using Quarry.Tables;

namespace Quarry.Data.Tests.Queries;

/// <summary>No value changes what a query is.</summary>
public sealed class ValueQuotingTests
{
    private static readonly DateTime Noon = new(2026, 3, 5, 12, 0, 0, DateTimeKind.Utc);

    public static TheoryData<string> Names => [.. QueryLibrary.Shipped.Definitions.Select(one => one.FullName)];

    public static TheoryData<string> Places => ["\"{x}\"", "'{x}'", "@\"{x}\"", "@'a{x}b'", "```{x}```", "h\"{x}\"", "\"a\\\\{x}\\\"b\"", "\"{x}{x}\"", "strcat(\"{x}\", '{x}')"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Whatever_the_values_a_shipped_query_has_one_shape(string name)
    {
        QueryDefinition definition = QueryLibrary.Shipped[name];
        var random = new Random(StringComparer.Ordinal.GetHashCode("") + name.Length);
        Dictionary<string, object?> plain = definition.Parameters.ToDictionary(one => one.Name, one => (object?)(one.Type switch
        {
            QueryParameterType.List => new[] { "a", "b" },
            QueryParameterType.LongList => new[] { 1L, 2L },
            _ => one.Default ?? "x",
        }));
        string expected = QueryShape.Of(definition.Build(plain, Noon).Text);
        int built = 0;

        for (int i = 0; i < 100; i++)
        {
            Dictionary<string, object?> values = definition.Parameters.Where(_ => random.Next(3) > 0).ToDictionary(one => one.Name, one => (object?)HostileValues.For(one, random));
            foreach ((string key, object? value) in plain)
            {
                values.TryAdd(key, value);
            }

            if (TryBuild(definition, values) is { } query)
            {
                built++;
                QueryShape.Of(query).ShouldBe(expected, query);
            }
        }

        built.ShouldBeGreaterThan(10);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_text_in_quotes_says_what_was_given(string place)
    {
        QueryDefinition definition = Definition($"print v = {place}", "str");
        using var database = KqlDatabase.Create();
        int copies = place.Split("{x}").Length - 1;
        foreach (string value in HostileValues.Texts.Where(value => !value.Contains('\uD800')))
        {
            string query = definition.Build(new Dictionary<string, object?> { ["x"] = value }, Noon).Text;

            Table table = (await database.QueryAsync(query, cancellation: TestContext.Current.CancellationToken)).Table;

            string said = (string)table[0].GetValue(0)!;
            string around = (string)(await database.QueryAsync($"print v = {place.Replace("{x}", "", StringComparison.Ordinal).Replace("strcat(\"\", '')", "''", StringComparison.Ordinal)}", cancellation: TestContext.Current.CancellationToken)).Table[0].GetValue(0)!;
            said.Length.ShouldBe(around.Length + (copies * value.Length), query);
            said.ShouldContain(value);
        }
    }

    [Theory]
    [InlineData("str", "T | where a == {x}")]
    [InlineData("str", "{x} | take 5")]
    [InlineData("name", "{x} | take 5")]
    [InlineData("name", "T | summarize {x} = count() by {x}, b | sort by {x} asc")]
    [InlineData("str", "T | where t > datetime({x})")]
    [InlineData("datetime", "T | where t > datetime({x}) and u < {x} and v == \"{x}\"")]
    [InlineData("timespan", "T | where t > ago({x}) and u > time({x})")]
    [InlineData("int", "T | top {x} by a")]
    [InlineData("int", "T | where t > ago({x}d)")]
    [InlineData("float", "T | where a > {x}")]
    [InlineData("bool", "T | where a == {x}")]
    [InlineData("str", "{x}_CL | take 5")]
    [InlineData("str", "T // {x}\n| take 5")]
    [InlineData("name", "T | where $left.{x} == 1")]
    public void A_hostile_value_at_any_place_is_one_value_or_refused(string type, string query)
    {
        QueryDefinition definition = Definition(query, type);
        string[] right = type switch { "datetime" => ["-3d@d"], "timespan" => ["90m"], "int" => ["7"], "float" => ["1.5"], "bool" => ["true"], _ => ["abc", "2020"] };
        string[] shapes = [.. right.Select(value => TryBuild(definition, new Dictionary<string, object?> { ["x"] = value })).OfType<string>().Select(QueryShape.Of)];
        string[] allowed = [.. shapes, .. shapes.SelectMany(shape => new[] { "text", "literal" }.Select(other => Swapped(shape, other)))];
        var random = new Random(5);

        foreach (string value in HostileValues.Texts.Concat(Enumerable.Range(0, 500).Select(_ => HostileValues.Text(random))))
        {
            if (TryBuild(definition, new Dictionary<string, object?> { ["x"] = value }) is { } built)
            {
                QueryShape.Of(built).ShouldBeOneOf(allowed, $"{value} -> {built}");
            }
        }
    }

    [Theory]
    [InlineData("str")]
    [InlineData("list")]
    [InlineData("strlist")]
    public void A_list_has_an_element_for_each_value(string type)
    {
        QueryDefinition definition = Definition("T | where a in ({x}) or b has_any (dynamic([{x}]))", type == "str" ? "list" : type);
        string expected = QueryShape.Of(definition.Build(new Dictionary<string, object?> { ["x"] = new[] { "a", "b" } }).Text);
        var random = new Random(7);
        for (int i = 0; i < 500; i++)
        {
            string[] values = [HostileValues.Text(random), HostileValues.Text(random)];

            string query = definition.Build(new Dictionary<string, object?> { ["x"] = values }).Text;

            QueryShape.Of(query).ShouldBe(expected, query);
        }
    }

    [Theory]
    [InlineData("| where a == 1")]
    [InlineData("| where a == ';' and b == \"|\"\n| extend c = strcat(a, '//')")]
    [InlineData("| join kind=inner (U | take 5) on a")]
    [InlineData("  ")]
    public void A_piece_of_a_query_may_be_operators(string piece)
    {
        string query = Definition("T\n{x}\n| count", "kql").Build(new Dictionary<string, object?> { ["x"] = piece }).Text;

        query.ReplaceLineEndings("\n").ShouldBe(string.IsNullOrWhiteSpace(piece) ? "T\n| count" : $"T\n{piece}\n| count".ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("T\n{x}\n| count", "| where a == 1; T")]
    [InlineData("T\n{x}\n| count", "; T")]
    [InlineData("T\n{x}\n| count", "| where a == 1 // ")]
    [InlineData("T\n{x}\n| count", "| where a == \"x")]
    [InlineData("T\n{x}\n| count", "| where a == ```x")]
    [InlineData("T\n{x}\n| count", "| where (a == 1")]
    [InlineData("T\n{x}\n| count", "| where a == 1) | take (5")]
    [InlineData("T\n{x}\n| count", "| where a == datetime(2020")]
    [InlineData("T\n{x}\n| count", "| wher a == 1")]
    [InlineData("T\n{x}\n| count", "where a == 1")]
    [InlineData("T\n{x}\n| count", "let a = 1")]
    [InlineData("T\n{x}\n| count", "#connect")]
    [InlineData("T\n{x}\n| count", "| union (T); print 1")]
    [InlineData("T | summarize a = {x} by b", "count() by c | take 5 | summarize d = count()")]
    [InlineData("T | summarize a = {x} by b", "count() | take 5")]
    [InlineData("T | summarize a = {x} by b", "count(); T")]
    [InlineData("T | summarize a = ({x}) by b", "count()) by c, d = (1")]
    [InlineData("T | summarize a = {x} by b", "count() // ")]
    [InlineData("T | where a == 1 and ({x})", "true) or (true")]
    public void A_piece_of_a_query_is_no_more_than_that(string query, string piece) =>
        Should.Throw<QuarryException>(() => Definition(query, "kql").Build(new Dictionary<string, object?> { ["x"] = piece })).Message.ShouldContain("x");

    [Fact]
    public void A_name_that_is_more_than_a_word_stands_in_brackets()
    {
        QueryDefinition definition = Definition("{x} | take 5", "name");

        Build("odd 'name'").ShouldBe("['odd \\'name\\''] | take 5");
        Build("['odd name']").ShouldBe("['odd name'] | take 5");
        Build("[\"union\"]").ShouldBe("['union'] | take 5");
        Build("SecurityEvent").ShouldBe("SecurityEvent | take 5");
        Build("T | take 1").ShouldBe("['T | take 1'] | take 5");
        Should.Throw<QuarryException>(() => Build("")).Message.ShouldContain("name of a table or column");
        Should.Throw<QuarryException>(() => Build("a\nb")).Message.ShouldContain("name of a table or column");

        string Build(string value) => definition.Build(new Dictionary<string, object?> { ["x"] = value }).Text;
    }

    // The value stands last where a name, a number or a text may stand.
    private static string Swapped(string shape, string other)
    {
        const string Name = " (NameExpression name)";
        int last = shape.LastIndexOf(Name, StringComparison.Ordinal);
        return last < 0 ? shape : $"{shape[..last]} {other}{shape[(last + Name.Length)..]}";
    }

    private static string? TryBuild(QueryDefinition definition, IReadOnlyDictionary<string, object?> values)
    {
        try
        {
            return definition.Build(values, Noon).Text;
        }
        catch (QuarryException)
        {
            return null;
        }
    }

    private static QueryDefinition Definition(string query, string type)
    {
        string text = $"metadata:\n  data_families: [Mine]\nsources:\n  q:\n    args:\n      query: |\n        {query.Replace("\n", "\n        ", StringComparison.Ordinal)}\n    parameters:\n      x:\n        type: {type}\n";
        DefinitionFile file = DefinitionFile.Read("mine.yaml", text, isShipped: false);
        file.Problems.ShouldBeEmpty();
        return file.Definitions.ShouldHaveSingleItem();
    }
}
