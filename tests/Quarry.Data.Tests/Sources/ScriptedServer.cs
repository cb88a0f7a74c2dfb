using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Quarry.Data.Tests.Sources;

/// <summary>
/// A server on loopback that answers each request by a script, byte by byte where it has to: what a proper server would never send
/// can be sent. One request a connection.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<Request, Stream, Task> _script;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Request> _requests = [];
    private readonly Task _serving;

    /// <summary>Starts a server.</summary>
    public ScriptedServer(Func<Request, Stream, Task> script, X509Certificate2? certificate = null)
    {
        _script = script;
        Certificate = certificate;
        _listener.Start();
        _serving = ServeAsync();
    }

    public X509Certificate2? Certificate { get; }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Address => new($"{(Certificate is null ? "http" : "https")}://127.0.0.1:{Port}/");

    public IReadOnlyList<Request> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>A server that gives each request the next of the answers, and the last again and again.</summary>
    public static ScriptedServer Answering(params string[] answers) =>
        new((request, stream) => stream.WriteAsync(Encoding.UTF8.GetBytes(answers[Math.Min(request.Number, answers.Length - 1)])).AsTask());

    /// <summary>An answer of HTTP.</summary>
    public static string Http(int status, string body, params string[] headers) => string.Create(
        CultureInfo.InvariantCulture,
        $"HTTP/1.1 {status} Said\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}Connection: close\r\n\r\n{body}");

    /// <summary>A certificate of its own for a host name.</summary>
    public static X509Certificate2 CertificateOf(string host)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out IPAddress? number))
        {
            names.AddIpAddress(number);
        }
        else
        {
            names.AddDnsName(host);
        }

        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
        Certificate?.Dispose();
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                connections.Add(TalkAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
            catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                break;
            }
        }

        await Task.WhenAll(connections);
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using Stream stream = await OpenAsync(client);
                if (await ReadAsync(stream) is { } request)
                {
                    await _script(request, stream).WaitAsync(_stop.Token);
                }
            }
            catch (Exception fault) when (fault is IOException or SocketException or OperationCanceledException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
            {
                // The client hung up, which is what many tests are about.
            }
        }
    }

    private async Task<Stream> OpenAsync(TcpClient client)
    {
        if (Certificate is null)
        {
            return client.GetStream();
        }

        var secure = new SslStream(client.GetStream());
        await secure.AuthenticateAsServerAsync(Certificate);
        return secure;
    }

    private async Task<Request?> ReadAsync(Stream stream)
    {
        byte[] buffer = new byte[1 << 20];
        int length = 0;
        int bodyAt = -1;
        while (bodyAt < 0)
        {
            int read = await stream.ReadAsync(buffer.AsMemory(length), _stop.Token);
            if (read == 0)
            {
                return null;
            }

            length += read;
            int found = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            bodyAt = found < 0 ? -1 : found + 4;
        }

        string[] lines = Encoding.ASCII.GetString(buffer, 0, bodyAt - 4).Split("\r\n");
        Dictionary<string, string> headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        int end = bodyAt + (headers.TryGetValue("Content-Length", out string? size) ? int.Parse(size, CultureInfo.InvariantCulture) : 0);
        while (length < end)
        {
            length += await stream.ReadAsync(buffer.AsMemory(length), _stop.Token);
        }

        lock (_requests)
        {
            var request = new Request(_requests.Count, lines[0], headers, Encoding.UTF8.GetString(buffer, bodyAt, end - bodyAt));
            _requests.Add(request);
            return request;
        }
    }

    /// <summary>A request: its number from 0, its first line, its headers, its body.</summary>
    internal sealed record Request(int Number, string Line, IReadOnlyDictionary<string, string> Headers, string Body);
}
