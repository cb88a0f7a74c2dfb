namespace Quarry.Benchmarks;

/// <summary>A beginning, a middle many times over, and an end, as a stream: a long answer that need not be held.</summary>
internal sealed class RepeatedStream(byte[] beginning, byte[] middle, int times, byte[] end) : Stream
{
    private int _part;
    private int _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => beginning.Length + ((long)middle.Length * times) + end.Length;

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (_part < times + 2)
        {
            byte[] part = _part == 0 ? beginning : _part <= times ? middle : end;
            int read = Math.Min(buffer.Length, part.Length - _at);
            if (read > 0)
            {
                part.AsSpan(_at, read).CopyTo(buffer);
                _at += read;
                return read;
            }

            _part++;
            _at = 0;
        }

        return 0;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
