using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using Quarry.Data.Kql;
using Quarry.Data.Sources.Http;
using Quarry.Tables;

namespace Quarry.Data.Sources.Answers;

/// <summary>A query that a service answers, read as its answer arrives.</summary>
internal sealed class AnswerRun : SourceRun
{
    private readonly AnswerReader _reader;
    private readonly ServiceAnswer _answer;
    private readonly IProgress<SourceProgress>? _progress;
    private readonly Action? _onStopped;
    private readonly IEnumerator<AnswerPart> _parts;
    private long _rows;
    private bool _isAtTable;
    private bool _isOver;
    private bool _isDisposed;
    private ExceptionDispatchInfo? _fault;

    /// <summary>A run.</summary>
    /// <param name="answer">The answer; disposed with the run.</param>
    /// <param name="reader">What reads its body.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="onStopped">Called when the run is disposed of before its end, to stop the service; must not wait or throw.</param>
    public AnswerRun(ServiceAnswer answer, AnswerReader reader, IProgress<SourceProgress>? progress = null, Action? onStopped = null)
    {
        _answer = answer;
        _reader = reader;
        _progress = progress;
        _onStopped = onStopped;
        _parts = reader.Read().GetEnumerator();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Remarks => _reader.Remarks;

    /// <inheritdoc/>
    public override bool IsPartial => _reader.IsPartial;

    /// <inheritdoc/>
    public override KqlRender? Render => _reader.Render;

    /// <inheritdoc/>
    public override TableStream? Next()
    {
        while (!_isAtTable && Step())
        {
        }

        if (_isOver)
        {
            return null;
        }

        _isAtTable = false;
        return new TableStream(_parts.Current.Schema!, Batches());
    }

    /// <inheritdoc/>
    [SuppressMessage("Usage", "CA2213", Justification = "The enumerator holds nothing that the answer does not.")]
    protected override void Dispose(bool disposing)
    {
        if (!disposing || _isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!_isOver)
        {
            _onStopped?.Invoke();
        }

        _answer.Dispose();
    }

    private IEnumerable<TableBatch> Batches()
    {
        long first = 0;
        while (!_isAtTable && !_isOver && Step())
        {
            if (_parts.Current.Rows is { } rows)
            {
                yield return new TableBatch(rows, first);
                first += rows.RowCount;
            }
        }
    }

    private bool Step()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);

        // An enumerator that threw is at its end: without this, who asks again would be told that all was read.
        _fault?.Throw();
        bool hasMore;
        try
        {
            hasMore = !_isOver && _parts.MoveNext();
        }
        catch (Exception fault)
        {
            _fault = ExceptionDispatchInfo.Capture(fault);
            throw;
        }

        if (!hasMore)
        {
            Finish();
            return false;
        }

        if (_parts.Current.Rows is { } rows)
        {
            _rows += rows.RowCount;
            _progress?.Report(new SourceProgress(_rows, _answer.Body.BytesRead, 0, 1, _reader.Share));
        }
        else
        {
            _isAtTable = true;
        }

        return true;
    }

    private void Finish()
    {
        if (!_isOver)
        {
            _isOver = true;
            _progress?.Report(new SourceProgress(_rows, _answer.Body.BytesRead, 1, 1, 1));
        }
    }
}
