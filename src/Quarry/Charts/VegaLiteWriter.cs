using System.Globalization;
using System.Text.Json;

namespace Quarry.Charts;

/// <summary>
/// Writes a specification after a template: JSON of our own in which a string <c>"$name"</c> stands for a value. Values are
/// written as JSON values into a parsed template, so that no text can change the specification around it.
/// </summary>
/// <param name="json">Where to.</param>
/// <param name="shown">What makes a text of the data fit to be shown.</param>
internal sealed class VegaLiteWriter(Utf8JsonWriter json, Func<string, string> shown)
{
    private static readonly HashSet<string> NamesOfEveryObject =
    [
        "__proto__", "constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString", "valueOf",
        "__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__",
    ];

    /// <summary>Writes a template; each placeholder by the action of its name, <c>$config</c> as the light theme.</summary>
    public void Write(ReadOnlySpan<byte> template, params ReadOnlySpan<(string Name, Action<VegaLiteWriter> Write)> values)
    {
        var reader = new Utf8JsonReader(template, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip });
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject: json.WriteStartObject(); break;
                case JsonTokenType.EndObject: json.WriteEndObject(); break;
                case JsonTokenType.StartArray: json.WriteStartArray(); break;
                case JsonTokenType.EndArray: json.WriteEndArray(); break;
                case JsonTokenType.PropertyName: json.WritePropertyName(reader.ValueSpan); break;
                case JsonTokenType.String when reader.ValueSpan.StartsWith("$"u8): Fill(reader.GetString()![1..], values); break;
                case JsonTokenType.String: json.WriteStringValue(reader.GetString()); break;
                default: json.WriteRawValue(reader.ValueSpan); break;
            }
        }
    }

    /// <summary>
    /// A text of the data as a title, made fit to be shown. Vega looks titles up in an object of JavaScript: one that is called as
    /// something every object has would be taken for that, and gets a blank.
    /// </summary>
    public void Text(string text)
    {
        string title = shown(text);
        json.WriteStringValue(NamesOfEveryObject.Contains(title) ? title + " " : title);
    }

    /// <summary>A yes or no.</summary>
    public void Flag(bool flag) => json.WriteBooleanValue(flag);

    /// <summary>A text of our own; null is JSON's.</summary>
    public void Words(string? text) => json.WriteStringValue(text);

    /// <summary>
    /// A name out of the data as the title of a field in a tooltip. Vega-Lite 6 builds an expression of these titles in which
    /// it escapes quotes and nothing else: a backslash before one would end the string, so backslashes are escaped here. The
    /// blanks behind it make it another name than <c>__proto__</c> or <c>toString</c>, which Vega refuses, and than ours.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="blanks">How many blanks: two fields that may have the same name need different ones.</param>
    public void TooltipTitle(string name, int blanks = 1)
    {
        string title = shown(name).Replace("\\", "\\\\", StringComparison.Ordinal);
        json.WriteStringValue(string.Concat(title.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)) + new string(' ', blanks));
    }

    /// <summary>A list, an object for each item.</summary>
    public void List<T>(IEnumerable<T> items, Action<T> writeFields)
    {
        json.WriteStartArray();
        foreach (T item in items)
        {
            json.WriteStartObject();
            writeFields(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>A field of the data: a text of the data, made fit to be shown; left out where it is null.</summary>
    public void Field(string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, shown(text));
        }
    }

    /// <summary>A field of the data: a number; null where it is none.</summary>
    public void Field(string name, double number)
    {
        if (double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>A field of the data: a whole number.</summary>
    public void Field(string name, int number) => json.WriteNumber(name, number);

    /// <summary>A field of the data: a time, UTC, to the millisecond, which is what a browser knows; left out where it is null.</summary>
    public void Field(string name, DateTime? time)
    {
        if (time is { } value)
        {
            json.WriteString(name, value.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>A field of the data: written where it is true.</summary>
    public void Field(string name, bool flag)
    {
        if (flag)
        {
            json.WriteBoolean(name, true);
        }
    }

    /// <summary>A number that stands for itself.</summary>
    public void Number(double number) => json.WriteNumberValue(number);

    private void Fill(string name, ReadOnlySpan<(string Name, Action<VegaLiteWriter> Write)> values)
    {
        foreach ((string key, Action<VegaLiteWriter> write) in values)
        {
            if (key == name)
            {
                write(this);
                return;
            }
        }

        if (name != "config")
        {
            throw new InvalidOperationException($"The template asks for {name}, which has no value.");
        }

        ChartTheme.Light.WriteTo(this);
    }
}
