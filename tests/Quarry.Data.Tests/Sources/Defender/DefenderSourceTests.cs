using System.Text;
using System.Text.Json.Nodes;
using Quarry.Data.Configuration;
using Quarry.Data.Kql;
using Quarry.Data.Sources;
using Quarry.Data.Sources.Defender;
using Quarry.Data.Sources.Http;
using Quarry.Data.Tests.Configuration;
using Quarry.Tables;

namespace Quarry.Data.Tests.Sources.Defender;

public sealed class DefenderSourceTests
{
    private static readonly ServiceOptions Quick = new() { FirstWait = TimeSpan.FromMilliseconds(1), Retries = 1 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_are_of_the_types_that_the_schema_says()
    {
        const string Body = """
            {"@odata.context":"https://graph.example/v1.0/$metadata#x",
             "schema":[{"name":"Timestamp","type":"DateTime"},{"name":"DeviceName","type":"String"},{"name":"ProcessId","type":"Int64"},{"name":"IsAdmin","type":"SByte"},{"name":"Fields","type":"Object"},{"name":"Score","type":"Double"},{"name":"Small","type":"Int32"}],
             "results":[{"Timestamp":"2026-03-05T06:38:05.7664356Z","DeviceName":"host\u0001","ProcessId@odata.type":"#Int64","ProcessId":4294967296,"IsAdmin":true,"Fields":{"a":[1]},"Score":0.5,"Small":7},
                        {"ProcessId":"9223372036854775807","DeviceName":""},{}]}
            """;
        await using var server = ScriptedServer.Answering(ScriptedServer.Http(200, Body));

        Table rows = (await Source(server).QueryAsync("T", Cancellation)).Table;

        rows.Schema.Select(column => column.Type).ShouldBe([ColumnType.DateTime, ColumnType.String, ColumnType.Long, ColumnType.Bool, ColumnType.Dynamic, ColumnType.Real, ColumnType.Int]);
        rows["Timestamp"].GetValue(0).ShouldBe(new DateTime(2026, 3, 5, 6, 38, 5, DateTimeKind.Utc).AddTicks(7_664_356));
        rows["DeviceName"].GetValue(0).ShouldBe("host\u0001");
        rows["ProcessId"].GetValue(0).ShouldBe(4_294_967_296L);
        rows["ProcessId"].GetValue(1).ShouldBe(long.MaxValue);
        rows["Fields"].GetValue(0).ShouldBe("""{"a":[1]}""");
        Enumerable.Range(0, rows.Schema.Count).ShouldAllBe(column => rows[column].GetValue(2) == null);
    }

    [Fact]
    public async Task Results_may_come_before_their_schema()
    {
        await using var server = ScriptedServer.Answering(ScriptedServer.Http(200, """{"results":[{"a":1},{"a":2}],"schema":[{"name":"a","type":"Int64"}]}"""));

        (await Source(server).QueryAsync("T", Cancellation)).Table.RowCount.ShouldBe(2);
    }

    [Fact]
    public async Task The_query_and_its_range_are_sent()
    {
        await using var server = ScriptedServer.Answering(ScriptedServer.Http(200, """{"schema":[],"results":[]}"""));

        await Source(server).QueryAsync(new SourceQuery("DeviceEvents | take 1") { Range = new TimeRange(new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc)) }, Cancellation);

        server.Requests[0].Line.ShouldBe("POST /v1.0/security/runHuntingQuery HTTP/1.1");
        JsonNode body = JsonNode.Parse(server.Requests[0].Body)!;
        ((string)body["Query"]!).ShouldBe("DeviceEvents | where ['Timestamp'] >= datetime(2026-03-01T00:00:00.0000000Z) and ['Timestamp'] < datetime(2026-03-02T00:00:00.0000000Z) | take 1");
        ((string)body["Timespan"]!).ShouldBe("2026-03-01T00:00:00.0000000Z/2026-03-02T00:00:00.0000000Z");
    }

