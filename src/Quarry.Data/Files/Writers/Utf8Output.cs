using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Quarry.Data.Files.Writers;

/// <summary>A buffer of UTF-8 on its way to a stream: what the text writers write values into.</summary>
internal sealed class Utf8Output(Stream stream)
{
    private const int FlushAt = 1 << 16;

    private byte[] _buffer = new byte[FlushAt * 2];
    private int _count;

    public void Write(byte value)
    {
        Reserve(1);
        _buffer[_count++] = value;
    }

    public void Write(ReadOnlySpan<byte> utf8)
    {
        Reserve(utf8.Length);
        utf8.CopyTo(_buffer.AsSpan(_count));
        _count += utf8.Length;
    }

    public void Write(long value)
    {
        Reserve(20);
        Utf8Formatter.TryFormat(value, _buffer.AsSpan(_count), out int written);
        _count += written;
    }

    /// <summary>Writes a value's invariant form.</summary>
    public void Write<T>(T value, ReadOnlySpan<char> format = default)
        where T : IUtf8SpanFormattable
    {
        Reserve(64);
        value.TryFormat(_buffer.AsSpan(_count), out int written, format, CultureInfo.InvariantCulture);
        _count += written;
    }

    /// <summary>Writes a time as ISO 8601 in UTC, to the tick: <c>2024-02-29T01:02:03.0000000Z</c>.</summary>
    public void Write(DateTime time) => Write(time, "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'");

    /// <summary>Text as a JSON string, in quotes. Bytes that are not UTF-8 become U+FFFD.</summary>
    public void WriteJsonString(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
        {
            utf8 = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(utf8));
        }

        Write((byte)'"');
        int from = 0;
        while (true)
        {
            int next = utf8[from..].IndexOfAny(TextEscapes.JsonCandidates);
            if (next < 0)
            {
                break;
            }

            next += from;
            int length = TextEscapes.LengthAt(utf8, next, out int codePoint);
            if (codePoint < 0)
            {
                Write(utf8[from..(next + 1)]);
                from = next + 1;
                continue;
            }

            Write(utf8[from..next]);
            WriteJsonEscape(codePoint);
            from = next + length;
        }

        Write(utf8[from..]);
        Write((byte)'"');
    }

    /// <summary>Hands everything to the stream and flushes it.</summary>
    public void Flush()
    {
        Drain();
        stream.Flush();
    }

    /// <summary>Hands what has gathered to the stream if it is much.</summary>
    public void DrainIfFull()
    {
        if (_count >= FlushAt)
        {
            Drain();
        }
    }

    private void WriteJsonEscape(int codePoint)
    {
        switch (codePoint)
        {
            case '"': Write("\\\""u8); break;
            case '\\': Write("\\\\"u8); break;
            case '\n': Write("\\n"u8); break;
            case '\r': Write("\\r"u8); break;
            case '\t': Write("\\t"u8); break;
            default:
                Write("\\u"u8);
                Write(codePoint, "x4");
                break;
        }
    }

    private void Drain()
    {
        stream.Write(_buffer, 0, _count);
        _count = 0;
    }

    private void Reserve(int count)
    {
        if (_buffer.Length - _count >= count)
        {
            return;
        }

        Drain();
        if (_buffer.Length < count)
        {
            _buffer = new byte[count];
        }
    }
}
