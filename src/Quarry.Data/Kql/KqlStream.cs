using Quarry.Tables;

namespace Quarry.Data.Kql;

/// <summary>The rows of a query as they are made, in bounded memory. Dispose of it, also before the end.</summary>
public sealed class KqlStream : IDisposable
{
    private readonly RunningQuery _running;
    private readonly QueryPlan _plan;

    internal KqlStream(RunningQuery running, QueryPlan plan)
    {
        _running = running;
        _plan = plan;
        Rows = new TableStream(running.Schema, running.Batches());
    }

    /// <summary>The rows. Reading them throws as <see cref="KqlQuery.RunAsync"/> does.</summary>
    public TableStream Rows { get; }

    /// <summary>What there is to know beside the rows; complete when all of them were read, or the stream was disposed of.</summary>
    public IReadOnlyList<string> Remarks => [.. _plan.Host.Remarks, .. _running.Remarks];

    /// <inheritdoc/>
    public void Dispose()
    {
        Rows.Dispose();
        _running.Dispose();
        _plan.Dispose();
    }
}
