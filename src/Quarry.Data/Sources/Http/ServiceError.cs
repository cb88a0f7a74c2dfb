using System.Text;
using System.Text.Json;

namespace Quarry.Data.Sources.Http;

/// <summary>
/// What a service says of an error: <c>{"error":{"code","message","innererror":{…}}}</c>, as OData, Log Analytics, Microsoft Graph
/// and Kusto (which adds <c>@message</c>, <c>@type</c> and <c>@permanent</c>) write it.
/// </summary>
/// <param name="Code">The code that says most; null where there is none.</param>
/// <param name="Message">The messages from the outer to the inner, each once; empty where there is none.</param>
/// <param name="IsPermanent">Whether the service says that asking again will not help.</param>
internal sealed record ServiceError(string? Code, string Message, bool IsPermanent = false)
{
    /// <summary>The most characters of a service's message that are passed on.</summary>
    public const int LongestMessage = 2_000;

    /// <summary>The deepest that errors inside errors are followed.</summary>
    private const int Deepest = 16;

    /// <summary>All codes, from the outer to the inner.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>Nothing is said.</summary>
    public static ServiceError None { get; } = new(null, "");

    /// <summary>Reads the body of an answer. What is no error of the form is taken as text, pages of HTML are left out.</summary>
    public static ServiceError Read(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 4 * Deepest });
        try
        {
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            return Of(document.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            string text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, LongestMessage)]).Trim();
            return text.StartsWith('<') || text.StartsWith('{') ? None : new ServiceError(null, text);
        }
    }

    /// <summary>Reads an error, or an object that holds one as <c>error</c>.</summary>
    public static ServiceError Of(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object && Member(element, "error") is { } inside)
        {
            element = inside;
        }

        if (element.ValueKind == JsonValueKind.String)
        {
            return new ServiceError(null, Bounded(element.GetString()!));
        }

        var messages = new List<string>();
        var codes = new List<string>();
        bool isPermanent = false;
        for (int depth = 0; depth < Deepest && element.ValueKind == JsonValueKind.Object; depth++)
        {
            if (Text(element, "code") is { Length: > 0 } code)
            {
                codes.Add(code);
            }

            isPermanent |= Member(element, "@permanent") is { ValueKind: JsonValueKind.True };
            if ((Text(element, "@message") ?? Text(element, "message")) is { Length: > 0 } message && !messages.Contains(message))
            {
                messages.Add(message);
            }

            // Log Analytics tells of a partial answer in details, and the reason in the innererror of its first.
            JsonElement? next = Member(element, "innererror")
                ?? (Member(element, "details") is { ValueKind: JsonValueKind.Array } details && details.GetArrayLength() > 0 ? details[0] : null);
            if (next is not { } below)
            {
                break;
            }

            element = below;
        }

        return new ServiceError(codes.LastOrDefault(), Bounded(string.Join(' ', messages.Select(Sentence))), isPermanent) { Codes = codes };
    }

    /// <summary>A sentence with its full stop.</summary>
    public static string Sentence(string text)
    {
        text = text.Trim();
        return text.Length == 0 || text[^1] is '.' or '!' or '?' ? text : text + ".";
    }

    private static string Bounded(string text) => text.Length <= LongestMessage ? text : text[..LongestMessage] + "…";

    private static string? Text(JsonElement element, string name) => Member(element, name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    // Graph writes innerError where the others write innererror.
    private static JsonElement? Member(JsonElement element, string name)
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return property.Value;
            }
        }

        return null;
    }
}
