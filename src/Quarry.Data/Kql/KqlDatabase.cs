using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Quarry.Data.Engine;
using Quarry.Data.Files;
using Quarry.Data.Files.Readers;
using Quarry.Data.Kql.Schemas;
using Quarry.Kql.Binding;
using Quarry.Kql.Completion;
using Quarry.Kql.Lowering;
using Quarry.Kql.Symbols;
using Quarry.Tables;

namespace Quarry.Data.Kql;

/// <summary>
/// Tables, and KQL over them: <c>(await database.QueryAsync("SecurityEvent | where EventID == 4625 | count")).Table</c>. Its
/// queries reach no file and no network but the tables that were added. Safe to use from several threads.
/// </summary>
public sealed class KqlDatabase : IDisposable
{
    private readonly DuckDbDatabase _engine;
    private readonly GeoDatabase? _places;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, KqlTable> _tables = new(StringComparer.Ordinal);
    private readonly List<KqlTable> _order = [];
    private readonly ConcurrentDictionary<long, KqlTable> _byId = new();
    private readonly ConcurrentDictionary<long, QueryRun> _runs = new();
    private readonly Watchlists _watchlists;
    private long _count;
    private long _version;

    private KqlDatabase(KqlDatabaseOptions options)
    {
        Options = options;
        _watchlists = new Watchlists(options.WatchlistFolder, (name, rows) => StoreHidden(name, rows));
        _places = options.GeoDatabase is { } file ? new GeoDatabase(file) : null;
        BindingOptions = new BindingOptions
        {
            Plugins = PluginArguments.Names,
            Watchlist = name => _watchlists.Find(name) is { } list ? new BoundTable(list.Name, list.Symbols) : null,
            Function = SavedFunctions.In(options.FunctionFolder),
        };
        _engine = DuckDbDatabase.OpenInMemory(new DuckDbOptions
        {
            Threads = options.Threads,
            MemoryLimit = options.MemoryLimit,
            TempDirectory = options.TempDirectory,
            TempDirectoryLimit = options.TempDirectoryLimit,
        });
        using DuckDbConnection connection = _engine.Connect();
        if (_places is not null)
        {
            KqlFunctions.Register(connection, _places.Function);
        }

        connection.Register(new DuckDbTableFunction
        {
            Name = FileScan.Function,
            Parameters = [DuckDbType.BigInt, DuckDbType.BigInt],
            Bind = arguments => FileScan.Of(_byId[(long)arguments[0]!], _runs[(long)arguments[1]!]),
        });
    }

    /// <summary>The tables, in the order in which they were added.</summary>
    public IReadOnlyList<KqlTable> Tables
    {
        get
        {
            lock (_lock)
            {
                return [.. _order];
            }
        }
    }

    /// <summary>How the database works.</summary>
    public KqlDatabaseOptions Options { get; }

    /// <summary>What makes SQL of a bound query in place of the lowering; for tests of what comes after it.</summary>
    internal Func<BoundQuery, LoweringOptions, LoweredQuery>? Lowering { get; set; }

    /// <summary>What queries are bound to beside the tables.</summary>
    internal BindingOptions BindingOptions { get; }

