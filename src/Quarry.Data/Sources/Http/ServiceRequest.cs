using Azure.Core;

namespace Quarry.Data.Sources.Http;

/// <summary>A request to a service.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path below the service's address, with its query; no host, so that a token stays with the host that it is for.</param>
/// <param name="What">What is asked, as messages say it: <c>the query</c>, <c>the list of tables</c>.</param>
internal sealed record ServiceRequest(RequestMethod Method, string Path, string What)
{
    /// <summary>JSON to send; empty for none.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Further headers.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The request's id, which the service writes to its log and by which it can be stopped; null for a new one each try.</summary>
    public string? Id { get; init; }

    /// <summary>
    /// Whether asking twice does no more than asking once. Where it does, a fault that may have come after the service began
    /// is not tried again.
    /// </summary>
    public bool MayRepeat { get; init; } = true;

    /// <summary>The longest time without a byte, in each try; null for the service's.</summary>
    public TimeSpan? Silence { get; init; }

    /// <summary>The longest time that is waited in all tries and for the whole answer; null for the service's.</summary>
    public TimeSpan? Timeout { get; init; }
}
