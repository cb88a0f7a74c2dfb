using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Quarry.Tables;

namespace Quarry.Web.Kusto;

/// <summary>The body of a request to Kusto's REST API: <c>{"db": …, "csl": …, "properties": {"Options": {…}, "Parameters": {…}}}</c>.</summary>
internal sealed record QueryRequest(string Database, string Text)
{
    /// <summary>Values of the query's parameters, each the text of a literal.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the answer comes in parts, each of use before the last.</summary>
    public bool IsProgressive { get; init; }

    /// <summary>Whether values of dynamic come as texts of JSON, and not as JSON.</summary>
    public bool DynamicAsText { get; init; }

    /// <summary>The time after which the query is stopped.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The first instant of rows that are read.</summary>
    public DateTime? From { get; init; }

    /// <summary>The first instant of rows that are not read any more.</summary>
    public DateTime? To { get; init; }

    /// <summary>The column that the instants are of.</summary>
    public string? TimeColumn { get; init; }

    /// <summary>Reads a body.</summary>
    /// <exception cref="RequestException">It is none.</exception>
    public static async Task<QueryRequest> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        using JsonDocument body = await JsonBody.ReadAsync(request, cancellation).ConfigureAwait(false);
        JsonElement root = body.RootElement;
        JsonElement properties = Member(root, "properties");
        using JsonDocument? written = properties.ValueKind == JsonValueKind.String ? JsonBody.Parse(properties.GetString()!) : null;
        properties = written?.RootElement ?? properties;
        JsonElement options = Member(properties, "Options");
        return new QueryRequest(JsonBody.Text(root, "db"), JsonBody.Text(root, "csl") is { Length: > 0 } text ? text : throw JsonBody.Bad("The request has no query: csl is empty."))
        {
            Parameters = Member(properties, "Parameters") is { ValueKind: JsonValueKind.Object } values
                ? values.EnumerateObject().ToDictionary(one => one.Name, one => one.Value.ToString())
                : new Dictionary<string, string>(),
            IsProgressive = Member(options, "results_progressive_enabled").ValueKind == JsonValueKind.True,
            DynamicAsText = JsonBody.Text(options, "response_dynamic_serialization").Equals("string", StringComparison.OrdinalIgnoreCase),
            Timeout = JsonBody.Text(options, "servertimeout") is { Length: > 0 } timeout ? Span(timeout) : null,
            From = Time(options, "query_datetimescope_from"),
            To = Time(options, "query_datetimescope_to"),
            TimeColumn = JsonBody.Text(options, "query_datetimescope_column") is { Length: > 0 } column ? column : null,
        };
    }

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : default;

    private static TimeSpan Span(string text) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span) && span > TimeSpan.Zero ? span : throw JsonBody.Bad($"servertimeout is '{text}'; expected hh:mm:ss.");

    private static DateTime? Time(JsonElement options, string name)
    {
        string text = JsonBody.Text(options, name);
        return text.Length == 0 ? null
            : TimeText.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out DateTime time) ? time
            : throw JsonBody.Bad($"{name} is '{text}'; expected a time such as 2026-03-01T00:00:00Z.");
    }
}