    /// <summary>The tables' columns, by name.</summary>
    internal IReadOnlyDictionary<string, RowSchema> Symbols
    {
        get
        {
            lock (_lock)
            {
                return _order.ToDictionary(table => table.Name, table => table.Symbols, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>Grows when a table is added or changes.</summary>
    internal long Version => Interlocked.Read(ref _version);

    /// <summary>A database without tables.</summary>
    /// <exception cref="EngineException">An option is not accepted, or DuckDB's native library is not there.</exception>
    public static KqlDatabase Create(KqlDatabaseOptions? options = null) => new(options ?? new KqlDatabaseOptions());

    /// <summary>Adds a table; its rows are copied.</summary>
    /// <exception cref="QuarryException">There is a table of the name.</exception>
    public KqlTable AddTable(string name, Table table) => AddRows(name, TableStream.Of(table));

    /// <summary>Adds a table with the rows of a stream.</summary>
    /// <exception cref="QuarryException">There is a table of the name, or the rows cannot be read.</exception>
    public KqlTable AddRows(string name, TableStream rows)
    {
        RequireFree(name);
        return Add(Store(name, rows.Schema, rows));
    }

    /// <summary>Adds a table with a column for each public property of the records; see <see cref="RecordTables"/>.</summary>
    /// <exception cref="QuarryException">There is a table of the name, or no type of KQL's holds a property.</exception>
    public KqlTable AddRecords<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        string name, IEnumerable<T> records) => AddTable(name, records.ToTable());

    /// <summary>
    /// Adds a table whose rows are in files. Its columns and types are found out at once; the rows are read, and only the
    /// columns that are needed, whenever a query asks for them (standard input, which can be read once, is read at once). A
    /// table of Sentinel's or Defender's has the columns and types that it has there, also those that the file lacks.
    /// </summary>
    /// <param name="name">The table's name.</param>
    /// <param name="pathOrGlob">A file, a glob, or <c>-</c>: see <see cref="InputPattern"/>.</param>
    /// <param name="options">How the files are read; <see cref="InputOptions.Typing"/> is always by the values.</param>
    /// <param name="schema">Columns whose types are known; the others are found out.</param>
    /// <exception cref="QuarryException">There is a table of the name, or a file cannot be read; the message names it.</exception>
    public KqlTable AddFile(string name, string pathOrGlob, InputOptions? options = null, TableSchema? schema = null) =>
        AddFiles(name, [pathOrGlob], pathOrGlob, options, schema);

    /// <summary>
    /// Adds the files of a folder, each as a table by its name without extensions; files of one name (<c>Logs.csv</c>,
    /// <c>Logs.json.gz</c>) are one table. What is no table by its name, and folders within, are left alone; a file that cannot
    /// be read is told and left out.
    /// </summary>
    /// <exception cref="QuarryException">There is no such folder, or it may not be read.</exception>
    public AddedFolder AddFolder(string directory, InputOptions? options = null)
    {
        var tables = new List<KqlTable>();
        var failures = new List<string>();
        ILookup<bool, string> files = FilesOf(directory).ToLookup(path => FileFormats.OfName(path) is not null);
        foreach (IGrouping<string, string> group in files[true].GroupBy(KqlTable.NameOf, StringComparer.Ordinal))
        {
            string[] paths = [.. group];
            try
            {
                tables.Add(AddFiles(group.Key, paths, string.Join(", ", paths), options, null));
            }
            catch (QuarryException error)
            {
                failures.Add($"table {group.Key} was left out: {error.Message}");
            }
        }

        return new AddedFolder(tables, failures, [.. files[false]]);
    }

    /// <summary>Reads a table's files once and keeps the rows, so that further queries are fast. A table whose rows are there already stays as it is.</summary>
    /// <exception cref="QuarryException">There is no such table, or a file cannot be read.</exception>
    public Task<KqlTable> LoadAsync(string name, CancellationToken cancellation = default) => Task.Run(
        () =>
        {
            KqlTable table = Require(name);
            if (table.Source is null)
            {
                return table;
            }

            using TableInput input = TableInput.Open(table.Patterns, table.Input, cancellation);
            KqlTable stored = Store(name, table.Schema, input.Stream, input, table.KnownAs);
            lock (_lock)
            {
                _order[_order.IndexOf(table)] = stored;
                _tables[name] = stored;
            }

            Interlocked.Increment(ref _version);
            return stored;
        },
        cancellation);

    /// <summary>What may stand at a place of a query that is being written: tables, columns in scope, operators, functions.</summary>
    public KqlCompletion Complete(string text, int caret) =>
        KqlCompletion.At(text, caret, Tables.ToDictionary(table => table.Name, table => table.Schema, StringComparer.Ordinal), PluginArguments.Names);

    /// <summary>Checks a query, to run it once or often.</summary>
    /// <exception cref="KqlException">It is not right; the message tells where and why.</exception>
    public KqlQuery Prepare(string query) => new(this, query);

    /// <summary>Runs a query and gathers its rows.</summary>
    /// <param name="query">The text.</param>
    /// <param name="parameters">Values of the parameters that the query declares, by name.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="KqlException">It is not right, failed, or was stopped by the timeout or for want of memory.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<KqlResult> QueryAsync(string query, IReadOnlyDictionary<string, object?>? parameters = null, CancellationToken cancellation = default) =>
        await Prepare(query).RunAsync(parameters, cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public void Dispose()
    {
        _engine.Dispose();
        _places?.Dispose();
    }

    /// <summary>A connection for one run.</summary>
    internal DuckDbConnection Connect() => _engine.Connect();

    /// <summary>Begins a run.</summary>
    internal QueryRun Begin(CancellationToken cancellation)
    {
        var run = new QueryRun(Interlocked.Increment(ref _count), cancellation);
        _runs[run.Id] = run;
        return run;
    }

    /// <summary>Ends a run.</summary>
    internal void End(QueryRun run) => _runs.TryRemove(run.Id, out _);

    /// <summary>The name in SQL of a table.</summary>
    /// <exception cref="KqlException">There is none of the name any more.</exception>
    internal string SqlNameOf(string name, KqlRunOptions run)
    {
        lock (_lock)
        {
            return _tables.TryGetValue(name, out KqlTable? table) ? TimeScope.SqlNameOf(table, run)
                : _watchlists.Kept(name)?.SqlName ?? throw new KqlException($"There is no table '{name}' any more.");
        }
    }

    /// <summary>What queries are lowered with.</summary>
    internal LoweringOptions LoweringOptions(DateTime now, IReadOnlyDictionary<string, object?> parameters, Func<string, string> sqlNameOf) => new()
    {
        Now = now,
        Parameters = parameters,
        SqlNameOf = sqlNameOf,
        IsNeverNull = IsNeverNull,
        HasGeoInfo = _places is not null,
    };

    /// <summary>Keeps rows for one run of a query, under a name that no query can write.</summary>
    internal KqlTable StoreHidden(string name, TableStream rows, TableSchema? schema = null) =>
        Store(string.Create(CultureInfo.InvariantCulture, $"{name}\0{Interlocked.Increment(ref _count)}"), schema ?? rows.Schema, rows);

    /// <summary>Lets go of what was kept for a run.</summary>
    internal void DropHidden(KqlTable table)
    {
        _byId.TryRemove(table.Id, out _);
        using DuckDbConnection connection = _engine.Connect();
        connection.Execute($"DROP TABLE IF EXISTS {table.SqlName}");
    }

    /// <summary>Makes functions known.</summary>
    internal void Ensure(DuckDbConnection connection, IEnumerable<string> functions) => KqlFunctions.Ensure(connection, functions);

    /// <summary>Lets a connection's statements read a table by its name in SQL.</summary>
    internal void Open(DuckDbConnection connection, QueryRun run, KqlRunOptions options, string sqlName, string name)
    {
        // The table that the query was lowered with, also if its name has another meanwhile.
        KqlTable table = long.TryParse(TimeScope.TableOf(sqlName).AsSpan(1), CultureInfo.InvariantCulture, out long id) && _byId.TryGetValue(id, out KqlTable? found)
            ? found
            : throw new KqlException($"There is no table '{name}' any more.");
        if (table.Source is not null)
        {
            connection.Execute(string.Create(
                CultureInfo.InvariantCulture,
                $"CREATE TEMPORARY VIEW {table.SqlName} AS SELECT * FROM {FileScan.Function}({table.Id}, {run.Id})"));
        }

        TimeScope.Open(connection, sqlName, table, options);
    }

    private bool IsNeverNull(string name, int column)
    {
        lock (_lock)
        {
            return _tables.TryGetValue(name, out KqlTable? table) && column < table.NeverNull.Count && table.NeverNull[column];
        }
    }

    private KqlTable AddFiles(string name, IReadOnlyList<string> patterns, string source, InputOptions? options, TableSchema? schema)
    {
        RequireFree(name);
        InputOptions input = (options ?? new InputOptions()) with { Typing = ValueTyping.Inferred, Columns = [] };
        IReadOnlyList<InputFile> files = InputPattern.Resolve(patterns);
        return files.All(CanReread)
            ? Add(Describe(name, patterns, source, input, schema))
            : Add(StoreOnce(name, patterns, input, schema));
    }

    private KqlTable Describe(string name, IReadOnlyList<string> patterns, string source, InputOptions input, TableSchema? schema)
    {
        using TableInput look = TableInput.Open(patterns, input with { ReadAhead = 0 });
        KnownSchema? known = schema is null ? KnownSchemas.Nearest(name, [.. look.Stream.Schema.Select(column => column.Name)]) : null;
        var files = new FileColumns(look, schema ?? known?.Columns ?? new TableSchema());
        return look.BytesTotal is null
            ? Store(name, files.Schema, look.Stream, look, known?.Product) // a pipe after all
            : new KqlTable(name, files.Schema, Interlocked.Increment(ref _count))
            {
                Source = source,
                KnownAs = known?.Product,
                Remarks = [.. look.Report.Describe()],
                Patterns = patterns,
                Input = files.ToRead(input),
            };
    }

    private KqlTable StoreOnce(string name, IReadOnlyList<string> patterns, InputOptions input, TableSchema? schema)
    {
        KnownSchema? known = schema is null ? KnownSchemas.Of(name).FirstOrDefault() : null;
        schema ??= known?.Columns ?? new TableSchema();
        InputOptions reading = input with
        {
            KnownColumns = [.. schema.Select(column => column.Name)],
            KnownTypes = schema.ToDictionary(column => column.Name, _ => ColumnType.String, StringComparer.Ordinal),
        };
        using TableInput once = TableInput.Open(patterns, reading);
        return Store(name, new FileColumns(once, schema).Schema, once.Stream, once, known?.Product);
    }

    private KqlTable Store(string name, TableSchema schema, TableStream rows, TableInput? input = null, string? product = null)
    {
        long id = Interlocked.Increment(ref _count);
        var table = new KqlTable(name, schema, id);
        using DuckDbConnection connection = _engine.Connect();
        (long count, long[] unread) = StoredTables.Create(connection, table.SqlName, schema, rows);
        var run = new QueryRun(0, CancellationToken.None);
        run.AddReport(table, input?.Report, [.. schema.Select((column, i) => (column.Name, column.Type.KqlName(), unread[i]))]);
        var stored = new KqlTable(name, schema, id)
        {
            RowCount = count,
            KnownAs = product,
            Remarks = run.Remarks,
            NeverNull = StoredTables.NeverNull(connection, table.SqlName, schema.Count),
        };
        _byId[id] = stored;
        return stored;
    }

    private KqlTable Add(KqlTable table)
    {
        lock (_lock)
        {
            if (!_tables.TryAdd(table.Name, table))
            {
                throw Taken(table.Name);
            }

            _order.Add(table);
        }

        _byId[table.Id] = table;
        Interlocked.Increment(ref _version);
        return table;
    }

    private void RequireFree(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        lock (_lock)
        {
            if (_tables.ContainsKey(name))
            {
                throw Taken(name);
            }
        }
    }

    private KqlTable Require(string name)
    {
        lock (_lock)
        {
            return _tables.TryGetValue(name, out KqlTable? table)
                ? table
                : throw new QuarryException($"There is no table '{name}'{(NearestName.Of(name, _tables.Keys) is { } near ? $"; did you mean '{near}'?" : ".")}");
        }
    }

    private static QuarryException Taken(string name) => new($"There is a table '{name}' already. Give this one another name.");

    // A pipe gives its bytes once; the shell's <(…) is one under these names.
    private static bool CanReread(InputFile file) =>
        !file.IsStandardInput && !file.Path.StartsWith("/dev/", StringComparison.Ordinal) && !file.Path.StartsWith("/proc/", StringComparison.Ordinal);

    private static string[] FilesOf(string directory)
    {
        try
        {
            return [.. Directory.EnumerateFiles(directory).Where(path => !Path.GetFileName(path).StartsWith('.')).Order(StringComparer.Ordinal)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new QuarryException($"The folder '{directory}' cannot be read: {error.Message}", error);
        }
    }
}
