using System.Buffers;
using Quarry.Kql.Functions.Dynamic;

namespace Quarry.Data.Kql;

/// <summary>
/// Values of dynamic columns as the engine holds them: compact JSON, texts without needless escapes, numbers as they were
/// written. Text that is not JSON becomes a JSON string. Not for several threads at once.
/// </summary>
internal sealed class DynamicText
{
    // Deeper than any log nests; what is deeper is kept, as a string.
    private const int MostDepth = 512;

    private readonly ArrayBufferWriter<byte> _buffer = new(256);

    /// <summary>The value of a text of valid UTF-8, until the next call; empty for null, and for text that is blank or JSON's null.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> trimmed = text.Trim(" \t\r\n"u8);
        if (trimmed.IsEmpty || trimmed.SequenceEqual("null"u8))
        {
            return default;
        }

        _buffer.ResetWrittenCount();
        return JsonCompaction.TryCompact(trimmed, _buffer, out ReadOnlySpan<byte> compact, MostDepth, keepsAll: true) ? compact : OfString(text);
    }

    /// <summary>A text as a JSON string, until the next call.</summary>
    public ReadOnlySpan<byte> OfString(ReadOnlySpan<byte> text)
    {
        _buffer.ResetWrittenCount();
        JsonOutput.String(_buffer, text);
        return _buffer.WrittenSpan;
    }
}
