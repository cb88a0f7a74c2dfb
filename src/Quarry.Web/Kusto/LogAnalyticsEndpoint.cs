using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Quarry.Data.Kql;
using Quarry.Tables;

namespace Quarry.Web.Kusto;

/// <summary>The Log Analytics query API, version 1: query, batch, metadata. Every workspace id is the one database.</summary>
internal static class LogAnalyticsEndpoint
{
    /// <summary>Says what is answered.</summary>
    public static void Map(IEndpointRouteBuilder routes, ServedDatabase served)
    {
        foreach (string root in (string[])["", "/v1"])
        {
            routes.MapPost(root + "/workspaces/{id}/query", context => Query(context, served));
            routes.MapGet(root + "/workspaces/{id}/query", context => Query(context, served));
            routes.MapMethods(root + "/workspaces/{id}/metadata", ["GET", "POST"], context => Metadata(context, served));
            routes.MapPost(root + "/$batch", context => Batch(context, served));
        }
    }

    private static Task Query(HttpContext context, ServedDatabase served) => GuardedRequest.Run(context, async id =>
    {
        (string text, string timespan) = await ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        await AnswerAsync(served, id, text, timespan, Wait(context.Request.Headers["Prefer"].ToString()), context.Response, context.RequestAborted).ConfigureAwait(false);
    });

    private static async Task AnswerAsync(ServedDatabase served, string id, string text, string timespan, TimeSpan? wait, HttpResponse response, CancellationToken aborted)
    {
        if (text.Length == 0)
        {
            throw JsonBody.Bad("The request has no query.");
        }

        var options = new KqlRunOptions { Timeout = wait };
        if (timespan.Length > 0)
        {
            (DateTime from, DateTime to) = Iso8601Span.Parse(timespan, served.Engine.Options.Now ?? served.Engine.Options.Clock.GetUtcNow().UtcDateTime);
            options = options with { From = from, To = to };
        }

        using RunningRequest running = served.Begin(id, aborted);
        await QueryRunning.AnswerAsync(served.Engine, text, options, response, stream => new LogAnalyticsAnswer(stream), running.Cancellation).ConfigureAwait(false);
    }

    private static async Task<(string Text, string Timespan)> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (HttpMethods.IsGet(request.Method))
        {
            return (request.Query["query"].ToString(), request.Query["timespan"].ToString());
        }

        using JsonDocument body = await JsonBody.ReadAsync(request, cancellation).ConfigureAwait(false);
        return (JsonBody.Text(body.RootElement, "query"), JsonBody.Text(body.RootElement, "timespan"));
    }

    // Prefer: wait=600, include-statistics=true
    private static TimeSpan? Wait(string prefer)
    {
        string? seconds = prefer.Split(',', ';').Select(part => part.Trim()).FirstOrDefault(part => part.StartsWith("wait=", StringComparison.OrdinalIgnoreCase))?[5..];
        return int.TryParse(seconds, CultureInfo.InvariantCulture, out int wait) && wait > 0 ? TimeSpan.FromSeconds(wait) : null;
    }

    private static Task Metadata(HttpContext context, ServedDatabase served) => GuardedRequest.Run(context, async _ =>
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        using var json = new Utf8JsonWriter(context.Response.Body);
        json.WriteStartObject();
        json.WriteStartArray("tables");
        foreach (KqlTable table in served.Engine.Tables)
        {
            WriteTable(json, table.Name, table.Schema);
        }

        json.WriteEndArray();
        json.WriteStartArray("functions");
        json.WriteEndArray();
        json.WriteStartArray("workspaces");
        json.WriteStartObject();
        json.WriteString("id", context.Request.RouteValues["id"]?.ToString());
        json.WriteString("resourceId", "");
        json.WriteString("name", served.Name);
        json.WriteString("region", "local");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    });

    private static void WriteTable(Utf8JsonWriter json, string name, TableSchema schema)
    {
        json.WriteStartObject();
        json.WriteString("id", $"t/{name}");
        json.WriteString("name", name);
        if (schema.FirstOrDefault(column => column is { Name: "TimeGenerated" or "Timestamp", Type: ColumnType.DateTime }) is { } time)
        {
            json.WriteString("timespanColumn", time.Name);
        }

        json.WriteStartArray("columns");
        foreach (ColumnSchema column in schema)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("type", column.Type.KqlName());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // Each query of a batch has its own status; the batch has 200.
    private static Task Batch(HttpContext context, ServedDatabase served) => GuardedRequest.Run(context, async id =>
    {
        using JsonDocument body = await JsonBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        if (!body.RootElement.TryGetProperty("requests", out JsonElement requests) || requests.ValueKind != JsonValueKind.Array)
        {
            throw JsonBody.Bad("The batch has no requests.");
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        using var json = new Utf8JsonWriter(context.Response.Body);
        json.WriteStartObject();
        json.WriteStartArray("responses");
        foreach (JsonElement request in requests.EnumerateArray())
        {
            (int status, byte[] answer) = await OneAsync(served, $"{id};{JsonBody.Text(request, "id")}", request, context.RequestAborted).ConfigureAwait(false);
            json.WriteStartObject();
            json.WriteString("id", JsonBody.Text(request, "id"));
            json.WriteNumber("status", status);
            json.WritePropertyName("body");
            json.WriteRawValue(answer);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    });

    private static async Task<(int Status, byte[] Body)> OneAsync(ServedDatabase served, string id, JsonElement request, CancellationToken aborted)
    {
        using var answer = new MemoryStream();
        var one = new DefaultHttpContext { Response = { Body = answer } };
        try
        {
            JsonElement body = request.TryGetProperty("body", out JsonElement given) ? given : default;
            await AnswerAsync(served, id, JsonBody.Text(body, "query"), JsonBody.Text(body, "timespan"), null, one.Response, aborted).ConfigureAwait(false);
            return (StatusCodes.Status200OK, answer.ToArray());
        }
        catch (Exception error) when (error is not OperationCanceledException && answer.Length == 0)
        {
            return (ClientError.Of(error).Status, [.. "{\"error\":"u8, .. ClientError.Bytes(error), .. "}"u8]);
        }
    }
}
