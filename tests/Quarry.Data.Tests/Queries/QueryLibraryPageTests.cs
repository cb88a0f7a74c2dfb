using Quarry.Data.Queries;
using Quarry.Data.Queries.Reading;

namespace Quarry.Data.Tests.Queries;

/// <summary>The page that lists the shipped queries and says how to write one.</summary>
public sealed class QueryLibraryPageTests
{
    private const string Heading = "## Shipped queries";

    [Fact]
    public void The_list_is_of_what_ships()
    {
        string path = Page();
        string before = File.ReadAllText(path).Split(Heading)[0];
        string expected = $"{before}{Heading}\n\n{List()}";
        if (Environment.GetEnvironmentVariable("QUARRY_WRITE_DOCS") is { Length: > 0 })
        {
            File.WriteAllText(path, expected);
        }

        File.ReadAllText(path).ReplaceLineEndings("\n").ShouldBe(expected.ReplaceLineEndings("\n"), "write it with QUARRY_WRITE_DOCS=1");
    }

    [Fact]
    public void The_example_is_a_definition()
    {
        string example = File.ReadAllText(Page()).Split("```yaml\n")[1].Split("```")[0];

        DefinitionFile file = DefinitionFile.Read("example.yaml", example, isShipped: false);

        file.Problems.ShouldBeEmpty();
        QueryDefinition definition = file.Definitions.ShouldHaveSingleItem();
        definition.FullName.ShouldBe("Night.list_night_logons");
        QueryShape.Of(definition.Build(new Dictionary<string, object?> { ["hostname"] = "web-01" }).Text).ShouldNotBeEmpty();
    }

    private static string List()
    {
        IEnumerable<string> families = QueryLibrary.Shipped.Definitions.GroupBy(one => one.Families[0]).Select(family =>
            $"### {family.Key}\n\n| query | what it finds | needs | table |\n|---|---|---|---|\n{string.Concat(family.Select(Row))}");
        return string.Join('\n', families);
    }

    private static string Row(QueryDefinition one)
    {
        string needs = string.Join(", ", one.Parameters.Where(parameter => parameter.IsRequired).Select(parameter => $"`{parameter.Name}`"));
        string table = string.Join(", ", one.Parameters.Where(parameter => parameter.Type == QueryParameterType.Name && parameter.Name.EndsWith("table", StringComparison.Ordinal)).Select(parameter => parameter.Default ?? "any"));
        string also = one.Aliases.Count == 0 ? "" : $" (also {string.Join(", ", one.Aliases)})";
        return $"| `{one.Name}`{also} | {one.Description} | {needs} | {table} |\n";
    }

    private static string Page()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Quarry.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run in the repository.");
        }

        return Path.Combine(folder, "docs", "query-library.md");
    }
}
