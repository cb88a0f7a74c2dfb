using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Quarry.Data.Kql;

namespace Quarry.Web.Kusto;

/// <summary>Errors as the services tell them (Microsoft's REST API guidelines, section 7.10.2).</summary>
internal static class ClientError
{
    /// <summary>The status and code of what went wrong.</summary>
    public static (int Status, string Code) Of(Exception error) => error switch
    {
        RequestException request => (request.Status, request.Code),
        KqlException { Diagnostics.Count: > 0 } => (StatusCodes.Status400BadRequest, "SemanticError"),
        OperationCanceledException => (StatusCodes.Status400BadRequest, "QueryCancelled"),
        KqlException { InnerException: not null } => (StatusCodes.Status504GatewayTimeout, "QueryStopped"),
        QuarryException => (StatusCodes.Status400BadRequest, "BadRequest"),
        BadHttpRequestException bad => (bad.StatusCode, "BadRequest"),
        _ => (StatusCodes.Status500InternalServerError, "InternalError"),
    };

    /// <summary>The object <c>{"code": …, "message": …, …}</c> of an error.</summary>
    public static void Write(Utf8JsonWriter json, Exception error)
    {
        (int status, string code) = Of(error);
        json.WriteStartObject();
        json.WriteString("code", code);
        json.WriteString("message", Message(error));
        json.WriteString("@type", error.GetType().Name);
        json.WriteString("@message", Message(error));
        json.WriteBoolean("@permanent", status < 500);
        json.WriteEndObject();
    }

    /// <summary>The bytes of that object.</summary>
    public static byte[] Bytes(Exception error)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            Write(json, error);
        }

        return stream.ToArray();
    }

    // What is unforeseen may hold anything; its kind is enough for a client.
    private static string Message(Exception error) =>
        error is QuarryException or RequestException or BadHttpRequestException ? error.Message
        : error is OperationCanceledException ? "The query was cancelled."
        : $"The query failed: {error.GetType().Name}.";
}
