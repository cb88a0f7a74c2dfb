using System.Globalization;
using System.Runtime.ExceptionServices;
using Quarry.Data.Kql;
using Quarry.Tables;

namespace Quarry.Data.Sources.Splitting;

/// <summary>
/// A query whose parts are asked side by side and read in order. Its rows end without an error only where every part was whole; at the
/// first that was not, the error names all that are missing.
/// </summary>
internal sealed class SplitRun : SourceRun
{
    private readonly SourceQuery _query;
    private readonly QueryPart[] _parts;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _user;
    private readonly Task _asking;
    private readonly Lock _gate = new();
    private readonly List<string> _remarks = [];
    private readonly SourceProgress[] _progress;
    private TableSchema? _schema;
    private bool _isDisposed;
    private ExceptionDispatchInfo? _fault;
    private int _read;
    private long _rows;

    /// <summary>A run; the first parts are asked at once.</summary>
    public SplitRun(SourceQuery query, IReadOnlyList<TimeRange> ranges, Func<SourceQuery, CancellationToken, Task<SourceRun>> begin, CancellationToken cancellation)
    {
        _query = query;
        _user = cancellation;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _parts = [.. ranges.Select(range => new QueryPart { Range = range })];
        _progress = [.. ranges.Select(_ => new SourceProgress(0, 0))];
        if (QueryShape.AsksForNow(query.Text))
        {
            _remarks.Add("The query asks for now() or ago(), and each part of it is answered at its own time.");
        }

        _asking = Task.Run(() => AskAsync(begin));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Remarks => _remarks;

    /// <inheritdoc/>
    public override bool IsPartial => _parts.Any(part => part.IsPartial);

    /// <inheritdoc/>
    public override KqlRender? Render => _parts[0].Render;

    /// <inheritdoc/>
    public override TableStream? Next()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_schema is null)
        {
            _schema = Read(0, part => part.Schema.GetAwaiter().GetResult()) ?? new TableSchema([]);
            return new TableStream(_schema, Batches(_schema));
        }

        // What was not read is passed over, but read: only its end tells whether it was whole.
        foreach (TableBatch batch in Batches(_schema))
        {
            _ = batch;
        }

        return null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing || _isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _stop.Cancel();
        _asking.Wait(TimeSpan.FromSeconds(5), CancellationToken.None);
        _stop.Dispose();
    }

    private IEnumerable<TableBatch> Batches(TableSchema schema)
    {
        // Where it stands is the run's: who takes what was left goes on there.
        while (_read < _parts.Length)
        {
            TableSchema? own = Read(_read, part => part.Schema.GetAwaiter().GetResult());
            if (own is not null && !own.Equals(schema))
            {
                Read<int>(_read, _ => throw new SourceException(SourceFault.BrokenAnswer, $"Its columns are {own}, and those of the first part {schema}."));
            }

            while (Read(_read, part => part.Next()) is { } rows)
            {
                _rows += rows.RowCount;
                yield return new TableBatch(rows, _rows - rows.RowCount);
            }

            Finish(_read);
        }
    }

    private void Finish(int index)
    {
        _read = index + 1;
        foreach (string remark in _parts[index].Remarks.Where(remark => !_remarks.Contains(remark)))
        {
            _remarks.Add(remark);
        }

        Report(index, _progress[index] with { Parts = 1 });
    }

    private T Read<T>(int index, Func<QueryPart, T> read)
    {
        _fault?.Throw();
        try
        {
            return read(_parts[index]);
        }
        catch (Exception fault)
        {
            Exception named = _user.IsCancellationRequested ? new OperationCanceledException("The query was stopped.", fault, _user)
                : fault is QuarryException known ? Missing(index, known)
                : fault;
            _fault = ExceptionDispatchInfo.Capture(named);
            _stop.Cancel();
            throw named;
        }
    }

    // The parts in order, a few at once: each waits for room, so that the one to be read next is always among those that are asked.
    private async Task AskAsync(Func<SourceQuery, CancellationToken, Task<SourceRun>> begin)
    {
        using var room = new SemaphoreSlim(_query.InFlight);
        var asked = new List<Task>();
        try
        {
            for (int i = 0; i < _parts.Length; i++)
            {
                await room.WaitAsync(_stop.Token).ConfigureAwait(false);
                asked.Add(AskAsync(i, begin, room));
            }
        }
        catch (OperationCanceledException stopped)
        {
            foreach (QueryPart part in _parts.Skip(asked.Count))
            {
                part.GiveUp(stopped);
            }
        }

        await Task.WhenAll(asked).ConfigureAwait(false);
    }

    private async Task AskAsync(int index, Func<SourceQuery, CancellationToken, Task<SourceRun>> begin, SemaphoreSlim room)
    {
        QueryPart part = _parts[index];
        SourceQuery query = _query with { Range = part.Range, SplitBy = null, Progress = _query.Progress is null ? null : new PartProgress(one => Report(index, one)) };
        CancellationToken stop = _stop.Token;
        await Task.Run(() => part.AskAsync(token => begin(query, token), stop), CancellationToken.None).ConfigureAwait(false);
        room.Release();
    }

    private void Report(int index, SourceProgress one)
    {
        if (_query.Progress is not { } progress)
        {
            return;
        }

        SourceProgress whole;
        lock (_gate)
        {
            _progress[index] = one with { Parts = _read > index ? 1 : 0 };
            whole = new SourceProgress(_progress.Sum(part => part.Rows), _progress.Sum(part => part.Bytes), _read, _parts.Length, _read / (double)_parts.Length);
        }

        progress.Report(whole);
    }

    private SourceException Missing(int index, QuarryException fault)
    {
        string from = index == _parts.Length - 1 ? $"part {_parts.Length}" : $"parts {index + 1} to {_parts.Length}";
        string message = string.Create(
            CultureInfo.InvariantCulture,
            $"Of {_parts.Length:N0} parts of the time range, {from} ({_parts[index].Range.Start:u} to {_parts[^1].Range.End:u}) are missing; what was read before them is not the whole. Part {index + 1} ({_parts[index].Range}) failed: {fault.Message}");
        return fault is PartialResultException partial
            ? new PartialResultException(message, fault) { Status = partial.Status, Code = partial.Code }
            : new SourceException((fault as SourceException)?.Fault ?? SourceFault.BadQuery, message, fault) { Status = (fault as SourceException)?.Status, Code = (fault as SourceException)?.Code };
    }

    /// <summary>Passes on what a part reports, in the thread that reports it.</summary>
    private sealed class PartProgress(Action<SourceProgress> report) : IProgress<SourceProgress>
    {
        public void Report(SourceProgress value) => report(value);
    }
}
