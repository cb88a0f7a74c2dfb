using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Quarry.Web.Kusto;

/// <summary>Answers a request, and tells what goes wrong as the services do.</summary>
internal static class GuardedRequest
{
    private const string RequestId = "x-ms-client-request-id";

    /// <summary>Answers a request; the function gets the client's id of it, or one that is made.</summary>
    public static async Task Run(HttpContext context, Func<string, Task> answer)
    {
        string id = context.Request.Headers[RequestId].ToString() is { Length: > 0 and <= 256 } given ? given : $"Quarry;{Guid.NewGuid()}";
        context.Response.Headers[RequestId] = id;
        context.Response.Headers["x-ms-activity-id"] = Guid.NewGuid().ToString();
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            await answer(id).ConfigureAwait(false);
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            if (context.RequestAborted.IsCancellationRequested)
            {
                return;
            }

            context.Response.StatusCode = ClientError.Of(error).Status;
            context.Response.ContentType = "application/json; charset=utf-8";
            using var json = new Utf8JsonWriter(context.Response.Body);
            json.WriteStartObject();
            json.WritePropertyName("error");
            ClientError.Write(json, error);
            json.WriteEndObject();
        }
        catch
        {
            // The answer began and cannot be ended: a cut connection is what a client takes for no whole answer.
            context.Abort();
        }
    }
}