    [Fact]
    public async Task An_answer_of_exactly_the_limit_counts_as_cut_short()
    {
        await using var server = ScriptedServer.Answering(ScriptedServer.Http(200, Many(HuntingAnswer.MostRows)));

        PartialResultException error = await Should.ThrowAsync<PartialResultException>(() => Source(server).QueryAsync("T", Cancellation));
        KqlResult allowed = await Source(server).QueryAsync(new SourceQuery("T") { AllowsPartial = true }, Cancellation);
        KqlResult asked = await Source(server).QueryAsync("T | take 100000", Cancellation);

        error.Message.ShouldContain("exactly 100,000 rows");
        (allowed.IsPartial, allowed.Remarks.Count, allowed.Table.RowCount).ShouldBe((true, 1, HuntingAnswer.MostRows));
        (asked.IsPartial, asked.Remarks.Count, asked.Table.RowCount).ShouldBe((false, 0, HuntingAnswer.MostRows));
    }

    [Fact]
    public async Task An_answer_of_one_row_less_is_whole()
    {
        await using var server = ScriptedServer.Answering(ScriptedServer.Http(200, Many(HuntingAnswer.MostRows - 1)));

        (await Source(server).QueryAsync("T", Cancellation)).IsPartial.ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"schema":[{"name":"a","type":"Int64"}]}""")]
    [InlineData("""{"results":[]}""")]
    [InlineData("""{"schema":[{"name":"a","type":"Int64"}],"results":[{"b":1}]}""")]
    [InlineData("""{"schema":[{"name":"a","type":"Int64"}],"results":[{"a":1,"a":2}]}""")]
    [InlineData("""{"schema":[{"name":"a","type":"Int64"}],"results":[[1]]}""")]
    [InlineData("""{"schema":[{"name":"a","type":"Int64"}],"results":[{"a":1}],"results":[]}""")]
    [InlineData("""{"schema":[{"type":"Int64"}],"results":[]}""")]
    [InlineData("""{"schema":[{"name":"a","type":"Int64"}],"results":[{"a":"99999999999999999999"}]}""")]
    [InlineData("""{"schema":[],"results":[]} and more""")]
    [InlineData("[]")]
    public async Task An_answer_that_does_not_fit_itself_is_broken(string body)
    {
        await using var server = ScriptedServer.Answering(ScriptedServer.Http(200, body));

        (await Should.ThrowAsync<SourceException>(() => Source(server).QueryAsync("T", Cancellation))).Fault.ShouldBe(SourceFault.BrokenAnswer);
    }

    [Fact]
    public async Task Its_tables_are_the_documented_ones()
    {
        IReadOnlyList<SourceTable> tables = await new DefenderSource("x", new Uri("https://graph.microsoft.com"), Quick).TablesAsync(Cancellation);

        tables.Count.ShouldBeGreaterThan(20);
        tables.Single(table => table.Name == "DeviceProcessEvents").Schema.ShouldContain(column => column.Name == "ProcessCommandLine");
    }

    [Fact]
    public void A_configuration_names_cloud_tenant_and_address()
    {
        using var file = new ConfigurationFile("Azure:\n  cloud: usgov\nDataProviders:\n  MicrosoftDefender:\n    Args:\n      TenantId: one.example\n  MicrosoftDefender-Lab:\n    Args:\n      Endpoint: http://127.0.0.1:5\n");
        using var china = new ConfigurationFile("Azure:\n  cloud: cn\n");
        using var none = new ConfigurationFile("");

        DefenderSource.Open(file.Load()).Description.Address.ShouldBe("https://graph.microsoft.us");
        DefenderSource.Open(file.Load(), "lab").Description.Address.ShouldBe("http://127.0.0.1:5");
        DefenderSource.Open(none.Load()).Description.Address.ShouldBe("https://graph.microsoft.com");
        Should.Throw<SourceException>(() => DefenderSource.Open(china.Load())).Fault.ShouldBe(SourceFault.Unsupported);
        Should.Throw<ConfigurationException>(() => DefenderSource.Open(file.Load(), "Lba")).Message.ShouldContain("Lab");
    }

    private static DefenderSource Source(ScriptedServer server) => new("Lab", server.Address, Quick);

    private static string Many(int rows)
    {
        var text = new StringBuilder("""{"schema":[{"name":"a","type":"Int64"}],"results":[""");
        for (int i = 0; i < rows; i++)
        {
            text.Append(i == 0 ? "{\"a\":1}" : ",{\"a\":1}");
        }

        return text.Append("]}").ToString();
    }
}
