using System.Buffers;
using System.Text.Json;
using Azure.Core;
using Quarry.Data.Configuration;
using Quarry.Data.Kql.Schemas;
using Quarry.Data.Sources.Answers;
using Quarry.Data.Sources.Azure;
using Quarry.Data.Sources.Http;
using Quarry.Data.Sources.Kusto;
using Quarry.Data.Sources.Splitting;

namespace Quarry.Data.Sources.Defender;

/// <summary>
/// Advanced hunting of Microsoft Defender XDR, asked through Microsoft Graph (<c>POST /v1.0/security/runHuntingQuery</c>): the last
/// 30 days, at most 100,000 rows an answer.
/// </summary>
public sealed class DefenderSource : IQuerySource
{
    /// <summary>The longest that the service works on a query.</summary>
    public static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private static readonly ServiceIdentity Service = new("Microsoft Defender XDR")
    {
        OnUnauthenticated = "Sign in again (for example 'az login --tenant TENANT'), and check TenantId and ClientId of DataProviders.MicrosoftDefender: quarry config check.",
        OnForbidden = "The application needs the permission ThreatHunting.Read.All of Microsoft Graph with an administrator's consent, and the user a role that may hunt.",
        OnNotFound = "Check the address, and that the tenant has Defender XDR.",
    };

    private readonly ServiceClient _client;
    private volatile bool _isConnected;

    /// <summary>A tenant at an address. Nothing is asked yet.</summary>
    /// <param name="name">Its name for a person.</param>
    /// <param name="address">Where Microsoft Graph answers, without <c>/v1.0</c>.</param>
    /// <param name="options">Who asks, and how.</param>
    /// <param name="scope">What a token is for; null for the address itself.</param>
    /// <exception cref="SourceException">The address is none that anything is sent to.</exception>
    public DefenderSource(string name, Uri address, ServiceOptions options, string? scope = null)
    {
        _client = new ServiceClient(Service, address, scope ?? AzureCloud.ScopeOf(address), options);
        Description = new SourceDescription(
            SourceKind.Defender,
            $"Defender XDR {name}",
            SecretText.Address(address),
            "The text of each query, with its parameters' values and its time range, goes to Microsoft Graph; its rows come back.");
    }

    /// <inheritdoc/>
    public SourceDescription Description { get; }

    /// <summary>A tenant of a configuration. Nothing is asked yet, and no secret read.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="tenant">Its name there; null for the one without a name, the only one, or, where there is none, the user's own.</param>
    /// <param name="options">How it is asked; its credential goes before the configuration's.</param>
    /// <param name="tell">Shows a person what to do to sign in; null where nobody is there.</param>
    /// <exception cref="ConfigurationException">There is no such tenant, or its section does not say what is needed.</exception>
    /// <exception cref="SourceException">Its cloud has no advanced hunting.</exception>
    public static DefenderSource Open(QuarryConfiguration configuration, string? tenant = null, ServiceOptions? options = null, Action<string>? tell = null) =>
        DefenderOpening.Open(configuration, tenant, options ?? new ServiceOptions(), tell);

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

    /// <summary>The tables of advanced hunting as Microsoft documents them; the service does not list them.</summary>
    public Task<IReadOnlyList<SourceTable>> TablesAsync(CancellationToken cancellation = default) => Task.FromResult<IReadOnlyList<SourceTable>>(
        [.. KnownTable.Find("").Where(table => table.Product == "Defender").Select(table => new SourceTable(table.Name, table.Columns) { Origin = "documentation" })]);

    /// <inheritdoc/>
    /// <remarks>As at Sentinel, a range's end is kept out where the time column of the query's only table is known, and always in the parts of a split query.</remarks>
    public async Task<SourceRun> BeginAsync(SourceQuery query, CancellationToken cancellation = default) => query.SplitBy is null
        ? await BeginAsync(query, Text(query), cancellation).ConfigureAwait(false)
        : SplitQueries.Begin(query, (part, stop) => BeginAsync(part, PartText(part), stop), cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<SourceRun> BeginAsync(SourceQuery query, string text, CancellationToken cancellation)
    {
        TimeSpan timeout = query.Timeout is { } asked && asked < LongestTimeout ? asked : LongestTimeout;
        var request = new ServiceRequest(RequestMethod.Post, "v1.0/security/runHuntingQuery", "the query")
        {
            Body = Body(text, query.Range),
            Timeout = timeout + Grace,
            Silence = timeout + Grace,
        };
        ServiceAnswer answer = await _client.SendAsync(request, cancellation).ConfigureAwait(false);
        var reader = new HuntingAnswer(answer.Body, _client.FaultsOf(request), query.AllowsPartial) { AsksForTheLimit = HuntingAnswer.AsksForLimit(text) };
        if (query.Timeout > LongestTimeout)
        {
            reader.Remarks.Add("Defender XDR works on a query for 10 minutes at most; that was the time it had.");
        }

        return new AnswerRun(answer, reader, query.Progress);
    }

    private static string Text(SourceQuery query)
    {
        string text = BoundText.Of(query.Text, query.Parameters);
        return query.Range is { } range && TimeColumn.Of(text, "Defender") is { } column ? RangedText.Of(text, column, range) ?? text : text;
    }

    private static string PartText(SourceQuery part)
    {
        string text = BoundText.Of(part.Text, part.Parameters);
        return RangedText.Of(text, TimeColumn.Of(text, "Defender") ?? "Timestamp", part.Range!.Value)
            ?? throw new SourceException(SourceFault.Unsupported, "The query cannot be split by time, because it cannot be told which table it reads. Ask without splitting.");
    }

    private static byte[] Body(string text, TimeRange? range)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("Query", text);
            if (range is { } between)
            {
                json.WriteString("Timespan", between.ToString());
            }

            json.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }
}
