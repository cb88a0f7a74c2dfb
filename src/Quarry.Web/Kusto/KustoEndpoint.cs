using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Quarry.Data.Kql;
using Quarry.Tables;

namespace Quarry.Web.Kusto;

/// <summary>
/// Answers Kusto's REST protocol (queries of version 2 and 1, commands that show the schema) and the Log Analytics query API from
/// a <see cref="KqlDatabase"/>, so that the tools that speak them query local files. Reads only.
/// </summary>
public static class KustoEndpoint
{
    /// <summary>Starts a server on 127.0.0.1.</summary>
    /// <param name="database">The tables; the caller's, and it must outlive the server.</param>
    /// <param name="port">The port; 0 for any that is free.</param>
    /// <param name="name">The database's name for clients.</param>
    /// <param name="cancellation">Stops the start.</param>
    /// <exception cref="QuarryException">The port cannot be had.</exception>
    public static Task<LoopbackServer> StartAsync(KqlDatabase database, int port = 0, string name = "Local", CancellationToken cancellation = default)
    {
        var served = new ServedDatabase(database, name);
        return LoopbackServer.StartAsync(port, routes => Map(routes, served), cancellation);
    }

    private static void Map(IEndpointRouteBuilder routes, ServedDatabase served)
    {
        routes.MapGet("/", () => $"Quarry answers KQL here: Kusto's REST protocol (/v2/rest/query, /v1/rest/query, /v1/rest/mgmt) for database {served.Name}, and the Log Analytics API (/v1/workspaces/ID/query).\n");
        routes.MapPost("/v2/rest/query", context => Query(context, served, (request, id) => stream => new KustoV2Answer(stream, id, request.IsProgressive, request.DynamicAsText)));
        routes.MapPost("/v1/rest/query", context => Query(context, served, (_, _) => stream => new KustoV1Answer(stream)));
        routes.MapPost("/v1/rest/mgmt", context => Manage(context, served));

        // Clients ask how to sign in; without this they ask the public cloud.
        routes.MapGet("/v1/rest/auth/metadata", context => context.Response.WriteAsync("{}"));
        LogAnalyticsEndpoint.Map(routes, served);
    }

    private static Task Query(HttpContext context, ServedDatabase served, Func<QueryRequest, string, Func<Stream, IAnswer>> answers) => GuardedRequest.Run(context, async id =>
    {
        QueryRequest request = await QueryRequest.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        ManagementCommands.RequireDatabase(served, request.Database);
        if (request.Text.TrimStart().StartsWith('.'))
        {
            Write(context.Response, answers(request, id)(context.Response.Body), ManagementCommands.Run(served, request.Text));
            return;
        }

        using RunningRequest running = served.Begin(id, context.RequestAborted);
        KqlRunOptions options = new()
        {
            Parameters = request.Parameters.ToDictionary(one => one.Key, one => (object?)LiteralParameters.TextOf(one.Value)),
            From = request.From,
            To = request.To,
            Timeout = request.Timeout,
        };
        options = request.TimeColumn is { } column ? options with { TimeColumns = [column] } : options;
        await QueryRunning.AnswerAsync(served.Engine, request.Text, options, context.Response, answers(request, id), running.Cancellation).ConfigureAwait(false);
    });

    private static Task Manage(HttpContext context, ServedDatabase served) => GuardedRequest.Run(context, async _ =>
    {
        QueryRequest request = await QueryRequest.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        ManagementCommands.RequireDatabase(served, request.Database);
        Write(context.Response, new KustoV1Answer(context.Response.Body), ManagementCommands.Run(served, request.Text));
    });

    private static void Write(HttpResponse response, IAnswer answer, Table table)
    {
        response.ContentType = "application/json; charset=utf-8";
        answer.Begin(null);
        answer.BeginTable(table.Schema);
        answer.Write(table);
        answer.EndTable();
        answer.End([], null);
    }
}
