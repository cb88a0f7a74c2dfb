using System.Globalization;
using Quarry.Data.Kql.Schemas;
using Quarry.Data.Queries;
using Quarry.Kql.Binding;
using Quarry.Kql.Diagnostics;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Tables;

namespace Quarry.Data.Tests.Queries;

/// <summary>Every query that ships, on small tables of our own: its rows, and that it binds to the tables as Sentinel and Defender have them.</summary>
public sealed class ShippedQueriesTests(SampleTables tables) : IClassFixture<SampleTables>
{
    private static readonly DateTime Noon = new(2026, 3, 5, 12, 0, 0, DateTimeKind.Utc);

    public static TheoryData<string> Cases => [.. QueryCase.All.Select(one => one.Title)];

    public static TheoryData<string> Names => [.. QueryLibrary.Shipped.Definitions.Select(one => one.FullName)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Finds_what_it_is_for(string title)
    {
        QueryCase one = QueryCase.All.First(it => it.Title == title);

        string query = QueryLibrary.Shipped[one.Name].Build(one.Parameters, Noon).Text;
        Table table = (await tables.Database.QueryAsync(query, cancellation: TestContext.Current.CancellationToken)).Table;

        Rows(table, one.Columns).ShouldBe(one.Rows);
    }

    [Fact]
    public void Every_query_is_run()
    {
        var run = QueryCase.All.Select(one => QueryLibrary.Shipped[one.Name].FullName).ToHashSet();

        QueryLibrary.Shipped.Definitions.Select(one => one.FullName).Where(name => !run.Contains(name)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Binds_to_the_tables_as_the_services_have_them(string name)
    {
        QueryDefinition definition = QueryLibrary.Shipped[name];
        string query = definition.Build(SampleValues.Of(definition), Noon).Text;
        IReadOnlyList<KqlDiagnostic> problems = Problems(query, "Defender");

        problems.ShouldBeEmpty();
        if (definition.Parameters.Any(one => one.Name == "time_column"))
        {
            Dictionary<string, object?> inSentinel = SampleValues.Of(definition);
            inSentinel["time_column"] = "TimeGenerated";
            Problems(definition.Build(inSentinel, Noon).Text, "Sentinel").ShouldBeEmpty();
        }
    }

    private IReadOnlyList<KqlDiagnostic> Problems(string query, string product)
    {
        var known = new Dictionary<string, RowSchema>(StringComparer.Ordinal) { ["AzureNetworkAnalytics_CL"] = tables.Database.Symbols["AzureNetworkAnalytics_CL"] };
        foreach (string table in SampleTables.Known)
        {
            TableSchema columns = KnownTable.Named(table).OrderBy(one => one.Product != product).First().Columns;
            known[table] = RowSchema.Of(columns.Select(column => (column.Name, (ColumnType?)column.Type)));
        }

        SyntaxTree tree = SyntaxTree.Parse(query);

        return [.. tree.Diagnostics, .. Binder.Bind(tree, known, new BindingOptions()).Diagnostics];
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Says_what_it_is_and_what_it_takes(string name)
    {
        QueryDefinition definition = QueryLibrary.Shipped[name];

        definition.Description.Length.ShouldBeInRange(10, 160);
        definition.Environments.ShouldNotBeEmpty();
        definition.Tags.ShouldNotBeEmpty();
        definition.Parameters.ShouldAllBe(one => one.Description.Length > 5);
        definition.Parameters.Where(one => one.Name is "start" or "end").ShouldAllBe(one => one.Type == QueryParameterType.DateTime && !one.IsRequired);
        definition.Parameters.Where(one => one.Name is "table").ShouldAllBe(one => one.Type == QueryParameterType.Name);
    }

    [Fact]
    public void There_is_no_problem_and_enough_of_them()
    {
        QueryLibrary.Shipped.Problems.ShouldBeEmpty();
        QueryLibrary.Shipped.Remarks.ShouldBeEmpty();
        QueryLibrary.Shipped.Definitions.Count.ShouldBeGreaterThanOrEqualTo(45);
        QueryLibrary.Shipped.Definitions.Where(one => one.Families.Contains("MDE")).ShouldAllBe(one => one.Environments.Contains("MDE"));
    }

    private static IReadOnlyList<string> Rows(Table table, IReadOnlyList<string> columns)
    {
        int[] at = [.. columns.Select(name => table.Schema.IndexOf(name))];
        at.ShouldNotContain(-1, $"columns are {string.Join(", ", table.Schema.Select(column => column.Name))}");
        return [.. Enumerable.Range(0, table.RowCount).Select(row => string.Join(" | ", at.Select(i => Text(table[i].GetValue(row)))))];
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
