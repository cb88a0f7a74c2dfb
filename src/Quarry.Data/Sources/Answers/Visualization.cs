using System.Text.Json;
using Quarry.Data.Kql;

namespace Quarry.Data.Sources.Answers;

/// <summary>How services say that a result is to be drawn: <c>{"Visualization":"timechart","Title":"…","YColumns":…}</c>.</summary>
internal static class Visualization
{
    /// <summary>What is said; null where nothing is to be drawn.</summary>
    public static KqlRender? Of(JsonElement said)
    {
        if (said.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        string? kind = null;
        var properties = new Dictionary<string, string>();
        foreach (JsonProperty property in said.EnumerateObject())
        {
            string name = property.Name.ToLowerInvariant();
            if (name == "visualization")
            {
                kind = Text(property.Value);
            }
            else if (Text(property.Value) is { Length: > 0 } value && !IsDefault(name, value))
            {
                properties[name] = value;
            }
        }

        return kind is { Length: > 0 } ? new KqlRender(kind, properties) : null;
    }

    /// <summary>Reads the text that Kusto puts into its table of properties; null where nothing is to be drawn.</summary>
    public static KqlRender? Read(string text)
    {
        try
        {
            using var said = JsonDocument.Parse(text);
            return Of(said.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // How to draw a result is no part of it.
            return null;
        }
    }

    // Kusto lists every property, also those of which the query says nothing.
    private static bool IsDefault(string name, string value) =>
        name == "isquerysorted" || (name is "ymin" or "ymax" or "xmin" or "xmax" && value == "NaN") || (name == "accumulate" && value == "false");

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(Text).Where(text => text is not null)),
        _ => null,
    };
}
