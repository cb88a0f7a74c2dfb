using System.Text.Json.Nodes;
using Quarry.Data.Configuration;
using Quarry.Data.Kql;
using Quarry.Data.Sources;
using Quarry.Data.Sources.Http;
using Quarry.Data.Sources.Sentinel;
using Quarry.Data.Tests.Configuration;
using Quarry.Tables;
using Quarry.Web;
using Quarry.Web.Kusto;

namespace Quarry.Data.Tests.Sources.Sentinel;

public sealed class SentinelSourceTests
{
    private const string Id = "11111111-2222-3333-4444-555555555555";
    private const string Other = "22222222-2222-3333-4444-555555555555";
    private static readonly ServiceOptions Quick = new() { FirstWait = TimeSpan.FromMilliseconds(1), Retries = 1 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_a_configuration_to_rows_over_a_real_socket()
    {
        using KqlDatabase database = Database();
        await using LoopbackServer server = await KustoEndpoint.StartAsync(database, cancellation: Cancellation);
        using var file = new ConfigurationFile($"AzureSentinel:\n  Workspaces:\n    Default:\n      WorkspaceId: {Id}\n      Endpoint: {server.Address}\n");
        await using SentinelSource source = SentinelSource.Open(file.Load());

        await source.ConnectAsync(Cancellation);
        IReadOnlyList<SourceTable> tables = await source.TablesAsync(Cancellation);
        KqlResult rows = await source.QueryAsync("OfficeActivity | order by Number asc | take 10", Cancellation);

        tables.Single().Name.ShouldBe("OfficeActivity");
        tables[0].Schema.Select(column => (column.Name, column.Type)).ShouldBe([("TimeGenerated", ColumnType.DateTime), ("UserId", ColumnType.String), ("Number", ColumnType.Long)]);
        tables[0].Origin.ShouldBe("Default");
        rows.Table.RowCount.ShouldBe(3);
        rows.Table["UserId"].GetValue(2).ShouldBe("c\"\u0001😀");
        rows.Table["TimeGenerated"].GetValue(0).ShouldBe(new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks(1));
        source.Description.Name.ShouldBe("Sentinel workspace Default");
    }

    [Fact]
    public async Task A_range_parameters_and_errors_of_the_query_reach_the_service()
    {
        using KqlDatabase database = Database();
        await using LoopbackServer server = await KustoEndpoint.StartAsync(database, cancellation: Cancellation);
        var source = new SentinelSource([new SentinelWorkspace("Lab", Guid.Parse(Id))], server.Address, Quick);
        var query = new SourceQuery("declare query_parameters(user:string); OfficeActivity | where UserId != user | count")
        {
            Parameters = new Dictionary<string, object?> { ["user"] = "a" },
            Range = new TimeRange(new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2026, 3, 3, 0, 0, 0, DateTimeKind.Utc)),
        };

        (await source.QueryAsync(query, Cancellation)).Table[0].GetValue(0).ShouldBe(1L);
        (await Should.ThrowAsync<SourceException>(() => source.QueryAsync("OfficeActivty | take 1", Cancellation))).Fault.ShouldBe(SourceFault.BadQuery);
        await Should.ThrowAsync<KqlException>(() => source.QueryAsync(query with { Parameters = new Dictionary<string, object?>() }, Cancellation));
    }

    [Fact]
    public async Task A_long_range_is_asked_in_parts_and_rows_on_their_edges_come_once()
    {
        using KqlDatabase database = Database();
        await using LoopbackServer server = await KustoEndpoint.StartAsync(database, cancellation: Cancellation);
        var source = new SentinelSource([new SentinelWorkspace("Lab", Guid.Parse(Id))], server.Address, Quick);
        var query = new SourceQuery("OfficeActivity | project Number")
        {
            // The second row is on the edge of two parts, the third on the end of the range, which is not inside.
            Range = new TimeRange(new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2026, 3, 9, 0, 0, 0, DateTimeKind.Utc)),
            SplitBy = TimeSpan.FromDays(1),
        };

        Table parts = (await source.QueryAsync(query, Cancellation)).Table;
        Table whole = (await source.QueryAsync(query with { SplitBy = null }, Cancellation)).Table;

