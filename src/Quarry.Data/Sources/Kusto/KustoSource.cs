using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Azure.Core;
using Quarry.Data.Sources.Answers;
using Quarry.Data.Sources.Http;
using Quarry.Data.Sources.Splitting;
using Quarry.Kql.Syntax;

namespace Quarry.Data.Sources.Kusto;

/// <summary>
/// A database of Azure Data Explorer, of an Eventhouse of Fabric, or of what speaks their REST protocol: Log Analytics through its
/// proxy, <c>quarry serve --kusto</c>. Queries go to version 2, commands that show the schema to version 1.
/// </summary>
/// <remarks>Source: Azure Data Explorer, "Query/management HTTP request", "Query V2 HTTP response", "Request properties".</remarks>
public sealed class KustoSource : IQuerySource
{
    /// <summary>The time that the service gives a query that does not ask for another.</summary>
    private static readonly TimeSpan UsualTimeout = TimeSpan.FromMinutes(4);

    /// <summary>The longest time that the service gives a query.</summary>
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromHours(1);

    /// <summary>The time for what is no query: the schema, the word that a query is to stop.</summary>
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromMinutes(2);

    /// <summary>The time beyond the query's own in which an answer or the service's error is waited for.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly KustoOptions _options;
    private readonly ServiceClient _client;
    private readonly string? _timeColumn;
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _cancelling = [];
    private Task? _connecting;

    /// <summary>A source; nothing is asked yet.</summary>
    /// <exception cref="SourceException">The cluster's address is none that anything is sent to.</exception>
    public KustoSource(KustoOptions options)
    {
        _options = options;
        Uri address = KustoAddress.Of(options);
        var identity = new ServiceIdentity(KustoAddress.IsProxy(address) ? "The Log Analytics proxy" : "Azure Data Explorer")
        {
            OnForbidden = $"Ask its owner for the role Viewer of the database '{options.Database}'.",
            OnNotFound = $"Check the names of the cluster and of the database '{options.Database}'.",
        };
        _client = new ServiceClient(identity, address, options.Scope ?? KustoAddress.ScopeOf(address), options.Service);
        _timeColumn = options.TimeColumn ?? (KustoAddress.IsProxy(address) ? address.Host.Contains("applicationinsights", StringComparison.OrdinalIgnoreCase) ? "timestamp" : "TimeGenerated" : null);
        Description = new SourceDescription(
            SourceKind.Kusto,
            $"database {options.Database} of {address.Host}",
            SecretText.Address(address),
            "The text of each query with its parameters' values goes to the cluster, and so does who asks; rows come back, and nothing of the files of this machine goes there.");
    }

    /// <inheritdoc/>
    public SourceDescription Description { get; }

