using Quarry.Data.Kql;
using Quarry.Tables;
using Quarry.Testing;

namespace Quarry.Data.Tests.Kql;

/// <summary>The five kinds of time-series query that hunters know from MSTICPy, on the corpus's series.</summary>
public sealed class TimeSeriesQueriesTests : IDisposable
{
    private readonly KqlDatabase _database = KqlDatabase.Create();

    public void Dispose() => _database.Dispose();

    private const string Series = """
        let starttime = datetime(2020-07-06);
        let endtime = datetime(2020-07-13);
        let series = Flows
        | where TimeGenerated between (starttime .. endtime)
        | make-series Total=sum(TotalBytesSent) default=0 on TimeGenerated from starttime to endtime step 1h;
        """;

    [Fact]
    public async Task Gives_the_series_by_the_hour()
    {
        Table table = await Run(Series + "series | mv-expand TimeGenerated to typeof(datetime), Total to typeof(long) | summarize count(), sum(Total), min(TimeGenerated), max(TimeGenerated)");
        table.Rows().ShouldHaveSingleItem()[0].ShouldBe(7L * 24);
    }

    [Fact]
    public async Task Decomposes_it_into_parts_that_add_up()
    {
        Table table = await Run(Series + """
            series
            | extend (baseline, seasonal, trend, residual) = series_decompose(Total, -1, 'linefit')
            | mv-expand TimeGenerated to typeof(datetime), Total to typeof(double), baseline to typeof(double), seasonal to typeof(double), trend to typeof(double), residual to typeof(double)
            | where abs(baseline - seasonal - trend) > 1e-6 * abs(baseline) + 1e-6 or abs(Total - baseline - residual) > 1e-6 * abs(Total) + 1e-6
            | count
            """);
        table.Rows().ShouldHaveSingleItem()[0].ShouldBe(0L);
    }

    [Fact]
    public async Task Flags_the_two_hours_that_stand_out()
    {
        Table table = await Run(Series + """
            series
            | extend (anomalies, score, baseline) = series_decompose_anomalies(Total, 1.4, -1, 'linefit')
            | mv-expand TimeGenerated to typeof(datetime), Total to typeof(double), anomalies to typeof(double), score to typeof(double), baseline to typeof(double)
            | where anomalies > 0
            | project TimeGenerated, Total, baseline, score
            | top 2 by score desc
            | sort by TimeGenerated asc
            """);
        table.Rows().Select(row => row[0]).ShouldBe([
            new DateTime(2020, 7, 10, 18, 0, 0, DateTimeKind.Utc),
            new DateTime(2020, 7, 10, 19, 0, 0, DateTimeKind.Utc),
        ]);
    }

    [Fact]
    public async Task Tells_how_it_wants_to_be_drawn()
    {
        _database.AddFile("Flows", Corpus.PathOf("data/timeseries.csv"));
        KqlQuery query = _database.Prepare(Series + "series | render timechart with (title=\"Bytes sent\")");
        query.Render!.Kind.ShouldBe("timechart");
        query.Render.Properties["title"].ShouldBe("Bytes sent");
        (await query.RunAsync(cancellation: TestContext.Current.CancellationToken)).Table.RowCount.ShouldBe(1);
    }

    [Fact]
    public async Task Finds_the_same_hours_by_the_analysis_as_a_plugin()
    {
        Table table = await Run("Flows | evaluate anomalies(['time']=TimeGenerated, value=TotalBytesSent, view=anomalies) | project TimeGenerated | sort by TimeGenerated asc");
        table.Rows().Select(row => row[0]).ShouldBe([
            new DateTime(2020, 7, 10, 18, 0, 0, DateTimeKind.Utc),
            new DateTime(2020, 7, 10, 19, 0, 0, DateTimeKind.Utc),
        ]);
    }

    private async Task<Table> Run(string query)
    {
        _database.AddFile("Flows", Corpus.PathOf("data/timeseries.csv"));
        return (await _database.QueryAsync(query, cancellation: TestContext.Current.CancellationToken)).Table;
    }
}
