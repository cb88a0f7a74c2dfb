using Quarry.Kql.Binding;
using Quarry.Kql.Lowering;
using Quarry.Kql.Syntax;
using Quarry.Tables;

namespace Quarry.Data.Kql;

/// <summary>A query that was checked, to be run as often as wanted, from several threads.</summary>
public sealed class KqlQuery
{
    private static readonly Dictionary<string, object?> NoParameters = [];

    private readonly KqlDatabase _database;
    private readonly SyntaxTree _tree;
    private volatile Bound _bound;

    /// <summary>Parses and binds a query.</summary>
    /// <exception cref="KqlException">It is not right.</exception>
    internal KqlQuery(KqlDatabase database, string text)
    {
        _database = database;
        Text = text;
        _tree = SyntaxTree.Parse(text);
        _bound = Bind();
    }

    /// <summary>The text of the query.</summary>
    public string Text { get; }

    /// <summary>Runs the query and gathers its rows.</summary>
    /// <param name="parameters">Values of the parameters that the query declares, by name.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="KqlException">It failed, or was stopped by the timeout or for want of memory.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<KqlResult> RunAsync(IReadOnlyDictionary<string, object?>? parameters = null, CancellationToken cancellation = default) => Task.Run(
        () =>
        {
            var running = new RunningQuery(_database, Lower(parameters), cancellation);
            Table table;
            using (running)
            {
                table = running.Gather();
            }

            return new KqlResult(table, running.Remarks);
        },
        cancellation);

    /// <summary>Runs the query and gives its rows as they are made. The database's timeout counts until the last is read.</summary>
    /// <inheritdoc cref="RunAsync" path="/param"/>
    /// <exception cref="KqlException">A parameter is not right.</exception>
    public Task<KqlStream> StreamAsync(IReadOnlyDictionary<string, object?>? parameters = null, CancellationToken cancellation = default) =>
        Task.Run(() => new KqlStream(new RunningQuery(_database, Lower(parameters), cancellation)), cancellation);

    /// <summary>The query as SQL.</summary>
    internal LoweredQuery Lower(IReadOnlyDictionary<string, object?>? parameters)
    {
        // A table that was added or loaded since may have other columns.
        Bound bound = _bound;
        if (bound.Version != _database.Version)
        {
            _bound = bound = Bind();
        }

        var names = bound.Tables.ToDictionary(table => table.Name, table => table.SqlName, StringComparer.Ordinal);
        return _database.Lowering(bound.Query, new LoweringContext(names, _database.Options.Present, parameters ?? NoParameters));
    }

    private Bound Bind()
    {
        long version = _database.Version;
        IReadOnlyList<KqlTable> tables = _database.Tables;
        BoundQuery query = Binder.Bind(_tree, tables.ToDictionary(table => table.Name, table => table.Symbols, StringComparer.Ordinal));
        return query.Diagnostics.Count == 0 ? new Bound(version, tables, query) : throw new KqlException(Text, query.Diagnostics);
    }

    private sealed record Bound(long Version, IReadOnlyList<KqlTable> Tables, BoundQuery Query);
}
