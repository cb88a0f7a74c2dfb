using System.CommandLine;
using System.Globalization;
using Quarry.Cli.Terminals;
using Quarry.Data.Configuration;
using Quarry.Data.Kql;
using Quarry.Data.Sources;

namespace Quarry.Cli.Running;

/// <summary>What the command line says of the service that is asked in place of local files. Without <c>--source</c> nothing is asked.</summary>
internal sealed class SourceOptions
{
    private readonly Option<string?> _source = new("--source", "-s")
    {
        Description = "Ask this instead of files: MSSentinel (Log Analytics), Kusto (Data Explorer, Eventhouse), M365D (Defender). Where and as whom, the configuration says.",
        HelpName = "NAME",
    };

    private readonly Option<string[]> _workspaces = new("--workspace", "-w")
    {
        Description = "A workspace of the configuration, or a workspace's id; repeat it for several at once. Default: the one called Default.",
        HelpName = "NAME",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _cluster = new("--cluster") { Description = "A cluster of the configuration, or its address.", HelpName = "NAME" };

    private readonly Option<string?> _database = new("--database") { Description = "The cluster's database.", HelpName = "NAME" };

    private readonly Option<string?> _timeColumn = new("--time-column") { Description = "The column that a time range is about, in a cluster's tables.", HelpName = "NAME" };

    private readonly Option<string?> _configuration = new("--config") { Description = "The configuration: a msticpyconfig.yaml. Default: MSTICPYCONFIG, the working directory, ~/.msticpy.", HelpName = "FILE" };

    private readonly Option<string?> _rows = new("--rows") { Description = "Which rows of the source: a table, or a query that gives them.", HelpName = "KQL" };

    private readonly Option<string?> _from = new("--from") { Description = "Only rows from this time on, UTC (of tables with TimeGenerated or Timestamp).", HelpName = "TIME" };

    private readonly Option<string?> _to = new("--to") { Description = "Only rows before this time, UTC. Default: the present.", HelpName = "TIME" };

    private readonly Option<string?> _last = new("--last") { Description = "Only rows of this time before the present: 12h, 7d.", HelpName = "TIME" };

    private readonly Option<string?> _splitBy = new("--split-by") { Description = "Ask for the time range in parts of this length, side by side, put together in order: 1d. For queries that only filter and shape rows.", HelpName = "TIME" };

    private readonly Option<int> _inFlight = new("--in-flight") { Description = "How many parts are asked at once. Default: 4.", HelpName = "N", DefaultValueFactory = _ => 4 };

    private readonly Option<bool> _allowPartial = new("--allow-partial") { Description = "Write the rows of an answer that the service cut short, with a remark; the exit code is 1." };

    /// <summary>Adds the options that say what is asked.</summary>
    public void AddTo(Command command)
    {
        _source.CompletionSources.Add("MSSentinel", "Kusto", "M365D", "LocalData");
        Add(command, _source, _workspaces, _cluster, _database, _configuration);
    }

    /// <summary>Adds the option of the configuration alone.</summary>
    public void AddConfigurationTo(Command command) => Add(command, _configuration);

    /// <summary>Adds the options that say of which time, and how.</summary>
    public void AddAskingTo(Command command) => Add(command, _from, _to, _last, _timeColumn, _splitBy, _inFlight, _allowPartial);

    /// <summary>Adds the option that says which rows of the source are worked on.</summary>
    public void AddRowsTo(Command command) => Add(command, _rows);

    /// <summary>Which rows of the source are worked on.</summary>
    /// <exception cref="UsageException">It is not said.</exception>
    public string Rows(ParseResult parsed) =>
        parsed.GetValue(_rows) ?? throw new UsageException("Say which rows of the source: --rows TABLE, or --rows 'TABLE | where …'.");

    /// <summary>Whether a service is named.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_source) is not null;

    /// <summary>The configuration that is named, or found.</summary>
    public QuarryConfiguration Configuration(ParseResult parsed) => QuarryConfiguration.Load(parsed.GetValue(_configuration));

    /// <summary>Makes a provider and connects it. Nothing but the service that is named is asked.</summary>
    public QueryProvider Connect(ParseResult parsed, Terminal terminal, EngineOptions? engine, CancellationToken cancellation)
    {
        QueryProvider provider = QueryProvider.Create(parsed.GetValue(_source)!, new QueryProviderOptions
        {
            Configuration = Configuration(parsed),
            Engine = engine?.Of(parsed) ?? new KqlDatabaseOptions(),
            Tell = terminal.ErrorIsTerminal ? text => terminal.Error.WriteLine($"quarry: {SafeText.Escape(text)}") : null,
        });
        provider.ConnectAsync(Target(parsed), cancellation).WaitAsync(cancellation).GetAwaiter().GetResult();
        return provider;
    }

    /// <summary>The time range that is given; null for none.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public TimeRange? Range(ParseResult parsed, EngineOptions? engine) => Range(parsed, engine?.Now(parsed) ?? DateTime.UtcNow);

    /// <summary>Connects, works with the source, and lets go of it.</summary>
    public T At<T>(ParseResult parsed, Terminal terminal, EngineOptions? engine, CancellationToken cancellation, Func<IQuerySource, T> work)
    {
        QueryProvider provider = Connect(parsed, terminal, engine, cancellation);
        try
        {
            return work(provider.Source);
        }
        finally
        {
            provider.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>What every query is asked with.</summary>
    /// <exception cref="UsageException">An option is not what it should be.</exception>
    public SourceQuery Asking(ParseResult parsed, EngineOptions? engine, IProgress<SourceProgress>? progress)
    {
        TimeRange? range = Range(parsed, engine);
        TimeSpan? splitBy = parsed.GetValue(_splitBy) is { } part ? Quantities.Time(part, "--split-by") : null;
        int inFlight = parsed.GetValue(_inFlight);
        return splitBy is not null && range is null ? throw new UsageException("--split-by needs a time range: give --last, or --from and --to.")
            : inFlight is < 1 or > 64 ? throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--in-flight is {inFlight}; give a number from 1 to 64."))
            : new SourceQuery("")
            {
                Range = range,
                SplitBy = splitBy,
                InFlight = inFlight,
                Timeout = engine?.Timeout(parsed),
                AllowsPartial = parsed.GetValue(_allowPartial),
                Progress = progress,
            };
    }

    private static void Add(Command command, params Option[] options)
    {
        foreach (Option option in options)
        {
            command.Add(option);
        }
    }

    private ConnectionTarget Target(ParseResult parsed) => new()
    {
        Workspaces = parsed.GetValue(_workspaces) ?? [],
        Cluster = parsed.GetValue(_cluster),
        Database = parsed.GetValue(_database),
        TimeColumn = parsed.GetResult(_timeColumn) is null ? null : parsed.GetValue(_timeColumn),
    };

    private TimeRange? Range(ParseResult parsed, DateTime now)
    {
        string? from = parsed.GetValue(_from);
        string? to = parsed.GetValue(_to);
        if (parsed.GetValue(_last) is { } last)
        {
            return from is null && to is null
                ? new TimeRange(now - Quantities.Time(last, "--last"), now)
                : throw new UsageException("Give either --last, or --from and --to.");
        }

        if (from is null && to is null)
        {
            return null;
        }

        var range = new TimeRange(
            from is null ? DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc) : EngineOptions.Time(from, "--from"),
            to is null ? now : EngineOptions.Time(to, "--to"));
        return range.Start < range.End ? range : throw new UsageException("--from is not before --to.");
    }
}
