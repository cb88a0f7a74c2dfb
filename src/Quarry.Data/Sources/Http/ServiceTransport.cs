using System.Net;
using Azure.Core.Pipeline;

namespace Quarry.Data.Sources.Http;

/// <summary>The sockets that carry requests where no other transport is given.</summary>
internal static class ServiceTransport
{
    // One each for the process: sockets are shared by all sources, as the platform advises.
    private static readonly Lazy<HttpPipelineTransport> Outside = new(() => Create(useProxy: true));
    private static readonly Lazy<HttpPipelineTransport> Loopback = new(() => Create(useProxy: false));

    /// <summary>The sockets for an address. What stays on this machine does not go through a proxy.</summary>
    public static HttpPipelineTransport For(Uri address) => (IsLoopback(address) ? Loopback : Outside).Value;

    /// <summary>Whether an address is of this machine.</summary>
    public static bool IsLoopback(Uri address) =>
        IPAddress.TryParse(address.DnsSafeHost, out IPAddress? number) ? IPAddress.IsLoopback(number) : address.DnsSafeHost.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    private static HttpClientTransport Create(bool useProxy) => new(new SocketsHttpHandler
    {
        // A redirect would carry the question, and a proxy of the service could send it anywhere.
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = useProxy,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(20),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 64,
    });
}
