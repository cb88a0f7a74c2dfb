using Quarry.Tables;

namespace Quarry.Logs;

/// <summary>The batches of a stream, the first rows of which can be looked at before.</summary>
internal sealed class PeekedBatches : IDisposable
{
    private readonly IEnumerator<TableBatch> _rest;
    private readonly List<TableBatch> _head = [];

    /// <summary>Takes batches until there are enough rows to look at.</summary>
    public PeekedBatches(IEnumerable<TableBatch> batches, int rows)
    {
        _rest = batches.GetEnumerator();
        while (rows > 0 && _rest.MoveNext())
        {
            _head.Add(_rest.Current);
            rows -= _rest.Current.Table.RowCount;
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
