using Quarry.Data.Kql;
using Quarry.Data.Sources;
using Quarry.Data.Sources.Local;

namespace Quarry.Data.Tests.Sources.Local;

public sealed class LocalSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quarry-local-").FullName;

    public LocalSourceTests()
    {
        File.WriteAllText(Path.Combine(_folder, "SecurityAlert.csv"), "TimeGenerated,AlertName,Severity\n2026-03-01T00:00:00Z,a,High\n2026-03-02T00:00:00Z,b,Low\n,c,Low\n");
        File.WriteAllText(Path.Combine(_folder, "other.jsonl"), "{\"k\":1}\n");
        File.WriteAllBytes(Path.Combine(_folder, "host_logons.pkl"), [0x80, 4]);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lists_its_tables_with_their_schema()
    {
        await using LocalSource source = LocalSource.OfFolders([_folder]);

        IReadOnlyList<SourceTable> tables = await source.TablesAsync(Token);

        tables.Select(table => table.Name).ShouldBe(["other", "SecurityAlert"]);
        tables[0].Schema.ToString().ShouldBe("(k: long)");
        tables[1].Schema.IndexOf("TimeGenerated").ShouldBeGreaterThanOrEqualTo(0);
        source.Description.Leaves.ShouldBe("Nothing leaves this machine.");
    }

    [Fact]
    public async Task Runs_a_query_with_values_of_its_parameters()
    {
        await using LocalSource source = LocalSource.OfFolders([_folder]);
        var query = new SourceQuery("declare query_parameters(severity:string); SecurityAlert | where Severity == severity | project AlertName")
        {
            Parameters = new Dictionary<string, object?> { ["severity"] = "High" },
        };

        KqlResult result = await source.QueryAsync(query, Token);

        result.Table.RowCount.ShouldBe(1);
        result.Table.Text("AlertName").GetString(0).ShouldBe("a");
    }

    [Theory]
    [InlineData("SecurityAlert | count", 1)]
    [InlineData("SecurityAlert | union SecurityAlert | count", 2)]
    [InlineData("SecurityAlert | join kind=inner SecurityAlert on AlertName | count", 1)]
    [InlineData("let n = toscalar(SecurityAlert | count); print n", 1)]
    [InlineData("SecurityAlert | extend b = bag_pack('x', AlertName) | evaluate bag_unpack(b) | where x != '' | count", 1)]
    [InlineData("other | count", 1)]
    public async Task Reads_only_rows_of_the_range(string text, long expected)
    {
        await using LocalSource source = LocalSource.OfFolders([_folder]);
        var query = new SourceQuery(text) { Range = new TimeRange(new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc)) };

        KqlResult result = await source.QueryAsync(query, Token);

        Convert.ToInt64(result.Table[0].GetValue(0)).ShouldBe(expected);
    }

    [Fact]
    public async Task Takes_the_name_of_a_file_for_its_table()
    {
        await using LocalSource source = LocalSource.OfFolders([_folder]);

        KqlResult result = await source.QueryAsync("SecurityAlert.pkl", Token);

        result.Table.RowCount.ShouldBe(3);
    }

    [Fact]
    public async Task Says_that_a_pickled_table_is_left_out_and_what_to_do()
    {
        await using LocalSource source = LocalSource.OfFolders([_folder]);

        source.Remarks.ShouldHaveSingleItem().ShouldContain("host_logons.pkl was left out: reading a pickled table runs the code in it.");
    }

    [Fact]
    public async Task Gives_each_table_of_a_query_and_tells_how_far_it_is()
    {
        await using LocalSource source = LocalSource.OfFolders([_folder]);
        var progress = new Told();

        using SourceRun run = await source.BeginAsync(new SourceQuery("SecurityAlert; other") { Progress = progress }, Token);
        int first = run.Next()!.Gather().RowCount;
        int second = run.Next()!.Gather().RowCount;

        (first, second).ShouldBe((3, 1));
        run.Next().ShouldBeNull();
        progress.Last!.Rows.ShouldBe(4);
    }

    [Fact]
    public async Task Refuses_a_query_that_is_not_right_when_it_begins()
    {
        await using LocalSource source = LocalSource.OfFolders([_folder]);

        KqlException error = await Should.ThrowAsync<KqlException>(() => source.BeginAsync(new SourceQuery("SecurityAlert | where Severty == ''"), Token));

        error.Message.ShouldContain("Severity");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private sealed class Told : IProgress<SourceProgress>
    {
        public SourceProgress? Last { get; private set; }

        public void Report(SourceProgress value) => Last = value;
    }
}
