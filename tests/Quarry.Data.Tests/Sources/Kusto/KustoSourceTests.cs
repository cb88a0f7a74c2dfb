using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Quarry.Data.Kql;
using Quarry.Data.Sources;
using Quarry.Data.Sources.Http;
using Quarry.Data.Sources.Kusto;
using Quarry.Data.Tests.Sources.Answers;
using Quarry.Data.Tests.Sources.Http;
using Quarry.Tables;

namespace Quarry.Data.Tests.Sources.Kusto;

public sealed class KustoSourceTests
{
    private static readonly ServiceOptions Quick = new() { FirstWait = TimeSpan.FromMilliseconds(1), LongestWait = TimeSpan.FromSeconds(1), Retries = 1 };
    private static readonly string Rows = AnswerTexts.Frame("a:long, b:string", "[1,\"x\"],[2,null]");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Asks_with_the_query_its_values_and_its_time()
    {
        await using var server = ScriptedServer.Answering(ScriptedServer.Http(200, Rows));
        await using KustoSource source = Source(server.Address);

        KqlResult result = await source.QueryAsync(
            new SourceQuery("declare query_parameters(h:string); T | where Host == h")
            {
                Parameters = new Dictionary<string, object?> { ["h"] = "'; .drop table T //" },
                Timeout = TimeSpan.FromMinutes(10),
                Range = new TimeRange(new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2024, 1, 2, 0, 0, 0, DateTimeKind.Utc)),
            },
            Cancellation);

