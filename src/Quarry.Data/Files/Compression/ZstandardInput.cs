namespace Quarry.Data.Files.Compression;

/// <summary>The compressed side of a <see cref="ZstandardStream"/>: bytes by count, with their position, padded on both sides.</summary>
internal sealed class ZstandardInput
{
    private const int Capacity = 4 * ZstandardBlock.LargestSize;

    private readonly Stream _source;
    private readonly byte[] _buffer = new byte[BackwardBits.Padding + Capacity + ZstandardBlock.Slack];
    private int _next = BackwardBits.Padding;
    private int _end = BackwardBits.Padding;

    /// <summary>Reads from a stream, from where it stands.</summary>
    public ZstandardInput(Stream source) => _source = source;

    /// <summary>The number of compressed bytes taken.</summary>
    public long Position { get; private set; }

    /// <summary>The buffer that <see cref="Take"/> points into.</summary>
    public byte[] Buffer => _buffer;

    /// <summary>Whether no byte is left.</summary>
    public bool IsAtEnd() => !TryFill(1);

    /// <summary>Takes bytes and gives where in <see cref="Buffer"/> they stand, until the next call.</summary>
    /// <param name="count">How many.</param>
    /// <param name="what">What they are, for the message.</param>
    /// <exception cref="CompressedDataException">The stream ends before.</exception>
    public int Take(int count, string what)
    {
        if (!TryFill(count))
        {
            throw new CompressedDataException($"the stream ends in the middle of {what}", isTruncated: true);
        }

        int at = _next;
        _next += count;
        Position += count;
        return at;
    }

    /// <summary>Takes bytes as a span that holds until the next call.</summary>
    public ReadOnlySpan<byte> TakeSpan(int count, string what) => _buffer.AsSpan(Take(count, what), count);

    /// <summary>Looks at the next byte.</summary>
    public byte Peek(string what)
    {
        Take(1, what);
        Position--;
        return _buffer[--_next];
    }

    private bool TryFill(int count)
    {
        if (_end - _next >= count)
        {
            return true;
        }

        _buffer.AsSpan(_next, _end - _next).CopyTo(_buffer.AsSpan(BackwardBits.Padding));
        _end = BackwardBits.Padding + _end - _next;
        _next = BackwardBits.Padding;
        while (_end - _next < count)
        {
            int read = _source.Read(_buffer, _end, BackwardBits.Padding + Capacity - _end);
            if (read == 0)
            {
                return false;
            }

            _end += read;
        }

        return true;
    }
}
