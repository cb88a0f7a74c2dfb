using Quarry.Data.Kql;
using Quarry.Data.Sources;
using Quarry.Data.Sources.Kusto;
using Quarry.Tables;
using Quarry.Web;
using Quarry.Web.Kusto;

namespace Quarry.Data.Tests.Sources.Kusto;

/// <summary>The source against the project's own endpoint, over real sockets: what comes back is what the embedded engine gives.</summary>
public sealed class KustoEndToEndTests : IAsyncLifetime
{
    private readonly KqlDatabase _database = KqlDatabase.Create();
    private LoopbackServer _server = null!;
    private KustoSource _source = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = new TableBuilder(
            ("Timestamp", ColumnType.DateTime), ("Text", ColumnType.String), ("Number", ColumnType.Long), ("Small", ColumnType.Int), ("Real", ColumnType.Real),
            ("Exact", ColumnType.Decimal), ("Span", ColumnType.TimeSpan), ("Id", ColumnType.Guid), ("Flag", ColumnType.Bool), ("Bag", ColumnType.Dynamic));
        var start = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (int i = 0; i < 2_000; i++)
        {
            builder.AddRow(
                start.AddMinutes(i).AddTicks(i), $"row \"{i}\" \\ \n 漢", (long)i * i * 1_000_003, i - 1000, i % 7 == 0 ? double.NaN : i / 3.0,
                i / 8m, TimeSpan.FromTicks(i * 123_456_789L), new Guid(i, 0, 0, new byte[8]), i % 2 == 0, i % 5 == 0 ? null : $"{{\"n\":[{i},\"x\"]}}");
        }

        _database.AddTable("Events", builder.Build());
        _server = await KustoEndpoint.StartAsync(_database, name: "Db", cancellation: Cancellation);
        _source = new KustoSource(new KustoOptions(_server.Address.ToString(), "Db") { TimeColumn = "Timestamp" });
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _server.DisposeAsync();
        _database.Dispose();
    }

    [Theory]
    [InlineData("Events | sort by Timestamp asc")]
    [InlineData("Events | summarize count(), avg(Real), max(Span) by bin(Timestamp, 1h), Flag | sort by Timestamp asc, Flag asc")]
    [InlineData("print a = dynamic({\"k\":[1,null,\"x\"]}), b = dynamic(null), c = real(-inf), d = '', e = timespan(-3.04:05:06.0000007)")]
    [InlineData("Events | where Number < 0")]
    public async Task A_query_gives_what_the_engine_gives(string query)
    {
        KqlResult here = await _database.QueryAsync(query, cancellation: Cancellation);

        KqlResult there = await _source.QueryAsync(query, Cancellation);

        there.Table.Schema.ShouldBe(here.Table.Schema);
        there.Table.RowCount.ShouldBe(here.Table.RowCount);
        for (int column = 0; column < here.Table.Schema.Count; column++)
        {
            for (int row = 0; row < here.Table.RowCount; row++)
            {
                there.Table[column].GetValue(row).ShouldBe(here.Table[column].GetValue(row), $"{here.Table.Schema[column]}, row {row}");
            }
        }
    }

    [Fact]
    public async Task Connects_and_lists_the_tables()
    {
        await _source.ConnectAsync(Cancellation);
        await _source.ConnectAsync(Cancellation);

        SourceTable table = (await _source.TablesAsync(Cancellation)).ShouldHaveSingleItem();

        table.Name.ShouldBe("Events");
        table.Schema.ToString().ShouldBe(_database.Tables.Single().Schema.ToString());
        table.Origin.ShouldBe("Db");
    }

    [Fact]
    public async Task Another_database_is_not_found()
    {
        await using var other = new KustoSource(new KustoOptions(_server.Address.ToString(), "Nowhere"));

        (await Should.ThrowAsync<SourceException>(() => other.ConnectAsync(Cancellation))).Fault.ShouldBe(SourceFault.NotFound);
    }

    [Fact]
    public async Task A_query_that_is_not_right_says_where()
    {
        SourceException error = await Should.ThrowAsync<SourceException>(() => _source.QueryAsync("Events | where Nothing > 1", Cancellation));

        error.Fault.ShouldBe(SourceFault.BadQuery);
        error.Message.ShouldContain("Nothing");
    }

    [Fact]
    public async Task Parameters_are_values_whatever_they_hold()
    {
        KqlResult result = await _source.QueryAsync(
            new SourceQuery("declare query_parameters(t:string, n:long = 5); print t, n") { Parameters = new Dictionary<string, object?> { ["t"] = "' | count //" } }, Cancellation);

        result.Table[0].GetValue(0).ShouldBe("' | count //");
        result.Table[1].GetValue(0).ShouldBe(5L);
    }

    [Fact]
    public async Task A_split_range_is_the_range()
    {
        var start = new DateTime(2024, 1, 1, 3, 0, 0, DateTimeKind.Utc);
        var query = new SourceQuery("Events | where Flag | project Timestamp, Number") { Range = new TimeRange(start, start.AddHours(20)) };

        KqlResult whole = await _source.QueryAsync(query, Cancellation);
        KqlResult split = await _source.QueryAsync(query with { SplitBy = TimeSpan.FromHours(3) }, Cancellation);

        whole.Table.RowCount.ShouldBe(600);
        Enumerable.Range(0, 600).Select(row => split.Table[0].GetValue(row)).ShouldBe(Enumerable.Range(0, 600).Select(row => whole.Table[0].GetValue(row)));
    }

    [Fact]
    public async Task What_is_drawn_and_what_is_said_comes_along()
    {
        KqlResult result = await _source.QueryAsync("Events | summarize n = count() by bin(Timestamp, 1h) | render timechart with (title='Hours')", Cancellation);

        result.Render!.Kind.ShouldBe("timechart");
        result.Render.Properties["title"].ShouldBe("Hours");
    }
}
