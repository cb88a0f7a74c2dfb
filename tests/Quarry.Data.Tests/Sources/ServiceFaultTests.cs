using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Azure.Identity;
using Quarry.Data.Sources;
using Quarry.Data.Sources.Defender;
using Quarry.Data.Sources.Http;
using Quarry.Data.Sources.Sentinel;
using Quarry.Data.Tests.Sources.Http;

namespace Quarry.Data.Tests.Sources;

/// <summary>Every fault that the sources on services have to end well in, injected by a server on loopback; for Sentinel and for Defender.</summary>
public sealed class ServiceFaultTests
{
    private const string Token = "opaque-token-0123456789";
    private static readonly ServiceOptions Quick = new() { FirstWait = TimeSpan.FromMilliseconds(1), LongestWait = TimeSpan.FromSeconds(1), Retries = 2 };
    private static readonly SourceQuery Query = new("T | take 10") { Timeout = TimeSpan.FromSeconds(20) };

    public static TheoryData<SourceKind> Kinds => [SourceKind.Sentinel, SourceKind.Defender];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<SourceKind, int, SourceFault, string> Statuses()
    {
        var data = new TheoryData<SourceKind, int, SourceFault, string>();
        foreach (SourceKind kind in (SourceKind[])[SourceKind.Sentinel, SourceKind.Defender])
        {
            data.Add(kind, 400, SourceFault.BadQuery, "Correct it");
            data.Add(kind, 401, SourceFault.Unauthenticated, "az login");
            data.Add(kind, 403, SourceFault.Forbidden, kind == SourceKind.Sentinel ? "Log Analytics Reader" : "ThreatHunting.Read.All");
            data.Add(kind, 404, SourceFault.NotFound, "Check");
            data.Add(kind, 429, SourceFault.Throttled, "again");
            data.Add(kind, 500, SourceFault.ServiceFailed, "Try again later");
            data.Add(kind, 503, SourceFault.ServiceFailed, "Try again later");
            data.Add(kind, 504, SourceFault.Timeout, "shorter time range");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task A_refusal_says_what_to_do(SourceKind kind, int status, SourceFault fault, string todo)
    {
        await using var server = ScriptedServer.Answering(ScriptedServer.Http(status, """{"error":{"code":"SomeCode","message":"The service says why."}}"""));

        SourceException error = await FailAsync(kind, server.Address, Quick);

        error.Fault.ShouldBe(fault);
        error.Status.ShouldBe(status);
        error.Message.ShouldContain("The service says why.");
        error.Message.ShouldContain(todo);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task No_network_is_said_at_once(SourceKind kind)
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        int port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        long began = Stopwatch.GetTimestamp();

        (await FailAsync(kind, new Uri($"http://127.0.0.1:{port}"), Quick)).Fault.ShouldBe(SourceFault.Unreachable);

        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_wrong_tenant_is_said_with_what_to_check(SourceKind kind)
    {
        await using var server = new ScriptedServer((_, _) => Task.CompletedTask, ScriptedServer.CertificateOf("127.0.0.1"));
        var credential = new FixedCredential(Token, new AuthenticationFailedException("AADSTS90002: Tenant 'x' not found. client_secret=hunter2hunter2"));

        SourceException error = await FailAsync(kind, server.Address, Quick with { Credential = credential, Transport = ServiceClientTests.Pinned(server) });

        error.Fault.ShouldBe(SourceFault.Unauthenticated);
        error.Message.ShouldContain("tenant");
        error.Message.ShouldNotContain("hunter2");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_expired_token_is_said_and_not_repeated(SourceKind kind)
    {
        await using var server = new ScriptedServer(
            (request, stream) => stream.WriteAsync(Encoding.UTF8.GetBytes(ScriptedServer.Http(401, $$$"""{"error":{"code":"InvalidAuthenticationToken","message":"Lifetime validation failed of {{{request.Headers["Authorization"]}}}"}}"""))).AsTask(),
            ScriptedServer.CertificateOf("127.0.0.1"));

        SourceException error = await FailAsync(kind, server.Address, Quick with { Credential = new FixedCredential(Token), Transport = ServiceClientTests.Pinned(server) });

        error.Fault.ShouldBe(SourceFault.Unauthenticated);
        error.Code.ShouldBe("InvalidAuthenticationToken");
        error.ToString().ShouldNotContain(Token);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_certificate_that_is_not_the_hosts_ends_before_the_token_is_sent(SourceKind kind)
    {
        await using var server = new ScriptedServer((_, _) => Task.CompletedTask, ScriptedServer.CertificateOf("other.example"));

        SourceException error = await FailAsync(kind, server.Address, Quick with { Credential = new FixedCredential(Token) });

        error.Fault.ShouldBe(SourceFault.Certificate);
        server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_answer_cut_anywhere_is_never_taken_for_whole(SourceKind kind)
    {
        string whole = Answer(kind, "a", "string", "\"one\"", "\"two\"");
        for (int cut = 0; cut < whole.Length; cut += cut < 20 ? 1 : 7)
        {
            string answer = $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {whole.Length}\r\nConnection: close\r\n\r\n{whole[..cut]}";
            await using var broken = ScriptedServer.Answering(answer);
            (await FailAsync(kind, broken.Address, Quick)).Fault.ShouldBe(SourceFault.BrokenAnswer, $"cut after {cut} bytes, in the connection");

            await using var half = ScriptedServer.Answering(ScriptedServer.Http(200, whole[..cut]));
            (await FailAsync(kind, half.Address, Quick)).Fault.ShouldBe(SourceFault.BrokenAnswer, $"cut after {cut} bytes, as a document");
        }
    }

    [Theory]
    [InlineData("long", "\"twelve\"")]
    [InlineData("long", "1.5")]
    [InlineData("long", "9223372036854775808")]
    [InlineData("int", "4294967296")]
    [InlineData("datetime", "\"yesterday\"")]
    [InlineData("datetime", "17")]
    [InlineData("bool", "\"true\"")]
    [InlineData("real", "\"much\"")]
    [InlineData("guid", "\"no-guid\"")]
    [InlineData("string", "5")]
    [InlineData("string", "{}")]
    [InlineData("timespan", "\"long\"")]
    [InlineData("nonsense", "1")]
    public async Task An_answer_that_lies_about_its_types_is_broken(string type, string value)
    {
        foreach (SourceKind kind in (SourceKind[])[SourceKind.Sentinel, SourceKind.Defender])
        {
            await using var server = ScriptedServer.Answering(ScriptedServer.Http(200, Answer(kind, "a", type, "null", value)));

            SourceException error = await FailAsync(kind, server.Address, Quick);

            error.Fault.ShouldBe(SourceFault.BrokenAnswer);
            error.Message.ShouldContain("'a'");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_cell_of_a_hundred_megabytes_ends_in_an_error_that_says_so(SourceKind kind)
    {
        string[] around = Answer(kind, "a", "string", "\"#\"").Split('#');
        byte[] piece = Encoding.ASCII.GetBytes(new string('x', 1 << 20));
        await using var server = new ScriptedServer(async (_, stream) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{around[0]}"));
            for (int i = 0; i < 100; i++)
            {
                await stream.WriteAsync(piece);
            }

            await stream.WriteAsync(Encoding.ASCII.GetBytes(around[1]));
        });

        SourceException error = await FailAsync(kind, server.Address, Quick);

        error.Fault.ShouldBe(SourceFault.BrokenAnswer);
        error.Message.ShouldContain("64 MB");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_service_that_says_nothing_ends_in_its_time(SourceKind kind)
    {
        await using var server = new ScriptedServer((_, _) => Task.Delay(Timeout.Infinite, Cancellation));
        var clock = new HurriedClock(60);
        long began = Stopwatch.GetTimestamp();

        SourceException error = await FailAsync(kind, server.Address, Quick with { Clock = clock });

        error.Fault.ShouldBe(SourceFault.Timeout);
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Cancelling_ends_a_query_that_waits(SourceKind kind)
    {
        await using var server = new ScriptedServer((_, _) => Task.Delay(Timeout.Infinite, Cancellation));
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(0.2));

        await Should.ThrowAsync<OperationCanceledException>(() => Source(kind, server.Address, Quick).QueryAsync(Query, stop.Token));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_passes_is_tried_again_and_the_answer_is_whole(SourceKind kind)
    {
        await using var server = ScriptedServer.Answering(
            ScriptedServer.Http(429, "", "Retry-After: 0"), ScriptedServer.Http(503, ""), ScriptedServer.Http(200, Answer(kind, "a", "long", "1", "2")));

        (await Source(kind, server.Address, Quick).QueryAsync(Query, Cancellation)).Table.RowCount.ShouldBe(2);

        server.Requests.Count.ShouldBe(3);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Names_of_parameters_and_values_stay_values(SourceKind kind)
    {
        await using var server = ScriptedServer.Answering(ScriptedServer.Http(200, Answer(kind, "a", "long", "1")));
        var query = new SourceQuery("declare query_parameters(host:string); T | where Computer == host") { Parameters = new Dictionary<string, object?> { ["host"] = "x\" | take 1 //" } };

        await Source(kind, server.Address, Quick).QueryAsync(query, Cancellation);

        server.Requests[0].Body.ShouldNotContain("declare");
        System.Text.Json.Nodes.JsonNode body = System.Text.Json.Nodes.JsonNode.Parse(server.Requests[0].Body)!;
        ((string)(body["query"] ?? body["Query"])!).ShouldBe("""let ['host'] = 'x\" | take 1 //'; T | where Computer == host""");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task More_time_than_the_service_gives_is_said(SourceKind kind)
    {
        await using var server = ScriptedServer.Answering(ScriptedServer.Http(200, Answer(kind, "a", "long", "1")));

        (await Source(kind, server.Address, Quick).QueryAsync(Query with { Timeout = TimeSpan.FromHours(1) }, Cancellation)).Remarks.ShouldHaveSingleItem().ShouldContain("10 minutes");
    }

    [Fact]
    public void Sources_do_not_tell_secrets_of_their_addresses()
    {
        Should.Throw<SourceException>(() => Source(SourceKind.Sentinel, new Uri("https://user:hunter2@example.org"), Quick)).Message.ShouldNotContain("hunter2");
        Source(SourceKind.Defender, new Uri("https://example.org/?sig=hunter2"), Quick).Description.Address.ShouldNotContain("hunter2");
    }

    internal static IQuerySource Source(SourceKind kind, Uri address, ServiceOptions options) => kind == SourceKind.Sentinel
        ? new SentinelSource([new SentinelWorkspace("Lab", Guid.Empty)], address, options)
        : new DefenderSource("Lab", address, options);

    internal static string Answer(SourceKind kind, string column, string type, params string[] values) => kind == SourceKind.Sentinel
        ? $$"""{"tables":[{"name":"PrimaryResult","columns":[{"name":"{{column}}","type":"{{type}}"}],"rows":[{{string.Join(',', values.Select(value => $"[{value}]"))}}]}]}"""
        : $$"""{"@odata.context":"x","schema":[{"name":"{{column}}","type":"{{type}}"}],"results":[{{string.Join(',', values.Select(value => $$"""{"{{column}}":{{value}}}"""))}}]}""";

    private static Task<SourceException> FailAsync(SourceKind kind, Uri address, ServiceOptions options) =>
        Should.ThrowAsync<SourceException>(() => Source(kind, address, options).QueryAsync(Query, Cancellation));

    /// <summary>A clock whose timers run as many times faster.</summary>
    private sealed class HurriedClock(int times) : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / times : dueTime, period > TimeSpan.Zero ? period / times : period);
    }
}
