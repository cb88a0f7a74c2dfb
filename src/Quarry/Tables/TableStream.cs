namespace Quarry.Tables;

/// <summary>
/// A table as a sequence of batches of one schema, for tables too large for memory. The batches can be enumerated once;
/// disposing the stream lets go of what feeds it (a file).
/// </summary>
public sealed class TableStream : IDisposable
{
    private readonly IDisposable? _source;
    private IEnumerable<TableBatch>? _batches;

    /// <summary>A stream of batches.</summary>
    /// <param name="schema">The schema of every batch.</param>
    /// <param name="batches">The batches, in order.</param>
    /// <param name="source">What to dispose with the stream.</param>
    public TableStream(TableSchema schema, IEnumerable<TableBatch> batches, IDisposable? source = null)
    {
        Schema = schema;
        _batches = batches;
        _source = source;
    }

    /// <summary>The schema of every batch.</summary>
    public TableSchema Schema { get; }

    /// <summary>The rows of a table as a stream of batches of at most <paramref name="batchRows"/> rows.</summary>
    public static TableStream Of(Table table, int batchRows = 65_536)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchRows);
        return new TableStream(table.Schema, Split(table, batchRows));
    }

    /// <summary>The batches.</summary>
    /// <exception cref="InvalidOperationException">They were taken before.</exception>
    public IEnumerable<TableBatch> TakeBatches() => Interlocked.Exchange(ref _batches, null)
        ?? throw new InvalidOperationException("The batches of a stream can be taken once.");

    /// <summary>All rows as one table in memory.</summary>
    /// <exception cref="QuarryException">A text column exceeds <see cref="TextColumnBuilder.MaxBytes"/>.</exception>
    public Table Gather() => Table.Concat(Schema, TakeBatches().Select(b => b.Table));

    /// <inheritdoc/>
    public void Dispose() => _source?.Dispose();

    private static IEnumerable<TableBatch> Split(Table table, int batchRows)
    {
        for (int first = 0; first < table.RowCount; first += batchRows)
        {
            yield return new TableBatch(table.Slice(first, Math.Min(batchRows, table.RowCount - first)), first);
        }
    }
}
