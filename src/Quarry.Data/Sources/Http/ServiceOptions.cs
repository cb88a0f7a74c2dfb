using Azure.Core;
using Azure.Core.Pipeline;

namespace Quarry.Data.Sources.Http;

/// <summary>How a service is talked to: who asks, by which transport, how long is waited and how often it is tried again.</summary>
public sealed record ServiceOptions
{
    /// <summary>
    /// Who asks; null for a service that lets everyone in. No token is ever sent to an address that is not https: loopback
    /// addresses are asked without one, and any other is refused.
    /// </summary>
    public TokenCredential? Credential { get; init; }

    /// <summary>What carries the requests; null for sockets of the service's own that follow no redirect and keep no cookie.</summary>
    public HttpPipelineTransport? Transport { get; init; }

    /// <summary>The clock of all waiting and of all time limits.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How often a request is tried again after 429, 500, 502, 503, 504 or a connection that failed. Default: 3.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>The wait before the first new try where the service names none; each further one is twice as long. Default: half a second.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest wait for one new try. A service that asks for a longer one is not waited for. Default: a minute.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest time without a byte from the service, in each try, where a request sets none. Default: 100 seconds.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// The longest time that the service is waited for, in all tries of a request and its whole answer together, where it sets none.
    /// Reading an answer slowly is not waiting for it. Default: 10 minutes.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);
}
