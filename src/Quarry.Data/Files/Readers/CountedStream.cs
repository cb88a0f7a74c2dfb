namespace Quarry.Data.Files.Readers;

/// <summary>A file's bytes as they are counted: no more than it had when it was opened, so that a file that grows comes to an end.</summary>
internal sealed class CountedStream : ForwardStream
{
    private readonly Stream _source;
    private readonly ByteProgress? _progress;
    private readonly CancellationToken _cancellation;
    private long _left;

    /// <summary>Reads at most <paramref name="length"/> bytes.</summary>
    public CountedStream(Stream source, long length, ByteProgress? progress, CancellationToken cancellation)
    {
        _source = source;
        _left = length;
        _progress = progress;
        _cancellation = cancellation;
    }

    /// <summary>The bytes that were promised and have not been read.</summary>
    public long Left => _left;

    public override int Read(Span<byte> buffer)
    {
        _cancellation.ThrowIfCancellationRequested();
        int read = _source.Read(buffer[..(int)Math.Min(buffer.Length, _left)]);
        _left -= read;
        _progress?.Add(read);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _source.Dispose();
        }

        base.Dispose(disposing);
    }
}
