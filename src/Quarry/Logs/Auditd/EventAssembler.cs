namespace Quarry.Logs.Auditd;

/// <summary>
/// Joins records into events by machine, time and serial number, in the order in which events begin, in bounded memory
/// whatever the log holds.
/// </summary>
/// <remarks>
/// The records of an event may stand apart, with others between. An event takes records until 8,192 lines or 32 MiB were read
/// since its first; its end (EOE) does not close it, for it may stand before other records of its event. A record that comes
/// later still is not lost: it makes a row of its own, which says so.
/// </remarks>
internal sealed class EventAssembler
{
    /// <summary>How many lines an event waits for its records.</summary>
    public const int LookAheadLines = 8192;

    private const long LookAheadBytes = 32 << 20;
    private const int RememberedEvents = 65_536;
    private const int ChunkEvents = 1024;
    private const long ChunkBytes = 2 << 20;

    private readonly Queue<AuditEvent> _pending = new();
    private readonly Dictionary<Key, AuditEvent> _open = [];
    private readonly HashSet<Key> _closed = [];
    private readonly Queue<Key> _closedInOrder = new();
    private readonly List<AuditEvent> _ready = [];
    private long _readyBytes;
    private long _lines;
    private long _bytes;

    private readonly record struct Key(long Ticks, ulong Serial, int Node);

    /// <summary>How many events have records in a row of their own because these came late.</summary>
    public long Late { get; private set; }

    /// <summary>The events of batches of records, some at a time.</summary>
    public IEnumerable<AuditEvent[]> Assemble(IEnumerable<AuditRecord[]> batches)
    {
        foreach (AuditRecord[] batch in batches)
        {
            foreach (AuditRecord record in batch)
            {
                Add(record);
                Release(false);
                if (_ready.Count >= ChunkEvents || _readyBytes >= ChunkBytes)
                {
                    yield return Take();
                }
            }
        }

        Release(true);
        while (_ready.Count > 0)
        {
            yield return Take();
        }
    }

    private void Add(in AuditRecord record)
    {
        int length = record.Line.Length;
        if (record.Header.Type == AuditType.Unreadable)
        {
            Begin(record, length, isLate: false).IsClosed = true;
            return;
        }

        var key = new Key(record.Header.Ticks, record.Header.Serial, NodeOf(record));
        if (!_open.TryGetValue(key, out AuditEvent? found))
        {
            bool isLate = _closed.Contains(key);
            Late += isLate ? 1 : 0;
            _open[key] = Begin(record, length, isLate);
        }
        else
        {
            found.Records.Add(record);
            found.Bytes += length;
            _lines++;
            _bytes += length;
        }
    }

    private AuditEvent Begin(in AuditRecord record, int length, bool isLate)
    {
        var begun = new AuditEvent { Position = _lines++, BytesBefore = _bytes, IsLate = isLate, Bytes = length };
        _bytes += length;
        begun.Records.Add(record);
        _pending.Enqueue(begun);
        return begun;
    }

    private void Release(bool isEnd)
    {
        while (_pending.TryPeek(out AuditEvent? first))
        {
            if (!first.IsClosed)
            {
                if (!isEnd && _lines - first.Position < LookAheadLines && _bytes - first.BytesBefore < LookAheadBytes)
                {
                    return;
                }

                AuditRecord record = first.Records[0];
                Close(new Key(record.Header.Ticks, record.Header.Serial, NodeOf(record)), first);
            }

            _ready.Add(_pending.Dequeue());
            _readyBytes += first.Bytes;
        }
    }

    private void Close(Key key, AuditEvent closed)
    {
        closed.IsClosed = true;
        _open.Remove(key);
        if (!_closed.Add(key))
        {
            return;
        }

        _closedInOrder.Enqueue(key);
        if (_closedInOrder.Count > RememberedEvents)
        {
            _closed.Remove(_closedInOrder.Dequeue());
        }
    }

    private AuditEvent[] Take()
    {
        int count = 0;
        for (long bytes = 0; count < _ready.Count && count < ChunkEvents && bytes < ChunkBytes; count++)
        {
            bytes += _ready[count].Bytes;
        }

        AuditEvent[] taken = [.. _ready.Take(count)];
        _ready.RemoveRange(0, count);
        _readyBytes -= taken.Sum(e => e.Bytes);
        return taken;
    }

    // A name that differs in one of four thousand million cases is not told apart; time and serial number would have to be equal, too.
    private static int NodeOf(in AuditRecord record)
    {
        if (record.Header.NodeLength == 0)
        {
            return 0;
        }

        var hash = new HashCode();
        hash.AddBytes(record.Node);
        return hash.ToHashCode();
    }
}
