using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Quarry.Web.Kusto;

/// <summary>The JSON of a request.</summary>
internal static class JsonBody
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads the body of a request, an object.</summary>
    /// <exception cref="RequestException">It is none.</exception>
    public static async Task<JsonDocument> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            JsonDocument body = await JsonDocument.ParseAsync(request.Body, Options, cancellation).ConfigureAwait(false);
            return body.RootElement.ValueKind == JsonValueKind.Object ? body : throw Bad("The body of the request is no JSON object.");
        }
        catch (JsonException error)
        {
            throw Bad($"The body of the request is no JSON: {error.Message}");
        }
    }

    /// <summary>Reads JSON that a text holds.</summary>
    /// <exception cref="RequestException">It is none.</exception>
    public static JsonDocument Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text, Options);
        }
        catch (JsonException error)
        {
            throw Bad($"The properties of the request are no JSON: {error.Message}");
        }
    }

    /// <summary>The text of a member; empty where it is none or null.</summary>
    /// <exception cref="RequestException">It is an object or an array.</exception>
    public static string Text(JsonElement element, string name) =>
        element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out JsonElement value) ? ""
        : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Null => "",
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => throw Bad($"{name} is no text."),
        };

    /// <summary>A request that is not right.</summary>
    public static RequestException Bad(string message) => new(StatusCodes.Status400BadRequest, "General_BadRequest", message);
}
