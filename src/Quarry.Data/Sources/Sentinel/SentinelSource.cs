using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Azure.Core;
using Quarry.Data.Configuration;
using Quarry.Data.Sources.Answers;
using Quarry.Data.Sources.Azure;
using Quarry.Data.Sources.Http;
using Quarry.Data.Sources.Kusto;
using Quarry.Data.Sources.Splitting;

namespace Quarry.Data.Sources.Sentinel;

/// <summary>
/// Workspaces of Microsoft Sentinel, asked through the Log Analytics query API, version 1. Several workspaces are asked in one
/// query and answer with one table.
/// </summary>
public sealed class SentinelSource : IQuerySource
{
    /// <summary>The time a query has where it sets none.</summary>
    public static readonly TimeSpan UsualTimeout = TimeSpan.FromMinutes(5);

    /// <summary>The longest that the service works on a query.</summary>
    public static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(10);

    // What the service needs to say that its time is over, and what the rows need to arrive.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private static readonly ServiceIdentity Service = new("Log Analytics")
    {
        OnUnauthenticated = "Sign in again (for example 'az login --tenant TENANT'), and check TenantId of the workspace, Azure.cloud and Azure.auth_methods: quarry config check.",
        OnForbidden = "Ask for the role Log Analytics Reader, or Microsoft Sentinel Reader, on the workspace.",
        OnNotFound = "Check WorkspaceId (the id, not the name of the workspace) and Azure.cloud: quarry config show.",
    };

    private readonly ServiceClient _client;
    private volatile bool _isConnected;

    /// <summary>Workspaces at an address. Nothing is asked yet.</summary>
    /// <param name="workspaces">The workspaces, at least one; the first is the one whose name the answer's unqualified tables have.</param>
    /// <param name="address">Where Log Analytics answers, without <c>/v1</c>.</param>
    /// <param name="options">Who asks, and how.</param>
    /// <param name="scope">What a token is for; null for the address itself.</param>
    /// <exception cref="SourceException">The address is none that anything is sent to.</exception>
    public SentinelSource(IReadOnlyList<SentinelWorkspace> workspaces, Uri address, ServiceOptions options, string? scope = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(workspaces.Count);
        Workspaces = workspaces;
        _client = new ServiceClient(Service, address, scope ?? AzureCloud.ScopeOf(address), options);
        string names = string.Join(", ", workspaces.Select(one => one.Name));
        Description = new SourceDescription(
            SourceKind.Sentinel,
            $"Sentinel workspace{(workspaces.Count == 1 ? "" : "s")} {names}",
            SecretText.Address(address),
            "The text of each query, with its parameters' values and its time range, goes to Log Analytics; its rows come back.");
    }

    /// <summary>The workspaces that are asked.</summary>
    public IReadOnlyList<SentinelWorkspace> Workspaces { get; }

    /// <inheritdoc/>
    public SourceDescription Description { get; }

    /// <summary>Workspaces of a configuration. Nothing is asked yet, and no secret read.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="workspaces">Their names or ids, the first before the others; none for the one called <c>Default</c>, or the only one.</param>
    /// <param name="options">How they are asked; its credential goes before the configuration's.</param>
    /// <param name="tell">Shows a person what to do to sign in; null where nobody is there.</param>
    /// <exception cref="ConfigurationException">There is no such workspace, or its section does not say what is needed.</exception>
    public static SentinelSource Open(QuarryConfiguration configuration, IReadOnlyList<string>? workspaces = null, ServiceOptions? options = null, Action<string>? tell = null) =>
        SentinelOpening.Open(configuration, workspaces ?? [], options ?? new ServiceOptions(), tell);

