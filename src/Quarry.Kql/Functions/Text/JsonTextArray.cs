using System.Buffers;

namespace Quarry.Kql.Functions.Text;

/// <summary>Writes a JSON array of UTF-8 texts where a row's cost matters.</summary>
internal readonly ref struct JsonTextArray
{
    // Bytes that a JSON string cannot have as they are.
    private static readonly SearchValues<byte> Escaped = SearchValues.Create([.. Enumerable.Range(0, 32).Select(one => (byte)one), (byte)'"', (byte)'\\']);

    private readonly ArrayBufferWriter<byte> _buffer;

    /// <summary>Begins.</summary>
    public JsonTextArray(ArrayBufferWriter<byte> buffer)
    {
        _buffer = buffer;
        _buffer.Write("["u8);
    }

    /// <summary>An element.</summary>
    public void Add(ReadOnlySpan<byte> utf8)
    {
        if (_buffer.WrittenCount > 1)
        {
            _buffer.Write(","u8);
        }

        WriteString(_buffer, utf8);
    }

    /// <summary>Ends; the buffer has the array.</summary>
    public ArrayBufferWriter<byte> End()
    {
        _buffer.Write("]"u8);
        return _buffer;
    }

    /// <summary>Writes a JSON string.</summary>
    public static void WriteString(ArrayBufferWriter<byte> buffer, ReadOnlySpan<byte> utf8)
    {
        buffer.Write("\""u8);
        for (int at = utf8.IndexOfAny(Escaped); at >= 0; at = utf8.IndexOfAny(Escaped))
        {
            buffer.Write(utf8[..at]);
            Span<byte> escape = buffer.GetSpan(8);
            byte one = utf8[at];
            int length = 2;
            escape[0] = (byte)'\\';
            switch (one)
            {
                case (byte)'"' or (byte)'\\':
                    escape[1] = one;
                    break;
                case (byte)'\n':
                    escape[1] = (byte)'n';
                    break;
                case (byte)'\r':
                    escape[1] = (byte)'r';
                    break;
                case (byte)'\t':
                    escape[1] = (byte)'t';
                    break;
                case 8:
                    escape[1] = (byte)'b';
                    break;
                case 12:
                    escape[1] = (byte)'f';
                    break;
                default:
                    "u00"u8.CopyTo(escape[1..]);
                    escape[4] = (byte)"0123456789abcdef"[one >> 4];
                    escape[5] = (byte)"0123456789abcdef"[one & 15];
                    length = 6;
                    break;
            }

            buffer.Advance(length);
            utf8 = utf8[(at + 1)..];
        }

        buffer.Write(utf8);
        buffer.Write("\""u8);
    }
}
