using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Quarry.Data.Kql;

/// <summary>
/// Values of dynamic columns as the engine holds them: compact JSON, texts without needless escapes, numbers as they were
/// written. Text that is not JSON becomes a JSON string. Not for several threads at once.
/// </summary>
internal sealed class DynamicText : IDisposable
{
    // Deeper than any log nests; what is deeper is kept, as a string.
    private const int MostDepth = 512;

    private static readonly SearchValues<byte> NotPlain = SearchValues.Create(" \t\r\n\\"u8);

    private readonly ArrayBufferWriter<byte> _buffer = new(256);
    private readonly Utf8JsonWriter _writer;

    /// <summary>A normaliser with its buffer.</summary>
    public DynamicText() => _writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
        MaxDepth = MostDepth + 2,
    });

    /// <summary>The value of a text of valid UTF-8, until the next call; empty for null, and for text that is blank or JSON's null.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> trimmed = text.Trim(" \t\r\n"u8);
        if (trimmed.IsEmpty || trimmed.SequenceEqual("null"u8))
        {
            return default;
        }

        // Most text that is not JSON shows it by its first byte.
        if (trimmed[0] is (byte)'{' or (byte)'[' or (byte)'"' or (byte)'-' or (>= (byte)'0' and <= (byte)'9') or (byte)'t' or (byte)'f')
        {
            Begin();
            if (TryWrite(trimmed, isPlain: !trimmed.ContainsAny(NotPlain)))
            {
                return _buffer.WrittenCount > 0 ? _buffer.WrittenSpan : trimmed;
            }
        }

        return OfString(text);
    }

    /// <summary>A text as a JSON string, until the next call.</summary>
    public ReadOnlySpan<byte> OfString(ReadOnlySpan<byte> text)
    {
        Begin();
        _writer.WriteStringValue(text);
        _writer.Flush();
        return _buffer.WrittenSpan;
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private void Begin()
    {
        _buffer.ResetWrittenCount();
        _writer.Reset();
    }

    // What is plain is only looked at: it stays as it is.
    private bool TryWrite(ReadOnlySpan<byte> text, bool isPlain)
    {
        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MostDepth });
            while (reader.Read())
            {
                if (!isPlain)
                {
                    Write(ref reader);
                }
            }

            _writer.Flush();
            return true;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // No JSON, or with an escape that stands for no character.
            return false;
        }
    }

    private void Write(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                _writer.WriteStartObject();
                break;
            case JsonTokenType.EndObject:
                _writer.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                _writer.WriteStartArray();
                break;
            case JsonTokenType.EndArray:
                _writer.WriteEndArray();
                break;
            case JsonTokenType.PropertyName when reader.ValueIsEscaped:
                _writer.WritePropertyName(reader.GetString()!);
                break;
            case JsonTokenType.PropertyName:
                _writer.WritePropertyName(reader.ValueSpan);
                break;
            case JsonTokenType.String when reader.ValueIsEscaped:
                _writer.WriteStringValue(reader.GetString()!);
                break;
            case JsonTokenType.String:
                _writer.WriteStringValue(reader.ValueSpan);
                break;
            default:
                _writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                break;
        }
    }
}
