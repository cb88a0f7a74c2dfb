using System.Text;
using System.Text.Json;

namespace Quarry.Logs.Syslog;

/// <summary>RFC 5424's structured data: elements <c>[id name="value" …]</c>, one after another.</summary>
/// <remarks>Source: RFC 5424, 6.3. In values, <c>\"</c>, <c>\\</c> and <c>\]</c> stand for the second character; any other backslash for itself.</remarks>
internal static class StructuredData
{
    /// <summary>How long the structured data are that a text begins with; 0 where they are not closed or not well formed.</summary>
    public static int Measure(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (at < text.Length && text[at] == '[')
        {
            at = Element(text, at + 1);
            if (at == 0)
            {
                return 0;
            }
        }

        return at;
    }

    /// <summary>
    /// Writes well-formed structured data as a JSON object of objects: <c>{"id":{"name":"value"}}</c>. A name or an id that
    /// stands there several times has an array of its values.
    /// </summary>
    public static void Write(ReadOnlySpan<byte> data, JsonBuffer json, SeenKeys ids, SeenKeys names)
    {
        ids.Clear();
        int at = 0, begin = json.Length;
        json.Raw((byte)'{');
        while (at < data.Length)
        {
            int end = at + 1 + data[(at + 1)..].IndexOfAny((byte)' ', (byte)']');
            if (!ids.Add(data, at + 1, end - at - 1) || !TryWriteElement(data, ref at, end, json, names))
            {
                json.Reset(begin);
                WriteGrouped(data, json);
                return;
            }
        }

        json.Raw((byte)'}');
    }

    private static bool TryWriteElement(ReadOnlySpan<byte> data, ref int at, int end, JsonBuffer json, SeenKeys names)
    {
        names.Clear();
        if (at > 0)
        {
            json.Raw((byte)',');
        }

        json.Text(data[(at + 1)..end]);
        json.Raw(":{"u8);
        bool isFirst = true;
        at = end;
        while (data[at] != ']')
        {
            if (data[at] == ' ')
            {
                at++;
                continue;
            }

            int equals = at + data[at..].IndexOf((byte)'=');
            if (!names.Add(data, at, equals - at))
            {
                return false;
            }

            if (!isFirst)
            {
                json.Raw((byte)',');
            }

            isFirst = false;
            json.Text(data[at..equals]);
            json.Raw(":\""u8);
            at = equals + 2;
            WriteValue(data, ref at, json);
            json.Raw((byte)'"');
        }

        at++;
        json.Raw((byte)'}');
        return true;
    }

    // Writes up to the closing quote and passes over it.
    private static void WriteValue(ReadOnlySpan<byte> data, ref int at, JsonBuffer json)
    {
        while (true)
        {
            int stop = at + data[at..].IndexOfAny((byte)'"', (byte)'\\');
            json.Inner(data[at..stop]);
            if (data[stop] == '"')
            {
                at = stop + 1;
                return;
            }

            bool isEscape = data[stop + 1] is (byte)'"' or (byte)'\\' or (byte)']';
            json.Inner(data.Slice(isEscape ? stop + 1 : stop, 1));
            at = stop + (isEscape ? 2 : 1);
        }
    }

    // Behind the id or the element's last parameter; 0 if it does not end well.
    private static int Element(ReadOnlySpan<byte> text, int at)
    {
        int id = text[at..].IndexOfAny(" ]=\""u8);
        if (id <= 0)
        {
            return 0;
        }

        at += id;
        while (at < text.Length)
        {
            if (text[at] == ']')
            {
                return at + 1;
            }

            if (text[at] == ' ')
            {
                at++;
                continue;
            }

            int name = text[at..].IndexOfAny(" ]=\""u8);
            if (name <= 0 || text[at - 1] != ' ' || text[at + name] != '=' || at + name + 1 >= text.Length || text[at + name + 1] != '"')
            {
                return 0;
            }

            at = Value(text, at + name + 2);
            if (at == 0)
            {
                return 0;
            }
        }

        return 0;
    }

    private static int Value(ReadOnlySpan<byte> text, int at)
    {
        while (true)
        {
            int stop = text[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (stop < 0)
            {
                return 0;
            }

            at += stop;
            if (text[at] == '"')
            {
                return at + 1;
            }

            bool isEscape = at + 1 < text.Length && text[at + 1] is (byte)'"' or (byte)'\\' or (byte)']';
            at += isEscape ? 2 : 1;
        }
    }

    // The rare form with names that stand there twice.
    private static void WriteGrouped(ReadOnlySpan<byte> data, JsonBuffer json)
    {
        var elements = new List<(string Id, List<(string Name, List<string> Values)> Parameters)>();
        var byId = new Dictionary<string, (int Index, Dictionary<string, int> Names)>(StringComparer.Ordinal);
        int at = 0;
        while (at < data.Length)
        {
            int end = at + 1 + data[(at + 1)..].IndexOfAny((byte)' ', (byte)']');
            string id = Encoding.UTF8.GetString(data[(at + 1)..end]);
            if (!byId.TryGetValue(id, out (int Index, Dictionary<string, int> Names) known))
            {
                byId[id] = known = (elements.Count, new Dictionary<string, int>(StringComparer.Ordinal));
                elements.Add((id, []));
            }

            at = end;
            Gather(data, ref at, elements[known.Index].Parameters, known.Names);
        }

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            foreach ((string id, List<(string Name, List<string> Values)> parameters) in elements)
            {
                writer.WriteStartObject(id);
                foreach ((string name, List<string> values) in parameters)
                {
                    WriteValues(writer, name, values);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        json.Raw(stream.ToArray());
    }

    private static void Gather(ReadOnlySpan<byte> data, ref int at, List<(string Name, List<string> Values)> parameters, Dictionary<string, int> names)
    {
        while (data[at] != ']')
        {
            if (data[at] == ' ')
            {
                at++;
                continue;
            }

            int equals = at + data[at..].IndexOf((byte)'=');
            string name = Encoding.UTF8.GetString(data[at..equals]);
            at = equals + 2;
            string value = Unescaped(data, ref at);
            if (names.TryGetValue(name, out int index))
            {
                parameters[index].Values.Add(value);
            }
            else
            {
                names[name] = parameters.Count;
                parameters.Add((name, [value]));
            }
        }

        at++;
    }

    private static string Unescaped(ReadOnlySpan<byte> data, ref int at)
    {
        var value = new List<byte>();
        while (data[at] != '"')
        {
            bool isEscape = data[at] == '\\' && data[at + 1] is (byte)'"' or (byte)'\\' or (byte)']';
            at += isEscape ? 1 : 0;
            value.Add(data[at++]);
        }

        at++;
        return Encoding.UTF8.GetString([.. value]);
    }

    private static void WriteValues(Utf8JsonWriter writer, string name, List<string> values)
    {
        if (values.Count == 1)
        {
            writer.WriteString(name, values[0]);
            return;
        }

        writer.WriteStartArray(name);
        foreach (string value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }
}
