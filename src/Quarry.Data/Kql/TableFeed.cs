using Quarry.Data.Engine;
using Quarry.Tables;

namespace Quarry.Data.Kql;

/// <summary>Hands the rows of batches to DuckDB, 2,048 at a time, as columns of KQL's types.</summary>
internal sealed class TableFeed : IDisposable
{
    private readonly IEnumerator<TableBatch> _batches;
    private readonly ColumnType[] _types;
    private readonly int[] _ordinals;
    private readonly StorageWriter _writer = new();
    private Table? _table;
    private int _next;

    /// <summary>Hands over columns of a stream.</summary>
    /// <param name="stream">The rows.</param>
    /// <param name="columns">The columns in the order wanted, with the types wanted; what the stream does not have is null.</param>
    public TableFeed(TableStream stream, IReadOnlyList<ColumnSchema> columns)
    {
        _types = [.. columns.Select(column => column.Type)];
        _ordinals = [.. columns.Select(column => stream.Schema.IndexOf(column.Name))];
        _batches = stream.TakeBatches().GetEnumerator();
        Unread = new long[_types.Length];
    }

    /// <summary>Per column the values that did not read as its type, and became null.</summary>
    public long[] Unread { get; }

    /// <summary>The rows handed over.</summary>
    public long Rows { get; private set; }

    /// <summary>Fills a chunk of as many columns, or of none, and gives the number of rows: 0 after the last.</summary>
    public int Fill(DuckDbOutputChunk chunk)
    {
        while (_table is null || _next == _table.RowCount)
        {
            if (!_batches.MoveNext())
            {
                return 0;
            }

            _table = _batches.Current.Table;
            _next = 0;
        }

        int rows = Math.Min(_table.RowCount - _next, DuckDbOutputChunk.Capacity);
        for (int i = 0; i < Math.Min(_types.Length, chunk.ColumnCount); i++)
        {
            if (_ordinals[i] < 0)
            {
                StorageWriter.WriteNothing(_types[i], rows, chunk[i]);
            }
            else
            {
                Unread[i] += _writer.Write(_table[_ordinals[i]], _types[i], _next, rows, chunk[i]);
            }
        }

        _next += rows;
        Rows += rows;
        return rows;
    }

    /// <inheritdoc/>
    public void Dispose() => _batches.Dispose();
}
