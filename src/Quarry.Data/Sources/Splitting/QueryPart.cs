using System.Threading.Channels;
using Quarry.Data.Kql;
using Quarry.Tables;

namespace Quarry.Data.Sources.Splitting;

/// <summary>
/// A part of a split query: asked by one task, read by another. The rows that arrive before their turn wait here, a few batches; then
/// the part's own answer waits.
/// </summary>
internal sealed class QueryPart
{
    /// <summary>The most batches that wait.</summary>
    private const int MostWaiting = 2;

    private readonly Channel<Table> _rows = Channel.CreateBounded<Table>(MostWaiting);
    private readonly TaskCompletionSource<TableSchema?> _schema = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The part of the time.</summary>
    public required TimeRange Range { get; init; }

    /// <summary>What there is to know beside the rows; complete when the rows are.</summary>
    public IReadOnlyList<string> Remarks { get; private set; } = [];

    /// <summary>Whether the service cut it short.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>How the query wants its result drawn.</summary>
    public KqlRender? Render { get; private set; }

    /// <summary>The columns, as soon as they are known; null where the part has no table.</summary>
    public Task<TableSchema?> Schema => _schema.Task;

    /// <summary>Asks the part and puts its rows where they are read. Faults reach the reader.</summary>
    public async Task AskAsync(Func<CancellationToken, Task<SourceRun>> begin, CancellationToken cancellation)
    {
        try
        {
            using SourceRun run = await begin(cancellation).ConfigureAwait(false);
            TableStream? table = run.Next();
            _schema.TrySetResult(table?.Schema);
            if (table is not null)
            {
                foreach (TableBatch batch in table.TakeBatches())
                {
                    await _rows.Writer.WriteAsync(batch.Table, cancellation).ConfigureAwait(false);
                }

                if (run.Next() is not null)
                {
                    throw new SourceException(SourceFault.Unsupported, "The query gives several tables, and only one can be put together from parts.");
                }
            }

            (Remarks, IsPartial, Render) = ([.. run.Remarks], run.IsPartial, run.Render);
            _rows.Writer.TryComplete();
        }
        catch (Exception fault)
        {
            // Whoever reads the part is told; until then it is nobody's unobserved fault.
            _schema.TrySetException(fault);
            _ = _schema.Task.Exception;
            _rows.Writer.TryComplete(fault);
        }
    }

    /// <summary>The part will not be asked.</summary>
    public void GiveUp(Exception reason)
    {
        _schema.TrySetException(reason);
        _ = _schema.Task.Exception;
        _rows.Writer.TryComplete(reason);
    }

    /// <summary>The next rows; null after the last.</summary>
    public Table? Next()
    {
        ValueTask<bool> more = _rows.Reader.WaitToReadAsync();
        bool hasMore = more.IsCompletedSuccessfully ? more.Result : more.AsTask().GetAwaiter().GetResult();
        return hasMore && _rows.Reader.TryRead(out Table? rows) ? rows : null;
    }
}
