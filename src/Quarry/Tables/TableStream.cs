namespace Quarry.Tables;

/// <summary>
/// A table as a sequence of batches of one schema, for tables too large for memory. The batches can be enumerated once;
/// disposing the stream lets go of what feeds it (a file).
/// </summary>
public sealed class TableStream : IDisposable
{
    private readonly IDisposable? _source;
    private readonly Lazy<TableStream>? _deferred;
    private TableSchema? _schema;
    private IEnumerable<TableBatch>? _batches;

    /// <summary>A stream of batches.</summary>
    /// <param name="schema">The schema of every batch.</param>
    /// <param name="batches">The batches, in order.</param>
    /// <param name="source">What to dispose with the stream.</param>
    public TableStream(TableSchema schema, IEnumerable<TableBatch> batches, IDisposable? source = null)
    {
        _schema = schema;
        _batches = batches;
        _source = source;
    }

    private TableStream(Lazy<TableStream> deferred, IDisposable? source)
    {
        _deferred = deferred;
        _source = source;
    }

    /// <summary>The schema of every batch. Where it depends on the rows, asking for it reads the first of them.</summary>
    public TableSchema Schema => _schema ??= _deferred!.Value.Schema;

    /// <summary>
    /// A stream whose schema depends on its first rows: <paramref name="open"/> is called when the schema or the batches are
    /// first asked for.
    /// </summary>
    /// <param name="open">Gives the stream that this one stands for.</param>
    /// <param name="source">What to dispose with the stream, whether it was opened or not.</param>
    public static TableStream Deferred(Func<TableStream> open, IDisposable? source = null) => new(new Lazy<TableStream>(open), source);

    /// <summary>The rows of a table as a stream of batches of at most <paramref name="batchRows"/> rows.</summary>
    public static TableStream Of(Table table, int batchRows = 65_536)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchRows);
        return new TableStream(table.Schema, Split(table, batchRows));
    }

    /// <summary>The batches.</summary>
    /// <exception cref="InvalidOperationException">They were taken before.</exception>
    public IEnumerable<TableBatch> TakeBatches() => _deferred is { } deferred
        ? deferred.Value.TakeBatches()
        : Interlocked.Exchange(ref _batches, null) ?? throw new InvalidOperationException("The batches of a stream can be taken once.");

    /// <summary>All rows as one table in memory.</summary>
    /// <exception cref="QuarryException">A text column exceeds <see cref="TextColumnBuilder.MaxBytes"/>.</exception>
    public Table Gather() => Table.Concat(Schema, TakeBatches().Select(b => b.Table));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_deferred is { IsValueCreated: true } deferred)
        {
            deferred.Value.Dispose();
        }

        _source?.Dispose();
    }

    private static IEnumerable<TableBatch> Split(Table table, int batchRows)
    {
        for (int first = 0; first < table.RowCount; first += batchRows)
        {
            yield return new TableBatch(table.Slice(first, Math.Min(batchRows, table.RowCount - first)), first);
        }
    }
}