        result.Table.RowCount.ShouldBe(2);
        ScriptedServer.Request request = server.Requests.Single();
        request.Line.ShouldBe("POST /v2/rest/query HTTP/1.1");
        request.Headers["x-ms-client-request-id"].ShouldStartWith("Quarry;");
        using var body = JsonDocument.Parse(request.Body);
        body.RootElement.GetProperty("db").GetString().ShouldBe("Db");
        body.RootElement.GetProperty("csl").GetString().ShouldBe(
            @"let ['h'] = '\'; .drop table T //'; T | where ['Timestamp'] >= datetime(2024-01-01T00:00:00.0000000Z) and ['Timestamp'] < datetime(2024-01-02T00:00:00.0000000Z) | where Host == h");
        using var properties = JsonDocument.Parse(body.RootElement.GetProperty("properties").GetString()!);
        properties.RootElement.GetProperty("Options").GetProperty("servertimeout").GetString().ShouldBe("00:10:00");
    }

    [Fact]
    public async Task A_range_over_several_tables_is_the_services_to_apply()
    {
        await using var server = ScriptedServer.Answering(ScriptedServer.Http(200, Rows));
        await using KustoSource source = Source(server.Address);
        var range = new TimeRange(new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2024, 1, 2, 0, 0, 0, DateTimeKind.Utc));

        await source.QueryAsync(new SourceQuery("T | join U on x") { Range = range }, Cancellation);

        using var body = JsonDocument.Parse(server.Requests.Single().Body);
        body.RootElement.GetProperty("csl").GetString().ShouldBe("T | join U on x");
        using var properties = JsonDocument.Parse(body.RootElement.GetProperty("properties").GetString()!);
        JsonElement options = properties.RootElement.GetProperty("Options");
        options.GetProperty("query_datetimescope_column").GetString().ShouldBe("Timestamp");
        options.GetProperty("query_datetimescope_from").GetString().ShouldBe("2024-01-01T00:00:00.0000000Z");
        options.GetProperty("query_datetimescope_to").GetString().ShouldBe("2024-01-02T00:00:00.0000000Z");
    }

    [Fact]
    public async Task A_range_without_a_column_of_time_is_refused()
    {
        await using var source = new KustoSource(new KustoOptions("http://127.0.0.1:1", "Db"));

        SourceException error = await Should.ThrowAsync<SourceException>(() => source.QueryAsync(new SourceQuery("T") { Range = default(TimeRange) }, Cancellation));

        error.Fault.ShouldBe(SourceFault.Unsupported);
        error.Message.ShouldContain("TimeColumn");
    }

    [Theory]
    [InlineData(400, """{"error":{"code":"BadRequest_SemanticError","@message":"SEM0100","@permanent":true}}""", SourceFault.BadQuery, "SEM0100")]
    [InlineData(400, """{"error":{"code":"BadRequest_EntityNotFound","@message":"no database"}}""", SourceFault.NotFound, "no database")]
    [InlineData(401, "", SourceFault.Unauthenticated, "Sign in")]
    [InlineData(403, "<html>", SourceFault.Forbidden, "role Viewer of the database 'Db'")]
    [InlineData(404, "", SourceFault.NotFound, "Check the names")]
    [InlineData(429, "", SourceFault.Throttled, "fewer queries in flight")]
    [InlineData(500, "", SourceFault.ServiceFailed, "Try again later")]
    [InlineData(503, "not json", SourceFault.ServiceFailed, "not json")]
    public async Task A_status_is_an_error_that_says_what_to_do(int status, string body, SourceFault fault, string said)
    {
        await using var server = ScriptedServer.Answering(ScriptedServer.Http(status, body));
        await using KustoSource source = Source(server.Address);

        SourceException error = await FailAsync(source);

        error.Fault.ShouldBe(fault);
        error.Status.ShouldBe(status);
        error.Message.ShouldContain(said);
    }

    [Fact]
    public async Task No_answer_that_breaks_off_is_taken_as_whole()
    {
        byte[] whole = Encoding.UTF8.GetBytes(ScriptedServer.Http(200, Rows));
        int head = whole.AsSpan().IndexOf("\r\n\r\n"u8) + 4;
        int at = head;

        // Once with the length that it was to have, once with none, so that only the JSON tells.
        bool hasLength = true;
        await using var server = new ScriptedServer((request, stream) =>
            request.Line.Contains("mgmt", StringComparison.Ordinal) ? Task.CompletedTask
            : stream.WriteAsync(hasLength ? whole.AsMemory(0, at) : Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{Encoding.UTF8.GetString(whole, head, at - head)}")).AsTask());
        await using KustoSource source = Source(server.Address);
        for (; at < whole.Length - 1; at += 23)
        {
            hasLength = !hasLength;
            (await FailAsync(source)).Fault.ShouldBe(SourceFault.BrokenAnswer);
        }
    }

    [Fact]
    public async Task A_cut_after_the_first_rows_fails_whoever_reads_them()
    {
        string rows = string.Join(',', Enumerable.Range(0, 200_000).Select(i => $"[{i},\"text\"]"));
        byte[] answer = Encoding.UTF8.GetBytes(ScriptedServer.Http(200, AnswerTexts.Frame("a:long, b:string", rows)));
        await using var server = new ScriptedServer((_, stream) => stream.WriteAsync(answer.AsMemory(0, answer.Length / 2)).AsTask());
        await using KustoSource source = Source(server.Address);
        using SourceRun run = await source.BeginAsync(new SourceQuery("T"), Cancellation);
        long read = 0;

        SourceException error = await Task.Run(() => Should.Throw<SourceException>(() =>
        {
            foreach (TableBatch batch in run.Next()!.TakeBatches())
            {
                read += batch.Table.RowCount;
            }
        }), Cancellation);

        error.Fault.ShouldBe(SourceFault.BrokenAnswer);
        read.ShouldBeGreaterThan(0);
        Should.Throw<SourceException>(() => run.Next()).Message.ShouldBe(error.Message);
    }

    [Fact]
    public async Task A_certificate_that_is_not_the_clusters_ends_it()
    {
        await using var server = new ScriptedServer((_, _) => Task.CompletedTask, ScriptedServer.CertificateOf("other.example"));
        await using KustoSource source = Source(server.Address, Quick with { Credential = new FixedCredential("secret-token-123456") });

        (await FailAsync(source)).Fault.ShouldBe(SourceFault.Certificate);

        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_token_is_for_the_cluster()
    {
        await using var server = new ScriptedServer((_, stream) => stream.WriteAsync(Encoding.UTF8.GetBytes(ScriptedServer.Http(200, Rows))).AsTask(), ScriptedServer.CertificateOf("127.0.0.1"));
        var credential = new FixedCredential("secret-token-123456");
        await using KustoSource source = Source(server.Address, Quick with { Credential = credential, Transport = ServiceClientTests.Pinned(server) });

        await source.QueryAsync("T", Cancellation);

        credential.Scopes.ShouldBe([$"https://127.0.0.1:{server.Port}/.default"]);
        server.Requests.Single().Headers["Authorization"].ShouldBe("Bearer secret-token-123456");
    }

    [Fact]
    public async Task A_service_that_never_answers_ends_in_the_querys_time_and_is_told_to_stop()
    {
        await using var server = new ScriptedServer((request, stream) => request.Line.Contains("mgmt", StringComparison.Ordinal)
            ? stream.WriteAsync(Encoding.UTF8.GetBytes(ScriptedServer.Http(200, """{"Tables":[]}"""))).AsTask()
            : Task.Delay(Timeout.Infinite, Cancellation));
        KustoSource source = Source(server.Address);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(0.3));

        await Should.ThrowAsync<OperationCanceledException>(() => source.BeginAsync(new SourceQuery("T"), stop.Token));
        await source.DisposeAsync();

        ShouldBeCancelled(server);
    }

    [Fact]
    public async Task A_run_that_is_left_early_is_stopped_at_the_service()
    {
        await using var server = new ScriptedServer(async (request, stream) =>
        {
            if (request.Line.Contains("mgmt", StringComparison.Ordinal))
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(ScriptedServer.Http(200, """{"Tables":[]}""")));
                return;
            }

            await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n{Rows[..Rows.IndexOf("[2", StringComparison.Ordinal)]}"));
            await Task.Delay(Timeout.Infinite, Cancellation);
        });
        KustoSource source = Source(server.Address);
        long started = Stopwatch.GetTimestamp();

        SourceRun run = await source.BeginAsync(new SourceQuery("T"), Cancellation);
        (await Task.Run(() => run.Next(), Cancellation))!.Schema.Count.ShouldBe(2);
        run.Dispose();
        await source.DisposeAsync();

        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(10));
        ShouldBeCancelled(server);
    }

    [Fact]
    public async Task Lists_tables_views_and_functions()
    {
        const string Schema = """
            {"Databases":{"Db":{"Name":"Db",
              "Tables":{"T":{"Name":"T","DocString":"Events","OrderedColumns":[{"Name":"a","Type":"System.Int64","CslType":"long"},{"Name":"b","Type":"System.String"}]}},
              "ExternalTables":{},
              "MaterializedViews":{"V":{"Name":"V","OrderedColumns":[{"Name":"x","CslType":"datetime"}]}},
              "Functions":{"F":{"Name":"F","InputParameters":[{"Name":"host","CslType":"string","CslDefaultValue":"'*'"},{"Name":"t","Columns":[{"Name":"x","CslType":"long"}]}],"OutputColumns":[]}}}}}
            """;
        string answer = $$"""{"Tables":[{"TableName":"Table_0","Columns":[{"ColumnName":"DatabaseSchema","DataType":"String","ColumnType":"string"}],"Rows":[[{{JsonSerializer.Serialize(Schema)}}]]}]}""";
        await using var server = ScriptedServer.Answering(ScriptedServer.Http(200, answer));
        await using KustoSource source = Source(server.Address);

        IReadOnlyList<SourceTable> tables = await source.TablesAsync(Cancellation);

        tables.Select(table => $"{table.Kind} {table.Name}{table.Parameters} {table.Schema}").ShouldBe(
            ["function F(host:string='*', t:(x:long)) ()", "table T (a: long, b: string)", "materialized view V (x: datetime)"]);
        using var body = JsonDocument.Parse(server.Requests.Single().Body);
        body.RootElement.GetProperty("csl").GetString().ShouldBe(".show database ['Db'] schema as json");
    }

    [Theory]
    [InlineData("help", "https://help.kusto.windows.net")]
    [InlineData("logs.westeurope", "https://logs.westeurope.kusto.windows.net")]
    [InlineData("https://x.kusto.fabric.microsoft.com/", "https://x.kusto.fabric.microsoft.com")]
    [InlineData("x.z0.kusto.fabric.microsoft.com", "https://x.z0.kusto.fabric.microsoft.com")]
    [InlineData("https://ade.loganalytics.io/subscriptions/s/resourcegroups/r/providers/microsoft.operationalinsights/workspaces/w", "https://ade.loganalytics.io/subscriptions/s/resourcegroups/r/providers/microsoft.operationalinsights/workspaces/w")]
    public async Task A_cluster_is_a_name_or_an_address(string cluster, string address)
    {
        await using var source = new KustoSource(new KustoOptions(cluster, "Db"));

        source.Description.Address.ShouldBe(address);
    }

    [Fact]
    public async Task Split_parts_are_asked_by_their_times_and_put_together()
    {
        await using var server = new ScriptedServer(async (request, stream) =>
        {
            using var body = JsonDocument.Parse(request.Body);
            string text = body.RootElement.GetProperty("csl").GetString()!;
            int day = int.Parse(text.AsSpan(text.IndexOf("datetime(2024-01-", StringComparison.Ordinal) + 17, 2), CultureInfo.InvariantCulture);
            await Task.Delay((10 - day) * 10, Cancellation);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(ScriptedServer.Http(200, AnswerTexts.Frame("day:long", $"[{day}]"))));
        });
        await using KustoSource source = Source(server.Address);
        var start = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

        KqlResult result = await source.QueryAsync(new SourceQuery("T | where x") { Range = new TimeRange(start, start.AddDays(7)), SplitBy = TimeSpan.FromDays(1) }, Cancellation);

        Enumerable.Range(0, result.Table.RowCount).Select(row => result.Table[0].GetValue(row)).ShouldBe([1L, 2L, 3L, 4L, 5L, 6L, 7L]);
    }

    private static KustoSource Source(Uri address, ServiceOptions? options = null) => new(new KustoOptions(address.ToString(), "Db") { TimeColumn = "Timestamp", Service = options ?? Quick });

    private static Task<SourceException> FailAsync(KustoSource source) => Should.ThrowAsync<SourceException>(() => source.QueryAsync("T", Cancellation));

    private static void ShouldBeCancelled(ScriptedServer server)
    {
        server.Requests.Count.ShouldBe(2);
        using var body = JsonDocument.Parse(server.Requests[1].Body);
        body.RootElement.GetProperty("csl").GetString().ShouldBe($".cancel query '{server.Requests[0].Headers["x-ms-client-request-id"]}'");
    }
}
