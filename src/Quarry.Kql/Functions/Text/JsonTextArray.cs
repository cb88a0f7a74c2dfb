using System.Buffers;
using Quarry.Kql.Functions.Dynamic;

namespace Quarry.Kql.Functions.Text;

/// <summary>Writes a JSON array of UTF-8 texts where a row's cost matters.</summary>
internal readonly ref struct JsonTextArray
{
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

        JsonOutput.String(_buffer, utf8);
    }

    /// <summary>Ends; the buffer has the array.</summary>
    public ArrayBufferWriter<byte> End()
    {
        _buffer.Write("]"u8);
        return _buffer;
    }
}
