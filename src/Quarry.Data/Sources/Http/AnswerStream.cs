namespace Quarry.Data.Sources.Http;

/// <summary>
/// The body of an answer: counts what arrives, ends each read after the longest silence and the whole after its time, and turns
/// faults of the connection into <see cref="SourceException"/>s.
/// </summary>
internal sealed class AnswerStream : Stream
{
    private readonly Stream _inner;
    private readonly ServiceFaults _faults;
    private readonly TimeLimits _limits;

    /// <summary>A body.</summary>
    /// <param name="inner">What arrives.</param>
    /// <param name="faults">What makes errors of faults.</param>
    /// <param name="limits">The time there is; disposed with the stream.</param>
    public AnswerStream(Stream inner, ServiceFaults faults, TimeLimits limits)
    {
        _inner = inner;
        _faults = faults;
        _limits = limits;
    }

    /// <summary>The bytes that have arrived.</summary>
    public long BytesRead { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => BytesRead;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            _limits.Begin();
            int read = await _inner.ReadAsync(buffer, _limits.Token).ConfigureAwait(false);
            BytesRead += read;
            return read;
        }
        catch (Exception fault) when (fault is not SourceException)
        {
            _limits.Pause();
            throw _limits.Ended(fault) ?? _faults.BrokenOff(fault, BytesRead);
        }
        finally
        {
            _limits.Pause();
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // A read that waits in another thread ends before the stream goes away below it.
            _limits.Stop();
            _inner.Dispose();
            _limits.Dispose();
        }

        base.Dispose(disposing);
    }
}