    /// <inheritdoc/>
    public async Task ConnectAsync(CancellationToken cancellation = default)
    {
        if (_isConnected)
        {
            return;
        }

        await this.QueryAsync("print 1", cancellation).ConfigureAwait(false);
        _isConnected = true;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SourceTable>> TablesAsync(CancellationToken cancellation = default)
    {
        IReadOnlyList<SourceTable>[] all = await Task.WhenAll(Workspaces.Select(workspace => TablesAsync(workspace, cancellation))).ConfigureAwait(false);

        // A query over several sees a name once.
        return [.. all.SelectMany(tables => tables).DistinctBy(table => table.Name).OrderBy(table => table.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The service takes a <see cref="SourceQuery.Range"/> with its end inside. Of a query that reads one table whose time column is known
    /// the condition is written behind the table as well, so that the end is not; each part of a split query has it always.
    /// </remarks>
    public async Task<SourceRun> BeginAsync(SourceQuery query, CancellationToken cancellation = default) => query.SplitBy is null
        ? await BeginAsync(query, Text(query), cancellation).ConfigureAwait(false)
        : SplitQueries.Begin(query, (part, stop) => BeginAsync(part, PartText(part), stop), cancellation);

    /// <summary>
    /// Asks several queries in one request (<c>$batch</c>), which the service answers one by one: for many small ones. The
    /// whole answer is held in memory. Each is a result or an error of its own.
    /// </summary>
    /// <param name="queries">The queries; splitting is not done here.</param>
    /// <param name="cancellation">Stops all of them.</param>
    /// <returns>The answers, in the order of the queries.</returns>
    /// <exception cref="SourceException">The batch as a whole got no answer.</exception>
    public async Task<IReadOnlyList<BatchAnswer>> BatchAsync(IReadOnlyList<SourceQuery> queries, CancellationToken cancellation = default)
    {
        if (queries.Count == 0)
        {
            return [];
        }

        TimeSpan timeout = queries.Max(TimeoutOf);
        var request = new ServiceRequest(RequestMethod.Post, "v1/$batch", "the batch of queries")
        {
            Body = new SentinelBatch(Workspaces[0].Id, queries).Body(query => Body(Text(query), query.Range), query => Prefer(TimeoutOf(query))),
            Timeout = timeout + Grace,
            Silence = timeout + Grace,
        };
        using JsonDocument answer = await _client.ReadJsonAsync(request, cancellation: cancellation).ConfigureAwait(false);
        return SentinelBatch.Read(answer.RootElement, queries, _client.FaultsOf(request));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<SourceRun> BeginAsync(SourceQuery query, string text, CancellationToken cancellation)
    {
        TimeSpan timeout = TimeoutOf(query);
        var request = new ServiceRequest(RequestMethod.Post, $"v1/workspaces/{Workspaces[0].Id:D}/query", "the query")
        {
            Body = Body(text, query.Range),
            Headers = [("Prefer", Prefer(timeout))],
            Timeout = timeout + Grace,
            Silence = timeout + Grace,
        };
        ServiceAnswer answer = await _client.SendAsync(request, cancellation).ConfigureAwait(false);
        var reader = new TablesAnswer(answer.Body, _client.FaultsOf(request), query.AllowsPartial);
        if (query.Timeout > LongestTimeout)
        {
            reader.Remarks.Add("Log Analytics works on a query for 10 minutes at most; that was the time it had.");
        }

        return new AnswerRun(answer, reader, query.Progress);
    }

    private static TimeSpan TimeoutOf(SourceQuery query)
    {
        TimeSpan asked = query.Timeout ?? UsualTimeout;
        return asked > LongestTimeout ? LongestTimeout : asked < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : asked;
    }

    private static string Prefer(TimeSpan timeout) =>
        string.Create(CultureInfo.InvariantCulture, $"wait={Math.Ceiling(timeout.TotalSeconds):0},include-render=true,include-statistics=true");

    private static string Text(SourceQuery query)
    {
        string text = BoundText.Of(query.Text, query.Parameters);
        return query.Range is { } range && TimeColumn.Of(text, "Sentinel") is { } column ? RangedText.Of(text, column, range) ?? text : text;
    }

    // Parts share their edges: a row on one would come twice.
    private static string PartText(SourceQuery part) =>
        RangedText.Of(BoundText.Of(part.Text, part.Parameters), "TimeGenerated", part.Range!.Value)
        ?? throw new SourceException(SourceFault.Unsupported, "The query cannot be split by time, because it cannot be told which table it reads. Ask without splitting.");

    private byte[] Body(string text, TimeRange? range)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("query", text);
            if (range is { } between)
            {
                json.WriteString("timespan", between.ToString());
            }

            if (Workspaces.Count > 1)
            {
                json.WriteStartArray("workspaces");
                foreach (SentinelWorkspace other in Workspaces.Skip(1))
                {
                    json.WriteStringValue(other.Id);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }

    private async Task<IReadOnlyList<SourceTable>> TablesAsync(SentinelWorkspace workspace, CancellationToken cancellation)
    {
        var request = new ServiceRequest(RequestMethod.Get, $"v1/workspaces/{workspace.Id:D}/metadata", $"the tables of workspace {workspace.Name}");
        using JsonDocument metadata = await _client.ReadJsonAsync(request, cancellation: cancellation).ConfigureAwait(false);
        return SentinelMetadata.Read(metadata.RootElement, workspace.Name, _client.FaultsOf(request));
    }
}
