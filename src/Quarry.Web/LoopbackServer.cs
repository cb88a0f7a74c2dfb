using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Quarry.Web;

/// <summary>
/// An HTTP server that only this machine reaches: it listens on 127.0.0.1, and answers no request that a web page of another
/// origin made a browser send.
/// </summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    // A query is text that a person or a tool wrote; 16 MiB is more than any service takes.
    private const long LongestRequest = 16 << 20;

    private readonly WebApplication _application;

    private LoopbackServer(WebApplication application) => _application = application;

    /// <summary>Where it listens, for example <c>http://127.0.0.1:8080</c>.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Starts a server.</summary>
    /// <param name="port">The port; 0 for any that is free.</param>
    /// <param name="map">Says what is answered.</param>
    /// <param name="cancellation">Stops the start.</param>
    /// <exception cref="QuarryException">The port cannot be had.</exception>
    public static async Task<LoopbackServer> StartAsync(int port, Action<IEndpointRouteBuilder> map, CancellationToken cancellation = default)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.Listen(IPAddress.Loopback, port);
            server.AddServerHeader = false;

            // Rows are written as the engine makes them, by a thread that waits for it.
            server.AllowSynchronousIO = true;
            server.Limits.MaxRequestBodySize = LongestRequest;
        });
        builder.WebHost.UseShutdownTimeout(TimeSpan.FromSeconds(1));
        builder.Services.AddRoutingCore();
        WebApplication application = builder.Build();
        application.Use(OnlyFromHere);
        map(application);
        try
        {
            await application.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (IOException error)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw new QuarryException(string.Create(CultureInfo.InvariantCulture, $"Port {port} of this machine cannot be had: {error.Message} Give another one, or 0 for any."), error);
        }

        string address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new LoopbackServer(application) { Address = new Uri(address) };
    }

    /// <summary>Waits until the server is stopped or the token is cancelled.</summary>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        var stopped = new TaskCompletionSource();
        using CancellationTokenRegistration registration = cancellation.Register(stopped.SetResult);
        await stopped.Task.ConfigureAwait(false);
    }

    /// <summary>Stops it; queries that run are cancelled.</summary>
    public async ValueTask DisposeAsync() => await _application.DisposeAsync().ConfigureAwait(false);

    // A name that resolves to this machine, or a page of another origin, must not read evidence through the user's browser.
    private static Task OnlyFromHere(HttpContext context, RequestDelegate next)
    {
        bool isOurs = IsLoopback(context.Request.Host.Host)
            && (!context.Request.Headers.TryGetValue("Origin", out var origin) || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? from) && IsLoopback(from.Host)));
        if (isOurs)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
