using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Quarry.Kql.Functions.Dynamic;

namespace Quarry.Kql.Functions.Text;

/// <summary>Reads texts out of dynamic values and writes dynamic values of texts.</summary>
internal static class JsonTexts
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The texts of a dynamic array's elements; nested arrays are flattened, nulls left out. A value that is no array is a list of one.</summary>
    public static List<string> Flatten(ReadOnlySpan<byte> json)
    {
        var texts = new List<string>();
        try
        {
            using JsonDocument document = JsonDocument.Parse(json.ToArray());
            Flatten(document.RootElement, texts);
        }
        catch (JsonException)
        {
            // A dynamic string that the lowering passed as its text.
            texts.Add(Encoding.UTF8.GetString(json));
        }

        return texts;
    }

    /// <summary>The elements of a dynamic array as texts, "" for null; null where it is no array.</summary>
    public static List<string>? Elements(ReadOnlySpan<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json.ToArray());
            return document.RootElement.ValueKind == JsonValueKind.Array ? [.. document.RootElement.EnumerateArray().Select(TextOf)] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What tostring() makes of a value: a string without quotes, "" for null, everything else as JSON.</summary>
    public static string TextOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        _ => element.GetRawText(),
    };

    /// <summary>Writes the row's value, made compact as all dynamic values are: equal values are equal bytes.</summary>
    public static void Write(ref Result result, Action<Utf8JsonWriter> write)
    {
        var written = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(written, Options))
        {
            write(writer);
        }

        _ = JsonCompaction.TryCompact(written.WrittenSpan, Result.Scratch(), out ReadOnlySpan<byte> compact);
        result.Text(compact);
    }

    /// <summary>An array of texts.</summary>
    public static void WriteArray(ref Result result, IEnumerable<string> texts)
    {
        ArrayBufferWriter<byte> buffer = Result.Scratch();
        JsonOutput.Strings(buffer, texts);
        result.Text(buffer);
    }

    /// <summary>An object of texts.</summary>
    public static void WriteObject(ref Result result, params ReadOnlySpan<(string Name, string Text)> properties)
    {
        ArrayBufferWriter<byte> buffer = Result.Scratch();
        buffer.Write("{"u8);
        foreach ((string name, string text) in properties)
        {
            JsonOutput.Comma(buffer, 0);
            JsonOutput.String(buffer, Encoding.UTF8.GetBytes(name));
            buffer.Write(":"u8);
            JsonOutput.String(buffer, Encoding.UTF8.GetBytes(text));
        }

        buffer.Write("}"u8);
        result.Text(buffer);
    }

    private static void Flatten(JsonElement element, List<string> texts)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement one in element.EnumerateArray())
            {
                Flatten(one, texts);
            }
        }
        else if (element.ValueKind != JsonValueKind.Null)
        {
            texts.Add(TextOf(element));
        }
    }
}
