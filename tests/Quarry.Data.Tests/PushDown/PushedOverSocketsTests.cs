using Quarry.Catalogue;
using Quarry.Data.Kql;
using Quarry.Data.PushDown;
using Quarry.Data.Sources;
using Quarry.Data.Sources.Kusto;
using Quarry.Data.Sources.Local;
using Quarry.Signatures;
using Quarry.Tables;
using Quarry.TimeSeries;
using Quarry.Web;
using Quarry.Web.Kusto;

namespace Quarry.Data.Tests.PushDown;

/// <summary>The answers of a service's protocol hold all that the analyses need: the same as of the engine behind it.</summary>
public sealed class PushedOverSocketsTests
{
    [Fact]
    public async Task Signatures_are_the_same_as_without_a_protocol_between()
    {
        foreach (Table table in Enumerable.Range(1, 8).Select(AnyTable.Of).Where(table => table.RowCount > 0).Take(4))
        {
            foreach (SignatureOptions options in (SignatureOptions[])[new(), new() { View = SignatureView.Unique, Threshold = 2 }, new() { View = SignatureView.Dropped }, new() { Signature = 1 }])
            {
                await Compare(table, SignatureAnalysis.Entry, options);
            }
        }
    }

    [Fact]
    public async Task Anomalies_and_indicators_are_the_same_as_without_a_protocol_between()
    {
        var start = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var builder = new TableBuilder(("t", ColumnType.DateTime), ("x", ColumnType.Real), ("k", ColumnType.String));
        for (int i = 0; i < 300; i++)
        {
            builder.AddRow(start.AddHours(i / 2), i == 77 ? double.NaN : (i % 24) / 3.0, i % 2 == 0 ? "host.example.com" : "hxxp://b[.]example[.]com/\u00e9");
        }

        Table table = builder.Build();
        await Compare(table, AnomalyAnalysis.Entry, new AnomalyOptions { By = ["k"], Aggregate = SeriesAggregate.Avg });
        await Compare(table, AnomalyAnalysis.Entry, new AnomalyOptions { Step = TimeSpan.FromHours(2), Aggregate = SeriesAggregate.Last });
        await Compare(table, Analyses.Named("iocs"), Analyses.Named("iocs").DefaultOptions);
    }

    private static async Task Compare(Table table, Analysis analysis, object options)
    {
        using var database = KqlDatabase.Create();
        database.AddTable("T", table);
        await using LoopbackServer server = await KustoEndpoint.StartAsync(database, name: "Db");
        await using var remote = new KustoSource(new KustoOptions(server.Address.ToString(), "Db"));
        await using var local = new LocalSource(database);

        (string[] Rows, TableSchema Schema) over = await Run(remote, analysis, options), beside = await Run(local, analysis, options);

        over.Rows.ShouldBe(beside.Rows);
        over.Schema.ToArray().ShouldBe(beside.Schema.ToArray());
    }

    private static async Task<(string[] Rows, TableSchema Schema)> Run(IQuerySource source, Analysis analysis, object options)
    {
        using PushedResult result = await PushedAnalysis.RunAsync(source, "T", analysis, options, AnalysisContext.Default);
        Table rows = result.Rows.Gather();
        return ([.. Enumerable.Range(0, rows.RowCount).Select(row => string.Join(" | ", rows.Columns.Select(column => CellReading.ReadText(column, row))))], rows.Schema);
    }
}
