namespace Quarry.Web.Kusto;

/// <summary>A query that runs for a client.</summary>
internal sealed class RunningRequest(string id, CancellationToken cancellation, Action end) : IDisposable
{
    /// <summary>The client's id of it.</summary>
    public string Id { get; } = id;

    /// <summary>Stops it: the client went away, or cancelled it.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <inheritdoc/>
    public void Dispose() => end();
}
