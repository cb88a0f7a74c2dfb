using System.Collections.Concurrent;
using Quarry.Data.Kql;

namespace Quarry.Web.Kusto;

/// <summary>The database that is served, under its name, and the queries that run on it.</summary>
internal sealed class ServedDatabase(KqlDatabase database, string name)
{
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _running = new(StringComparer.Ordinal);

    /// <summary>The embedded engine.</summary>
    public KqlDatabase Engine { get; } = database;

    /// <summary>Its name for clients.</summary>
    public string Name { get; } = name;

    /// <summary>The ids of the queries that run.</summary>
    public IReadOnlyList<string> Running => [.. _running.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Notes a query under its client's id, so that it can be cancelled. Disposing of the result forgets it.</summary>
    public RunningRequest Begin(string id, CancellationToken aborted)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        _running[id] = stop;
        return new RunningRequest(id, stop.Token, () =>
        {
            _running.TryRemove(KeyValuePair.Create(id, stop));
            stop.Dispose();
        });
    }

    /// <summary>Stops a query; false if none of the id runs.</summary>
    public bool Cancel(string id)
    {
        if (!_running.TryRemove(id, out CancellationTokenSource? stop))
        {
            return false;
        }

        stop.Cancel();
        return true;
    }
}
