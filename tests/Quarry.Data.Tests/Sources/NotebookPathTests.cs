using Quarry.Data.Configuration;
using Quarry.Data.Kql;
using Quarry.Data.Sources;
using Quarry.Signatures;
using Quarry.Tables;
using Quarry.Web;
using Quarry.Web.Kusto;

namespace Quarry.Data.Tests.Sources;

/// <summary>
/// The path of the signature notebook, the same code on files, on Log Analytics and on Kusto, over sockets: configuration, connect, tables, some rows, signatures,
/// what identifies them, a distribution; and the time-series queries.
/// </summary>
public sealed class NotebookPathTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quarry-path-").FullName;
    private KqlDatabase _served = null!;
    private LoopbackServer _server = null!;
    private QuarryConfiguration _configuration = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        string data = Directory.CreateDirectory(Path.Combine(_folder, "data")).FullName;
        File.Copy(Path.Combine(Samples(), "office-activity.jsonl"), Path.Combine(data, "OfficeActivity.jsonl"));
        File.Copy(Path.Combine(Samples(), "hourly-traffic.csv"), Path.Combine(data, "Traffic.csv"));
        _served = KqlDatabase.Create();
        _served.AddFolder(data);
        _server = await KustoEndpoint.StartAsync(_served, cancellation: Token);
        string file = Path.Combine(_folder, "msticpyconfig.yaml");
        await File.WriteAllTextAsync(
            file,
            $"""
            AzureSentinel:
              Workspaces:
                Default:
                  WorkspaceId: 52b1ab41-869e-4138-9e40-2a4457f09bf0
                  TenantId: 72f988bf-86f1-41af-91ab-2d7cd011db49
                  Endpoint: {_server.Address}
            DataProviders:
              Kusto-Case:
                Args:
                  Cluster: {_server.Address}
                  Database: Local
              LocalData:
                Args:
                  data_paths: [{data}]
            """,
            Token);
        _configuration = QuarryConfiguration.Load(file);
    }

    [Theory]
    [InlineData("LocalData")]
    [InlineData("MSSentinel")]
    [InlineData("Kusto")]
    public async Task The_same_code_goes_from_the_configuration_to_a_distribution(string environment)
    {
        await using QueryProvider provider = await ConnectAsync(environment);

        IReadOnlyList<SourceTable> tables = await provider.TablesAsync(Token);
        KqlResult office = await provider.QueryAsync("OfficeActivity | take 10000", Token);
        DataSignatures signatures = office.Table.Signatures();
        FeatureDistribution operations = signatures.Distribution("Operation");

        tables.Select(table => table.Name).Order().ShouldBe(["OfficeActivity", "Traffic"]);
        tables.Single(table => table.Name == "OfficeActivity").Schema.IndexOf("Operation").ShouldBeGreaterThanOrEqualTo(0);
        DataSignatures expected = (await _served.QueryAsync("OfficeActivity | take 10000", cancellation: Token)).Table.Signatures();
        office.Table.RowCount.ShouldBe(707);
        office.IsPartial.ShouldBeFalse();
        signatures.Signatures.Select(one => one.Count).ShouldBe(expected.Signatures.Select(one => one.Count));
        signatures.Unique().Select(one => (one.Signature.Number, one.Value)).ShouldBe(expected.Unique().Select(one => (one.Signature.Number, one.Value)));
        operations.Values.ShouldBe(expected.Distribution("Operation").Values);
    }

    [Theory]
    [InlineData("get_timeseries_data")]
    [InlineData("get_timeseries_decompose")]
    [InlineData("get_timeseries_anomalies")]
    [InlineData("plot_timeseries_datawithbaseline")]
    [InlineData("plot_timeseries_scoreanomolies")]
    public async Task The_time_series_queries_give_the_same_everywhere(string name)
    {
        var parameters = new Dictionary<string, object?>
        {
            ["table"] = "Traffic",
            ["aggregatefunction"] = "sum(TotalBytesSent)",
            ["groupbycolumn"] = "Source",
            ["where_clause"] = "| extend Source = 'all'",
            ["start"] = new DateTime(2026, 1, 12, 0, 0, 0, DateTimeKind.Utc),
            ["end"] = new DateTime(2026, 3, 9, 0, 0, 0, DateTimeKind.Utc),
        };
        var answers = new List<KqlResult>();
        foreach (string environment in (string[])["LocalData", "MSSentinel", "Kusto"])
        {
            await using QueryProvider provider = await ConnectAsync(environment);
            answers.Add(await provider.RunAsync($"MultiDataSource.{name}", parameters, cancellation: Token));
        }

        answers[0].Table.RowCount.ShouldBe(name == "get_timeseries_data" ? 1 : 56 * 24);
        foreach (KqlResult answer in answers.Skip(1))
        {
            answer.Table.Schema.ShouldBe(answers[0].Table.Schema);
            Rows(answer.Table).ShouldBe(Rows(answers[0].Table));
            answer.Render?.Kind.ShouldBe(answers[0].Render?.Kind);
        }
    }

    [Fact]
    public async Task A_wrong_name_of_a_workspace_is_an_error_before_anything_is_asked()
    {
        await using QueryProvider provider = QueryProvider.Create("MSSentinel", new QueryProviderOptions { Configuration = _configuration });

        ConfigurationException error = await Should.ThrowAsync<ConfigurationException>(() => provider.ConnectAsync(new ConnectionTarget { Workspaces = ["Defualt"] }, Token));

        error.Message.ShouldContain("Default");
        provider.IsConnected.ShouldBeFalse();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _served.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<QueryProvider> ConnectAsync(string environment)
    {
        QueryProvider provider = QueryProvider.Create(environment, new QueryProviderOptions { Configuration = _configuration });
        await provider.ConnectAsync(cancellation: Token);
        return provider;
    }

    private static string[] Rows(Table table) =>
        [.. Enumerable.Range(0, table.RowCount).Select(row => string.Join('\t', table.Columns.Select(column => CellReading.ReadText(column, row) ?? "null")))];

    private static string Samples()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Quarry.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return Path.Combine(folder!, "samples");
    }
}