        Enumerable.Range(0, parts.RowCount).Select(row => parts[0].GetValue(row)).ShouldBe([1L, 2L]);
        whole.RowCount.ShouldBe(2);
        (await Should.ThrowAsync<SourceException>(() => source.QueryAsync(query with { Text = "OfficeActivity | count" }, Cancellation))).Fault.ShouldBe(SourceFault.Unsupported);
    }

    [Fact]
    public async Task A_part_that_fails_is_named_and_nothing_passes_for_the_whole()
    {
        string good = ScriptedServer.Http(200, ServiceFaultTests.Answer(SourceKind.Sentinel, "a", "long", "1"));
        await using var server = new ScriptedServer((request, stream) => stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(
            request.Body.Contains("2026-03-03T00:00:00.0000000Z/", StringComparison.Ordinal) ? ScriptedServer.Http(500, "") : good)).AsTask());
        var source = new SentinelSource([new SentinelWorkspace("Lab", Guid.Parse(Id))], server.Address, Quick);
        var query = new SourceQuery("T")
        {
            Range = new TimeRange(new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2026, 3, 5, 0, 0, 0, DateTimeKind.Utc)),
            SplitBy = TimeSpan.FromDays(1),
        };

        SourceException error = await Should.ThrowAsync<SourceException>(() => source.QueryAsync(query, Cancellation));

        error.Fault.ShouldBe(SourceFault.ServiceFailed);
        error.Message.ShouldContain("parts 3 to 4");
    }

    [Fact]
    public async Task Queries_of_a_batch_each_have_their_answer_in_order()
    {
        using KqlDatabase database = Database();
        await using LoopbackServer server = await KustoEndpoint.StartAsync(database, cancellation: Cancellation);
        var source = new SentinelSource([new SentinelWorkspace("Lab", Guid.Parse(Id))], server.Address, Quick);

        IReadOnlyList<BatchAnswer> answers = await source.BatchAsync([new SourceQuery("OfficeActivity | count"), new SourceQuery("Nothing"), new SourceQuery("print 7")], Cancellation);

        answers[0].Result!.Table[0].GetValue(0).ShouldBe(3L);
        answers[1].Error!.Fault.ShouldBe(SourceFault.BadQuery);
        Convert.ToInt64(answers[2].Result!.Table[0].GetValue(0), System.Globalization.CultureInfo.InvariantCulture).ShouldBe(7L);
    }

    [Fact]
    public async Task Several_workspaces_are_asked_in_one_request()
    {
        await using var server = ScriptedServer.Answering(ScriptedServer.Http(200, ServiceFaultTests.Answer(SourceKind.Sentinel, "a", "long", "1")));
        using var file = new ConfigurationFile($"AzureSentinel:\n  Workspaces:\n    Default:\n      WorkspaceId: {Id}\n      Endpoint: {server.Address}\n    B:\n      WorkspaceId: {Other}\n");
        await using SentinelSource source = SentinelSource.Open(file.Load(), ["default", "B"], Quick);

        await source.QueryAsync(new SourceQuery("T") { Timeout = TimeSpan.FromSeconds(90) }, Cancellation);

        server.Requests[0].Line.ShouldBe($"POST /v1/workspaces/{Id}/query HTTP/1.1");
        server.Requests[0].Headers["Prefer"].ShouldStartWith("wait=90,");
        JsonNode.Parse(server.Requests[0].Body)!["workspaces"]!.ToJsonString().ShouldBe($"[\"{Other}\"]");
        source.Description.Name.ShouldContain("Default, B");
    }

    [Fact]
    public async Task A_partial_answer_is_an_error_unless_it_is_allowed()
    {
        const string Partial = """{"tables":[{"name":"PrimaryResult","columns":[{"name":"a","type":"long"}],"rows":[[1],[2]]}],"error":{"code":"PartialError","message":"There were some errors when processing your query.","details":[{"code":"EngineError","message":"Something went wrong","innererror":{"code":"-2133196797","message":"The results of this query exceed the set limit of 500000 records"}}]}}""";
        await using var server = ScriptedServer.Answering(ScriptedServer.Http(200, Partial));
        var source = new SentinelSource([new SentinelWorkspace("Lab", Guid.Parse(Id))], server.Address, Quick);

        PartialResultException error = await Should.ThrowAsync<PartialResultException>(() => source.QueryAsync("T", Cancellation));
        KqlResult allowed = await source.QueryAsync(new SourceQuery("T") { AllowsPartial = true }, Cancellation);

        error.Message.ShouldContain("not the whole");
        allowed.IsPartial.ShouldBeTrue();
        allowed.Table.RowCount.ShouldBe(2);
        allowed.Remarks.ShouldHaveSingleItem().ShouldContain("not the whole");
    }

    [Fact]
    public async Task Functions_and_odd_columns_of_the_metadata_are_listed()
    {
        const string Metadata = """
            {"tables":[{"name":"T","description":"A table","columns":[{"name":"a","type":"long"},{"name":"a","type":"string"},{"name":"b","type":"new"}]},{"name":"U"}],
             "functions":[{"name":"Who","parameters":"host:string='*'","description":"Asks","body":"T"}]}
            """;
        await using var server = ScriptedServer.Answering(ScriptedServer.Http(200, Metadata));
        var source = new SentinelSource([new SentinelWorkspace("Lab", Guid.Parse(Id))], server.Address, Quick);

        IReadOnlyList<SourceTable> tables = await source.TablesAsync(Cancellation);

        tables.Select(table => (table.Name, table.Kind, table.Parameters)).ShouldBe([("T", "table", ""), ("U", "table", ""), ("Who", "function", "(host:string='*')")]);
        tables[0].Schema.Select(column => column.Name).ShouldBe(["a", "a1", "b"]);
        server.Requests[0].Line.ShouldBe($"GET /v1/workspaces/{Id}/metadata HTTP/1.1");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"tables\":[{}]}")]
    [InlineData("{\"tables\":")]
    public async Task Metadata_that_is_none_is_a_broken_answer(string body)
    {
        await using var server = ScriptedServer.Answering(ScriptedServer.Http(200, body));
        var source = new SentinelSource([new SentinelWorkspace("Lab", Guid.Parse(Id))], server.Address, Quick);

        (await Should.ThrowAsync<SourceException>(() => source.TablesAsync(Cancellation))).Fault.ShouldBe(SourceFault.BrokenAnswer);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"responses\":[]}")]
    [InlineData("{\"responses\":[{\"id\":\"1\",\"status\":200}]}")]
    [InlineData("{\"responses\":[{\"id\":\"1\",\"status\":200,\"body\":{\"tables\":[{\"name\":\"x\"}]}}]}")]
    [InlineData("{\"responses\":[{\"id\":\"1\",\"status\":429,\"body\":{\"error\":{\"code\":\"x\"}}}]}")]
    public async Task A_batch_that_lacks_an_answer_has_an_error_in_its_place(string body)
    {
        await using var server = ScriptedServer.Answering(ScriptedServer.Http(200, body));
        var source = new SentinelSource([new SentinelWorkspace("Lab", Guid.Parse(Id))], server.Address, Quick);
        SourceException? error;
        try
        {
            error = (await source.BatchAsync([new SourceQuery("T")], Cancellation)).Single().Error;
        }
        catch (SourceException whole)
        {
            error = whole;
        }

        error.ShouldNotBeNull();
    }

    [Fact]
    public void A_workspace_that_the_file_does_not_have_may_be_named_by_its_id()
    {
        using var file = new ConfigurationFile("");

        SentinelSource.Open(file.Load(), [Other]).Workspaces.Single().Id.ShouldBe(Guid.Parse(Other));
        Should.Throw<ConfigurationException>(() => SentinelSource.Open(file.Load(), ["Nowhere"])).Message.ShouldContain("no workspace");
    }

    [Theory]
    [InlineData("TenantId: one.example", "TenantId: two.example", "TenantId")]
    [InlineData("Endpoint: http://127.0.0.1:1", "Endpoint: http://127.0.0.1:2", "Endpoint")]
    public void Workspaces_that_one_request_cannot_carry_are_refused(string first, string second, string what)
    {
        using var file = new ConfigurationFile($"AzureSentinel:\n  Workspaces:\n    A:\n      WorkspaceId: {Id}\n      {first}\n    B:\n      WorkspaceId: {Other}\n      {second}\n");

        Should.Throw<ConfigurationException>(() => SentinelSource.Open(file.Load(), ["A", "B"])).Message.ShouldContain(what);
    }

    [Fact]
    public async Task A_token_for_another_address_is_for_that_address_alone()
    {
        await using var server = new ScriptedServer((_, stream) => stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(ScriptedServer.Http(200, ServiceFaultTests.Answer(SourceKind.Sentinel, "a", "long", "1")))).AsTask(), ScriptedServer.CertificateOf("127.0.0.1"));
        using var file = new ConfigurationFile($"AzureSentinel:\n  Workspaces:\n    Default:\n      WorkspaceId: {Id}\n      Endpoint: {server.Address}\n");
        var credential = new FixedCredential("token");

        await SentinelSource.Open(file.Load(), null, Quick with { Credential = credential, Transport = Http.ServiceClientTests.Pinned(server) }).QueryAsync("T", Cancellation);

        credential.Scopes.ShouldBe([$"https://127.0.0.1:{server.Port}/.default"]);
    }

    private static KqlDatabase Database()
    {
        KqlDatabase database = KqlDatabase.Create(new KqlDatabaseOptions { Threads = 2 });
        var builder = new TableBuilder(("TimeGenerated", ColumnType.DateTime), ("UserId", ColumnType.String), ("Number", ColumnType.Long));
        builder.AddRow(new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks(1), "a", 1L);
        builder.AddRow(new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc), "b", 2L);
        builder.AddRow(new DateTime(2026, 3, 9, 0, 0, 0, DateTimeKind.Utc), "c\"\u0001😀", 3L);
        database.AddTable("OfficeActivity", builder.Build());
        return database;
    }
}