    /// <inheritdoc/>
    public Task ConnectAsync(CancellationToken cancellation = default)
    {
        lock (_gate)
        {
            return _connecting is { IsCompleted: false } or { IsCompletedSuccessfully: true } ? _connecting.WaitAsync(cancellation) : _connecting = GreetAsync(cancellation);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SourceTable>> TablesAsync(CancellationToken cancellation = default)
    {
        var request = Command($".show database {KqlLiteral.Name(_options.Database)} schema as json", "the schema of its database", null);
        using ServiceAnswer answer = await _client.SendAsync(request, cancellation).ConfigureAwait(false);
        ServiceFaults faults = _client.FaultsOf(request);
        return await Task.Run(() => KustoSchema.Read(answer.Body, faults, _options.Database), cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// A <see cref="SourceQuery.Range"/> needs <see cref="KustoOptions.TimeColumn"/>. A query that reads one table by name gets the condition
    /// written behind the name, so that its start is inside and its end is not, to the tick. Of any other the service is asked to apply it to
    /// every table that has the column (<c>query_datetimescope_from</c>, <c>_to</c> and <c>_column</c>).
    /// </remarks>
    public async Task<SourceRun> BeginAsync(SourceQuery query, CancellationToken cancellation = default) =>
        query.SplitBy is null ? await BeginPartAsync(query, cancellation).ConfigureAwait(false) : SplitQueries.Begin(query, BeginPartAsync, cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task[] cancelling;
        lock (_gate)
        {
            cancelling = [.. _cancelling];
        }

        await Task.WhenAll(cancelling).ConfigureAwait(false);
    }

    private static string NewId() => $"Quarry;{Guid.NewGuid()}";

    private async Task GreetAsync(CancellationToken cancellation)
    {
        using SourceRun run = await BeginPartAsync(new SourceQuery("print Quarry = 1") { Timeout = CommandTimeout }, cancellation).ConfigureAwait(false);
        await Task.Run(() => run.Next()?.Gather(), cancellation).ConfigureAwait(false);
    }

    private async Task<SourceRun> BeginPartAsync(SourceQuery query, CancellationToken cancellation)
    {
        TimeSpan timeout = query.Timeout ?? UsualTimeout;
        timeout = timeout < LongestTimeout ? timeout : LongestTimeout;
        string id = NewId();
        var request = new ServiceRequest(RequestMethod.Post, "v2/rest/query", "the query")
        {
            Body = Body(query, timeout),
            Id = id,
            Timeout = timeout + Grace,
            Silence = timeout + Grace,
        };
        ServiceAnswer answer;
        try
        {
            answer = await _client.SendAsync(request, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Cancel(id);
            throw;
        }
        catch (SourceException fault) when (fault.Fault == SourceFault.Timeout)
        {
            Cancel(id);
            throw;
        }

        var frames = new KustoFrames(answer.Body, _client.FaultsOf(request), query.AllowsPartial);
        return new AnswerRun(answer, frames, query.Progress, () => Cancel(id));
    }

    private byte[] Body(SourceQuery query, TimeSpan timeout)
    {
        string text = BoundText.Of(query.Text, query.Parameters);
        TimeRange? beside = null;
        if (query.Range is { } range)
        {
            string column = _timeColumn ?? throw new SourceException(
                SourceFault.Unsupported, "A time range was given, and Kusto has no column that every table keeps its time in. Say which it is (TimeColumn; --time-column of the command), or write the condition into the query.");
            string? written = RangedText.Of(text, column, range);
            beside = written is null ? range : null;
            text = written ?? text;
        }

        return Json(text, json =>
        {
            // Rows of a progressive answer may be replaced later, and would have to be held until its end.
            json.WriteBoolean("results_progressive_enabled", false);
            json.WriteString("servertimeout", timeout.ToString("c", CultureInfo.InvariantCulture));
            json.WriteString("query_language", "kql");
            if (beside is { } scope)
            {
                json.WriteString("query_datetimescope_column", _timeColumn);
                json.WriteString("query_datetimescope_from", scope.Start.ToString("O", CultureInfo.InvariantCulture));
                json.WriteString("query_datetimescope_to", scope.End.ToString("O", CultureInfo.InvariantCulture));
            }
        });
    }

    private ServiceRequest Command(string text, string what, TimeSpan? timeout) => new(RequestMethod.Post, "v1/rest/mgmt", what)
    {
        Body = Json(text, _ => { }),
        Timeout = timeout ?? CommandTimeout,
        Silence = timeout ?? CommandTimeout,
    };

    private byte[] Json(string text, Action<Utf8JsonWriter> writeOptions)
    {
        var properties = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(properties))
        {
            json.WriteStartObject();
            json.WriteStartObject("Options");
            writeOptions(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("db", _options.Database);
            json.WriteString("csl", text);
            json.WriteString("properties", properties.WrittenSpan);
            json.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }

    // Best effort: the service may have ended it by itself, or not take the command (the proxy does not).
    private void Cancel(string id)
    {
        Task cancelling = Task.Run(async () =>
        {
            try
            {
                var request = Command($".cancel query {KqlLiteral.String(id)}", "stopping a query", TimeSpan.FromSeconds(5));
                (await _client.SendAsync(request, CancellationToken.None).ConfigureAwait(false)).Dispose();
            }
            catch (QuarryException)
            {
                // Nobody waits for this query any more, and its own time ends it.
            }
        });
        lock (_gate)
        {
            _cancelling.Add(cancelling);
        }

        _ = cancelling.ContinueWith(
            done =>
            {
                lock (_gate)
                {
                    _cancelling.Remove(done);
                }
            },
            TaskScheduler.Default);
    }
}
