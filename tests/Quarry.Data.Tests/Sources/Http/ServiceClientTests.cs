using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Quarry.Data.Sources;
using Quarry.Data.Sources.Http;

namespace Quarry.Data.Tests.Sources.Http;

public sealed class ServiceClientTests
{
    private const string Token = "opaque-token-0123456789";
    private static readonly ServiceIdentity Service = new("Test service") { OnForbidden = "Ask for the role Reader." };
    private static readonly ServiceRequest Query = new(RequestMethod.Post, "v2/rest/query", "the query") { Body = "{}"u8.ToArray() };
    private static readonly ServiceOptions Quick = new() { FirstWait = TimeSpan.FromMilliseconds(1), LongestWait = TimeSpan.FromSeconds(2), Timeout = TimeSpan.FromSeconds(20), Silence = TimeSpan.FromSeconds(20) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(400, SourceFault.BadQuery)]
    [InlineData(401, SourceFault.Unauthenticated)]
    [InlineData(403, SourceFault.Forbidden)]
    [InlineData(404, SourceFault.NotFound)]
    [InlineData(429, SourceFault.Throttled)]
    [InlineData(500, SourceFault.ServiceFailed)]
    [InlineData(503, SourceFault.ServiceFailed)]
    [InlineData(504, SourceFault.Timeout)]
    [InlineData(302, SourceFault.BrokenAnswer)]
    public async Task A_status_becomes_an_error_that_repeats_what_the_service_says(int status, SourceFault fault)
    {
        await using var server = ScriptedServer.Answering(ScriptedServer.Http(
            status, """{"error":{"code":"Outer","message":"Outer message","innererror":{"code":"SEM0100","message":"Inner message"}}}""", "Location: https://elsewhere.example/x?sig=secret"));

        SourceException error = await FailAsync(server.Address, Quick);

        error.Fault.ShouldBe(fault);
        error.Status.ShouldBe(status);
        error.Code.ShouldBe("SEM0100");
        error.Message.ShouldContain("Outer message. Inner message.");
        error.Message.ShouldNotContain("secret");
        server.Requests.Count.ShouldBe(status is 429 or >= 500 ? 4 : 1);
    }

