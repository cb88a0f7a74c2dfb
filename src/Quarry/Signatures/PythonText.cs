using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Quarry.Signatures;

/// <summary>A JSON value as Python's <c>str</c> writes it, which is what the reference compares.</summary>
internal static class PythonText
{
    /// <summary>The text of a JSON value; null for JSON's null, the JSON as it stands where it is none.</summary>
    public static string? Of(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            using var document = JsonDocument.ParseValue(ref reader);
            JsonElement value = document.RootElement;
            if (value.ValueKind == JsonValueKind.Null)
            {
                return null;
            }

            if (value.ValueKind == JsonValueKind.String)
            {
                return value.GetString();
            }

            var text = new StringBuilder();
            Write(value, text);
            return text.ToString();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, nested beyond the parser's 64 levels, or half a surrogate pair.
            return Encoding.UTF8.GetString(json);
        }
    }

    private static void Write(JsonElement value, StringBuilder text)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteItems(value.EnumerateObject(), '{', '}', text, static (property, text) =>
                {
                    WriteQuoted(property.Name, text);
                    text.Append(": ");
                    Write(property.Value, text);
                });
                break;
            case JsonValueKind.Array: WriteItems(value.EnumerateArray(), '[', ']', text, Write); break;
            case JsonValueKind.String: WriteQuoted(value.GetString()!, text); break;
            case JsonValueKind.True: text.Append("True"); break;
            case JsonValueKind.False: text.Append("False"); break;
            case JsonValueKind.Null: text.Append("None"); break;
            default: text.Append(value.GetRawText()); break;
        }
    }

    private static void WriteItems<T>(IEnumerable<T> items, char open, char close, StringBuilder text, Action<T, StringBuilder> write)
    {
        text.Append(open);
        string separator = "";
        foreach (T item in items)
        {
            text.Append(separator);
            write(item, text);
            separator = ", ";
        }

        text.Append(close);
    }

    private static void WriteQuoted(string value, StringBuilder text)
    {
        char quote = value.Contains('\'') && !value.Contains('"') ? '"' : '\'';
        text.Append(quote);
        foreach (char c in value)
        {
            switch (c)
            {
                case '\\': text.Append(@"\\"); break;
                case '\n': text.Append(@"\n"); break;
                case '\r': text.Append(@"\r"); break;
                case '\t': text.Append(@"\t"); break;
                case < ' ' or (>= '\x7F' and <= '\xA0') or '\xAD': text.Append(CultureInfo.InvariantCulture, $@"\x{(int)c:x2}"); break;
                default: text.Append(c == quote ? @"\" : "").Append(c); break;
            }
        }

        text.Append(quote);
    }
}
