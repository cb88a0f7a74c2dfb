using Quarry.Data.Configuration;
using Quarry.Data.Kql;
using Quarry.Data.Queries;

namespace Quarry.Data.Sources;

/// <summary>
/// One way to data for all that asks: <c>QueryProvider.Create("MSSentinel")</c>, <c>ConnectAsync</c>, then tables, KQL, and the
/// queries of the library. The same code runs on local files, Sentinel, Data Explorer and Defender; only the name differs.
/// </summary>
public sealed class QueryProvider : IAsyncDisposable
{
    private readonly QueryProviderOptions _options;
    private readonly Lazy<QuarryConfiguration> _configuration;
    private readonly Lazy<QueryLibrary> _queries;
    private IQuerySource? _source;

    private QueryProvider(string environment, QueryProviderOptions options)
    {
        Environment = environment;
        Kind = SourceEnvironments.KindOf(environment);
        _options = options;
        _configuration = new Lazy<QuarryConfiguration>(() => options.Configuration ?? QuarryConfiguration.Load());
        _queries = new Lazy<QueryLibrary>(LoadQueries);
    }

    /// <summary>The name that it was made by.</summary>
    public string Environment { get; }

    /// <summary>What kind of source it stands for.</summary>
    public SourceKind Kind { get; }

    /// <summary>The configuration; read when it is first asked for.</summary>
    /// <exception cref="ConfigurationException">It cannot be read.</exception>
    public QuarryConfiguration Configuration => _configuration.Value;

    /// <summary>The queries of the library, shipped and of the user's folders: <c>provider.Queries["MultiDataSource.get_timeseries_data"]</c>.</summary>
    public QueryLibrary Queries => _queries.Value;

    /// <summary>Whether it is connected.</summary>
    public bool IsConnected => _source is not null;

    /// <summary>What it is connected to.</summary>
    /// <exception cref="QuarryException">It is not connected.</exception>
    public IQuerySource Source => _source ?? throw new QuarryException($"The provider for {Environment} is not connected. Call ConnectAsync first.");

    /// <summary>
    /// The queries as <c>dynamic</c>, run at the source: <c>await provider.Run.MultiDataSource.get_timeseries_data(table: "SigninLogs")</c>.
    /// </summary>
    public dynamic Run => Queries.For(Source);

    /// <summary>Makes a provider; nothing is read or asked yet.</summary>
    /// <param name="environment">What to ask: <c>MSSentinel</c>, <c>AzureSentinel</c>, <c>LogAnalytics</c>, <c>Kusto</c>, <c>M365D</c>, <c>LocalData</c> …</param>
    /// <param name="options">What it works with; null for the configuration alone.</param>
    /// <exception cref="QuarryException">There is no source of the name.</exception>
    public static QueryProvider Create(string environment, QueryProviderOptions? options = null) => new(environment, options ?? new QueryProviderOptions());

    /// <summary>Connects: reads the configuration, reaches the source, makes sure that it answers.</summary>
    /// <param name="target">What to connect to; null for what the configuration names.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ConfigurationException">The configuration does not say what is needed.</exception>
    /// <exception cref="SourceException">The source cannot be reached, or does not let this user in.</exception>
    public async Task ConnectAsync(ConnectionTarget? target = null, CancellationToken cancellation = default)
    {
        IQuerySource opened = await Task.Run(() => SourceOpening.Open(Kind, target ?? new ConnectionTarget(), _options, _configuration), cancellation).ConfigureAwait(false);
        try
        {
            await opened.ConnectAsync(cancellation).ConfigureAwait(false);
        }
        catch
        {
            await opened.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        IQuerySource? before = Interlocked.Exchange(ref _source, opened);
        if (before is not null)
        {
            await before.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The source's tables.</summary>
    /// <inheritdoc cref="IQuerySource.TablesAsync" path="/exception"/>
    public Task<IReadOnlyList<SourceTable>> TablesAsync(CancellationToken cancellation = default) => Source.TablesAsync(cancellation);

    /// <summary>Runs KQL and gathers its rows.</summary>
    /// <inheritdoc cref="QuerySourceExtensions.QueryAsync(IQuerySource, SourceQuery, CancellationToken)" path="/exception"/>
    public Task<KqlResult> QueryAsync(string query, CancellationToken cancellation = default) => Source.QueryAsync(query, cancellation);

    /// <inheritdoc cref="QueryAsync(string, CancellationToken)"/>
    public Task<KqlResult> QueryAsync(SourceQuery query, CancellationToken cancellation = default) => Source.QueryAsync(query, cancellation);

    /// <summary>Runs a query of the library.</summary>
    /// <param name="name">Its name, with its family where others have the name too.</param>
    /// <param name="parameters">Values of its parameters; the others have their defaults.</param>
    /// <param name="range">The time that is looked at; null for the query's own.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="QuarryException">There is no such query, or a value is missing or not of its type.</exception>
    public Task<KqlResult> RunAsync(string name, IReadOnlyDictionary<string, object?>? parameters = null, TimeRange? range = null, CancellationToken cancellation = default) =>
        Queries[name].RunAsync(Source, parameters, range, cancellation: cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_source is { } source)
        {
            await source.DisposeAsync().ConfigureAwait(false);
        }
    }

    private QueryLibrary LoadQueries()
    {
        IEnumerable<ConfiguredValue> configured = Kind == SourceKind.Local ? Configuration.QueryFolders.Concat(Configuration.LocalData.QueryPaths) : Configuration.QueryFolders;
        return QueryLibrary.Load([.. SourceOpening.Paths(Configuration, configured), .. _options.QueryPaths]);
    }
}