    [Fact]
    public async Task What_passes_is_tried_again()
    {
        await using var server = ScriptedServer.Answering(ScriptedServer.Http(503, ""), ScriptedServer.Http(429, "", "Retry-After: 0"), ScriptedServer.Http(200, "[1]"));

        using ServiceAnswer answer = await Client(server.Address, Quick).SendAsync(Query, Cancellation);

        new StreamReader(answer.Body).ReadToEnd().ShouldBe("[1]");
        server.Requests.Count.ShouldBe(3);
        server.Requests[0].Headers["User-Agent"].ShouldStartWith("Quarry/");
        server.Requests[0].Headers["x-ms-client-request-id"].ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Waits_as_long_as_the_service_asks()
    {
        await using var server = ScriptedServer.Answering(ScriptedServer.Http(429, "", "Retry-After: 1"), ScriptedServer.Http(200, "[1]"));
        long started = Stopwatch.GetTimestamp();

        using ServiceAnswer answer = await Client(server.Address, Quick).SendAsync(Query, Cancellation);

        Stopwatch.GetElapsedTime(started).ShouldBeGreaterThan(TimeSpan.FromSeconds(0.9));
    }

    [Fact]
    public async Task Does_not_wait_longer_than_its_bound_and_says_what_was_asked()
    {
        await using var server = ScriptedServer.Answering(ScriptedServer.Http(429, "", "Retry-After: 3600"));

        SourceException error = await FailAsync(server.Address, Quick);

        error.Fault.ShouldBe(SourceFault.Throttled);
        error.Message.ShouldContain("3600 s");
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_the_service_calls_permanent_is_not_tried_again()
    {
        await using var server = ScriptedServer.Answering(ScriptedServer.Http(504, """{"error":{"code":"Timeout","@message":"Too slow.","@permanent":true}}"""));

        (await FailAsync(server.Address, Quick)).Fault.ShouldBe(SourceFault.Timeout);

        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_request_that_may_not_be_repeated_is_sent_once()
    {
        await using var server = ScriptedServer.Answering(ScriptedServer.Http(500, ""));

        await Should.ThrowAsync<SourceException>(() => Client(server.Address, Quick).SendAsync(Query with { MayRepeat = false }, Cancellation));

        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task No_network_is_said_after_the_tries()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        int port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        SourceException error = await FailAsync(new Uri($"http://127.0.0.1:{port}"), Quick);

        error.Fault.ShouldBe(SourceFault.Unreachable);
        error.Message.ShouldContain("cannot be reached");
    }

    [Fact]
    public async Task A_host_without_an_address_is_unreachable()
    {
        SourceException error = await FailAsync(new Uri("https://nowhere.invalid"), Quick with { Retries = 1 });

        error.Fault.ShouldBe(SourceFault.Unreachable);
    }

    [Fact]
    public async Task A_certificate_that_is_not_the_hosts_sends_nothing()
    {
        await using var server = new ScriptedServer((_, _) => Task.CompletedTask, ScriptedServer.CertificateOf("other.example"));

        SourceException error = await FailAsync(server.Address, Quick with { Credential = new FixedCredential(Token) });

        error.Fault.ShouldBe(SourceFault.Certificate);
        error.Message.ShouldNotContain(Token);
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_token_goes_over_https_and_never_into_a_message()
    {
        await using var server = new ScriptedServer(
            (request, stream) => stream.WriteAsync(Encoding.UTF8.GetBytes(ScriptedServer.Http(403, """{"error":{"code":"Forbidden","message":"AUTH sig=abcdef123&x AccountKey=Zm9v;"}}""".Replace("AUTH", request.Headers["Authorization"], StringComparison.Ordinal)))).AsTask(),
            ScriptedServer.CertificateOf("127.0.0.1"));
        var credential = new FixedCredential(Token);

        SourceException error = await FailAsync(server.Address, Quick with { Credential = credential, Transport = Pinned(server) });

        server.Requests[0].Headers["Authorization"].ShouldBe($"Bearer {Token}");
        credential.Scopes.ShouldBe(["scope/.default"]);
        error.ToString().ShouldNotContain(Token);
        error.Message.ShouldNotContain("abcdef123");
        error.Message.ShouldNotContain("Zm9v");
        error.Message.ShouldContain("Ask for the role Reader.");
    }

    [Fact]
    public async Task Plain_http_on_loopback_is_asked_without_a_token()
    {
        await using var server = ScriptedServer.Answering(ScriptedServer.Http(200, "[]"));
        var credential = new FixedCredential(Token);

        using ServiceAnswer answer = await Client(server.Address, Quick with { Credential = credential }).SendAsync(Query, Cancellation);

        server.Requests[0].Headers.Keys.ShouldNotContain("Authorization");
        credential.Scopes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http://cluster.kusto.windows.net")]
    [InlineData("http://10.0.0.1:8080")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("https://user:hunter2@cluster.kusto.windows.net")]
    [InlineData("http://127.0.0.1.evil.example/")]
    public void An_address_that_is_not_safe_is_refused_with_the_reason(string address)
    {
        SourceException error = Should.Throw<SourceException>(() => Client(new Uri(address), Quick));

        error.Fault.ShouldBe(SourceFault.Unsupported);
        error.Message.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_credential_that_fails_says_what_to_do()
    {
        await using var server = new ScriptedServer((_, _) => Task.CompletedTask, ScriptedServer.CertificateOf("127.0.0.1"));
        var credential = new FixedCredential(Token, new AuthenticationFailedException("ClientSecretCredential failed: AADSTS7000215: Invalid client secret provided. client_secret=hunter2hunter2"));

        SourceException error = await FailAsync(server.Address, Quick with { Credential = credential, Transport = Pinned(server) });

        error.Fault.ShouldBe(SourceFault.Unauthenticated);
        error.Code.ShouldBe("AADSTS7000215");
        error.Message.ShouldContain("secret: it is wrong or has expired");
        error.Message.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_service_that_says_nothing_ends_in_its_time()
    {
        await using var server = new ScriptedServer((_, _) => Task.Delay(Timeout.Infinite, Cancellation));
        long started = Stopwatch.GetTimestamp();

        SourceException error = await FailAsync(server.Address, Quick with { Silence = TimeSpan.FromSeconds(0.3) });

        error.Fault.ShouldBe(SourceFault.Timeout);
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_service_that_drips_ends_with_the_whole_time()
    {
        await using var server = new ScriptedServer(async (_, stream) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"u8.ToArray());
            while (true)
            {
                await stream.WriteAsync("x"u8.ToArray());
                await Task.Delay(20, Cancellation);
            }
        });
        ServiceClient client = Client(server.Address, Quick with { Timeout = TimeSpan.FromSeconds(0.5) });
        using ServiceAnswer answer = await client.SendAsync(Query, Cancellation);

        SourceException error = Should.Throw<SourceException>(() => new StreamReader(answer.Body).ReadToEnd());

        error.Fault.ShouldBe(SourceFault.Timeout);
    }

    [Fact]
    public async Task An_answer_that_is_read_slowly_does_not_run_out_of_time()
    {
        await using var server = new ScriptedServer(async (_, stream) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na"u8.ToArray());
            await Task.Delay(50, Cancellation);
            await stream.WriteAsync("b"u8.ToArray());
        });
        ServiceClient client = Client(server.Address, Quick with { Timeout = TimeSpan.FromSeconds(3) });
        using ServiceAnswer answer = await client.SendAsync(Query, Cancellation);

        await Task.Delay(3_200, Cancellation);

        new StreamReader(answer.Body).ReadToEnd().ShouldBe("ab");
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[1,2")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n[1,2\r\n")]
    public async Task A_body_that_breaks_off_is_an_error(string answer)
    {
        await using var server = ScriptedServer.Answering(answer);
        using ServiceAnswer begun = await Client(server.Address, Quick).SendAsync(Query, Cancellation);

        SourceException error = Should.Throw<SourceException>(() => new StreamReader(begun.Body).ReadToEnd());

        error.Fault.ShouldBe(SourceFault.BrokenAnswer);
        error.Message.ShouldContain("broke off after 4 bytes");
    }

    [Theory]
    [InlineData("""{"a":""")]
    [InlineData("")]
    [InlineData("<html>")]
    public async Task A_document_that_is_none_is_a_broken_answer(string body)
    {
        await using var server = ScriptedServer.Answering(ScriptedServer.Http(200, body));

        SourceException error = await Should.ThrowAsync<SourceException>(() => Client(server.Address, Quick).ReadJsonAsync(Query, cancellation: Cancellation));

        error.Fault.ShouldBe(SourceFault.BrokenAnswer);
    }

    [Fact]
    public async Task A_document_longer_than_its_bound_is_a_broken_answer()
    {
        await using var server = ScriptedServer.Answering(ScriptedServer.Http(200, $"[{new string(' ', 5000)}]"));

        SourceException error = await Should.ThrowAsync<SourceException>(() => Client(server.Address, Quick).ReadJsonAsync(Query, 1000, Cancellation));

        error.Message.ShouldContain("longer than 1,000 bytes");
    }

    [Fact]
    public async Task What_is_not_HTTP_is_a_broken_answer()
    {
        await using var server = ScriptedServer.Answering("SSH-2.0-OpenSSH_9.9\r\n");

        (await FailAsync(server.Address, Quick)).Fault.ShouldBe(SourceFault.BrokenAnswer);
    }

    [Fact]
    public async Task Cancelling_stops_while_waiting_for_a_new_try()
    {
        await using var server = ScriptedServer.Answering(ScriptedServer.Http(429, "", "Retry-After: 2"));
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(0.2));

        await Should.ThrowAsync<OperationCanceledException>(() => Client(server.Address, Quick).SendAsync(Query, stop.Token));
    }

    [Fact]
    public async Task Disposing_of_an_answer_ends_a_read_that_waits()
    {
        await using var server = new ScriptedServer(async (_, stream) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[1,2"u8.ToArray());
            await Task.Delay(Timeout.Infinite, Cancellation);
        });
        ServiceAnswer answer = await Client(server.Address, Quick).SendAsync(Query, Cancellation);
        Task<string> reading = Task.Run(() => new StreamReader(answer.Body).ReadToEnd(), Cancellation);
        await Task.Delay(100, Cancellation);

        answer.Dispose();

        await Should.ThrowAsync<OperationCanceledException>(() => reading.WaitAsync(TimeSpan.FromSeconds(5), Cancellation));
    }

    /// <summary>A transport that accepts the server's certificate and no other.</summary>
    internal static HttpPipelineTransport Pinned(ScriptedServer server) => new HttpClientTransport(new SocketsHttpHandler
    {
        UseProxy = false,
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.GetCertHashString() == server.Certificate!.Thumbprint },
    });

    private static ServiceClient Client(Uri address, ServiceOptions options) => new(Service, address, "scope/.default", options);

    private static Task<SourceException> FailAsync(Uri address, ServiceOptions options) =>
        Should.ThrowAsync<SourceException>(async () => (await Client(address, options).SendAsync(Query, Cancellation)).Dispose());
}
