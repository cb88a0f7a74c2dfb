namespace Quarry.Data.Files.Readers;

/// <summary>
/// A window on a stream of text that a reader moves over it. Positions count from the window's beginning and stay what
/// they are when more is read; behind the window <see cref="Padding"/> bytes can be loaded, whatever they hold.
/// </summary>
internal sealed class TextBuffer
{
    /// <summary>The bytes behind the window that a vector may load.</summary>
    public const int Padding = 64;

    private const int FirstCapacity = 1 << 20;

    private readonly Stream _source;
    private byte[] _bytes = new byte[FirstCapacity + Padding];
    private int _start, _end;
    private bool _isAtEnd;

    /// <summary>A window on a stream, empty as yet.</summary>
    public TextBuffer(Stream source) => _source = source;

    /// <summary>The number of bytes in the window.</summary>
    public int Length => _end - _start;

    /// <summary>The number of bytes that the window has moved on.</summary>
    public long Passed { get; private set; }

    /// <summary>The window.</summary>
    public ReadOnlySpan<byte> Span => _bytes.AsSpan(_start, _end - _start);

    /// <summary>The first byte of the window.</summary>
    public ref byte First => ref _bytes[_start];

    /// <summary>Moves the window's beginning on.</summary>
    public void Skip(int count)
    {
        _start += count;
        Passed += count;
    }

    /// <summary>The greatest length up to <paramref name="most"/>, which is less than the window's, that does not end inside a character.</summary>
    public int WholeCharacters(int most)
    {
        int length = most;
        while (length > most - 3 && length > 1 && (Span[length] & 0xC0) == 0x80)
        {
            length--;
        }

        return length;
    }

    /// <summary>Reads more behind the window, false where there is no more.</summary>
    public bool Fill()
    {
        if (_isAtEnd)
        {
            return false;
        }

        int capacity = _bytes.Length - Padding;
        if (_end == capacity || (_start > 0 && _start == _end))
        {
            MakeRoom(capacity);
        }

        int read = _source.Read(_bytes, _end, _bytes.Length - Padding - _end);
        _isAtEnd = read == 0;
        _end += read;
        return read > 0;
    }

    private void MakeRoom(int capacity)
    {
        int length = _end - _start;
        byte[] target = length > capacity / 2
            ? new byte[(int)Math.Min(Array.MaxLength - Padding, capacity * 2L) + Padding]
            : _bytes;
        _bytes.AsSpan(_start, length).CopyTo(target);
        _bytes = target;
        _start = 0;
        _end = length;
    }
}
