using Quarry.Tables;

namespace Quarry.Logs;

/// <summary>The batches of a stream, the first rows of which can be looked at before.</summary>
internal sealed class PeekedBatches : IDisposable
{
    private readonly IEnumerator<TableBatch> _rest;
    private readonly List<TableBatch> _head = [];

    /// <summary>Takes batches until there are enough rows to look at, or enough bytes in the columns that hold lines.</summary>
    public PeekedBatches(IEnumerable<TableBatch> batches, int[] columns, int rows)
    {
        _rest = batches.GetEnumerator();
        long bytes = 0;
        while (rows > 0 && bytes < LogLines.HeadBytes && _rest.MoveNext())
        {
            TableBatch batch = _rest.Current;
            _head.Add(batch);
            rows -= batch.Table.RowCount;
            bytes += columns.Sum(c => batch.Table[c] is TextColumn text ? (long)text.Offsets[^1] - text.Offsets[0] : 0);
        }
    }

    /// <summary>The batches that can be looked at.</summary>
    public IReadOnlyList<TableBatch> Head => _head;

    /// <summary>All batches; once.</summary>
    public IEnumerable<TableBatch> All()
    {
        foreach (TableBatch batch in _head)
        {
            yield return batch;
        }

        _head.Clear();
        while (_rest.MoveNext())
        {
            yield return _rest.Current;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _rest.Dispose();
}
