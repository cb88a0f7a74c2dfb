using Quarry.Data.Configuration;
using Quarry.Data.Kql;
using Quarry.Data.Sources;

namespace Quarry.Data.Tests.Sources.Local;

/// <summary>MSTICPy's LocalData: folders with data, and definitions whose queries are the names of files.</summary>
public sealed class LocalDataTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quarry-localdata-").FullName;

    public LocalDataTests()
    {
        Write("data/alerts_list.csv", "TimeGenerated,AlertName\n2026-03-01T00:00:00Z,a\n2026-03-02T00:00:00Z,b\n");
        Write(
            "queries/local.yaml",
            """
            metadata:
              version: 1
              description: Local data
              data_environments: [LocalData]
              data_families: [SecurityAlert]
            defaults:
            sources:
              list_alerts:
                description: Alerts
                args:
                  query: alerts_list.pkl
                parameters:
            """);
        Write(
            "msticpyconfig.yaml",
            $"""
            DataProviders:
              LocalData:
                Args:
                  data_paths: ["{Path.Combine(_folder, "data")}"]
                  query_paths: ["{Path.Combine(_folder, "queries")}"]
            """);
    }

    [Fact]
    public async Task Its_queries_give_the_files_that_they_name()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using QueryProvider provider = QueryProvider.Create("LocalData", new QueryProviderOptions { Configuration = QuarryConfiguration.Load(Path.Combine(_folder, "msticpyconfig.yaml")) });
        await provider.ConnectAsync(cancellation: token);

        KqlResult alerts = await provider.RunAsync("SecurityAlert.list_alerts", cancellation: token);
        KqlResult again = await provider.Run.SecurityAlert.list_alerts();

        alerts.Table.Text("AlertName").GetString(1).ShouldBe("b");
        again.Table.RowCount.ShouldBe(2);
        provider.Queries.Problems.ShouldBeEmpty();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
