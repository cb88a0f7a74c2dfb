using System.Buffers;
using System.Text;

namespace Quarry.Decoding;

/// <summary>A growing pooled buffer of UTF-8, into which the annotated text is written.</summary>
internal sealed class AnnotationWriter : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1024);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
    }

    public void Write(string text)
    {
        Span<byte> room = Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        Length += Encoding.UTF8.GetBytes(text, room);
    }

    public void Write(int number)
    {
        number.TryFormat(Reserve(11), out int written, default, System.Globalization.CultureInfo.InvariantCulture);
        Length += written;
    }

    /// <summary>Writes again what stands at a place of the buffer.</summary>
    public void Repeat(int start, int length)
    {
        Span<byte> room = Reserve(length);
        _buffer.AsSpan(start, length).CopyTo(room);
        Length += length;
    }

    /// <summary>Writes bytes as lower-case hexadecimal separated by blanks.</summary>
    public void WriteSpacedHex(ReadOnlySpan<byte> bytes) => Length += FormatSpacedHex(bytes, Reserve(checked(bytes.Length * 3)));

    /// <summary>Formats bytes as lower-case hexadecimal separated by blanks; the target has to have three bytes for each. Returns how many were used.</summary>
    public static int FormatSpacedHex(ReadOnlySpan<byte> bytes, Span<byte> target)
    {
        ReadOnlySpan<byte> digits = "0123456789abcdef"u8;
        int at = 0;
        foreach (byte b in bytes)
        {
            target[at + 2] = (byte)' ';
            target[at + 1] = digits[b & 15];
            target[at] = digits[b >> 4];
            at += 3;
        }

        return Math.Max(0, at - 1);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        Length = 0;
    }

    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - Length < count)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, checked(Length + count)));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsSpan(Length);
    }
}
