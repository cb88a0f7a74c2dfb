using Quarry.Tables;

namespace Quarry.Data.Kql;

/// <summary>
/// A query that was begun: its tables, each to be read as its rows are made, in bounded memory. Of most queries there is one; of
/// several statements, of <c>fork</c> and of <c>facet</c> there are more. Dispose of it, also before the end.
/// </summary>
public sealed class KqlRun : IDisposable
{
    private readonly KqlDatabase _database;
    private readonly QueryPlan _plan;
    private readonly CancellationToken _cancellation;
    private readonly List<string> _remarks = [];
    private RunningQuery? _running;

    internal KqlRun(KqlDatabase database, QueryPlan plan, CancellationToken cancellation)
    {
        _database = database;
        _plan = plan;
        _cancellation = cancellation;
    }

    /// <summary>How many tables the query gives.</summary>
    public int Count => _plan.Queries.Count;

    /// <summary>What there is to know beside the rows, a sentence each; of a table it is complete when the next one was begun, or all is disposed of.</summary>
    public IReadOnlyList<string> Remarks => [.. _plan.Host.Remarks.Concat(_remarks).Concat(_running?.Remarks ?? []).Distinct()];

    /// <summary>Begins a table; the one before is ended. The database's timeout counts from here until the last row is read.</summary>
    /// <param name="index">Which, from 0.</param>
    public TableStream Open(int index)
    {
        End();
        _running = new RunningQuery(_database, _plan.Queries[index], _plan.Host.Given, _cancellation);
        return new TableStream(_running.Schema, _running.Batches());
    }

    /// <summary>Ends the table that is being read; what there is to know of it is complete then.</summary>
    public void End()
    {
        _running?.Dispose();
        _remarks.AddRange(_running?.Remarks ?? []);
        _running = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        End();
        _plan.Dispose();
    }
}
