using Quarry.Kql.Binding;
using Quarry.Kql.Diagnostics;
using Quarry.Kql.Lowering;
using Quarry.Kql.Syntax;
using Quarry.Kql.Syntax.Operators;
using Quarry.Tables;

namespace Quarry.Data.Kql;

/// <summary>A query that was checked, to be run as often as wanted, from several threads.</summary>
public sealed class KqlQuery
{
    private static readonly KqlRunOptions Nothing = new();

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
        Parameters = QueryParameters.DeclaredIn(_tree);
        _bound = Bind();
        Render = RenderOf(_bound.Query);
        if (!_bound.Query.NeedsHost)
        {
            // What the engine does not run is refused now, and not when rows are asked for.
            _ = LowerWithoutValues(_bound.Query);
        }
    }

    /// <summary>The text of the query.</summary>
    public string Text { get; }

    /// <summary>The parameters that it declares (<c>declare query_parameters</c>).</summary>
    public IReadOnlyList<KqlParameter> Parameters { get; }

    /// <summary>How the query wants its result drawn; null where it does not say.</summary>
    public KqlRender? Render { get; }

    /// <summary>The syntax tree.</summary>
    internal SyntaxTree Tree => _tree;

    /// <summary>The bound query.</summary>
    internal BoundQuery BoundQuery => _bound.Query;

    /// <summary>Runs the query and gathers its rows.</summary>
    /// <param name="parameters">Values of the parameters that the query declares, by name; a text is read as the parameter's type.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="KqlException">It failed, or was stopped by the timeout or for want of memory.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<KqlResult> RunAsync(IReadOnlyDictionary<string, object?>? parameters = null, CancellationToken cancellation = default) => Task.Run(
        () =>
        {
            using QueryPlan plan = Plan(Of(parameters), cancellation);
            var tables = new List<Table>();
            var remarks = new List<string>(plan.Host.Remarks);
            foreach (LoweredQuery lowered in plan.Queries)
            {
                using var running = new RunningQuery(_database, lowered, plan.Host.Given, cancellation);
                tables.Add(running.Gather());
                remarks.AddRange(running.Remarks);
            }

            return new KqlResult(tables.Count > 0 ? tables[^1] : new TableBuilder(new TableSchema([])).Build(), [.. remarks.Distinct()]) { Tables = tables, Render = Render };
        },
        cancellation);

    /// <summary>
    /// Runs the query and gives its rows as they are made; of a query that gives several tables, those of the last. The
    /// database's timeout counts until the last is read.
    /// </summary>
    /// <inheritdoc cref="RunAsync" path="/param"/>
    /// <exception cref="KqlException">A parameter is not right.</exception>
    public Task<KqlStream> StreamAsync(IReadOnlyDictionary<string, object?>? parameters = null, CancellationToken cancellation = default) =>
        Task.Run(
            () =>
            {
                QueryPlan plan = Plan(Of(parameters), cancellation);
                return plan.Queries.Count > 0
                    ? new KqlStream(new RunningQuery(_database, plan.Queries[^1], plan.Host.Given, cancellation), plan)
                    : throw new KqlException("The query gives no table: its last statement is no expression.");
            },
            cancellation);

    /// <summary>
    /// Begins to run the query: its tables are read one after the other, as their rows are made. Parts that only the data
    /// tells are run at once.
    /// </summary>
    /// <inheritdoc cref="RunAsync" path="/param"/>
    /// <exception cref="KqlException">A parameter is not right.</exception>
    public Task<KqlRun> BeginAsync(IReadOnlyDictionary<string, object?>? parameters = null, CancellationToken cancellation = default) =>
        BeginAsync(Of(parameters), cancellation);

    /// <inheritdoc cref="BeginAsync(IReadOnlyDictionary{string, object}, CancellationToken)"/>
    /// <param name="options">What the run is given.</param>
    /// <param name="cancellation">Stops it.</param>
    public Task<KqlRun> BeginAsync(KqlRunOptions options, CancellationToken cancellation = default) =>
        Task.Run(() => new KqlRun(_database, Plan(options, cancellation), cancellation), cancellation);

    /// <summary>How the query was understood. Nothing is run, and no value of a parameter is needed or shown.</summary>
    public KqlExplanation Explain()
    {
        BoundQuery query = _bound.Query;
        return QueryExplanation.Of(
            _tree,
            query,
            query.NeedsHost ? null : LowerWithoutValues(query));
    }

    /// <summary>The query as SQL, a statement a table that it gives. Parts that only the data tells are run for it.</summary>
    internal QueryPlan Plan(KqlRunOptions options, CancellationToken cancellation)
    {
        // A table that was added or loaded since may have other columns.
        Bound bound = _bound;
        if (bound.Version != _database.Version)
        {
            _bound = bound = Bind();
        }

        KqlRunOptions given = options with { Parameters = QueryParameters.Values(Parameters, options.Parameters) };
        var host = new QueryHost(_database, Present, given, cancellation);
        try
        {
            BoundQuery query = bound.Query;
            if (query.NeedsHost)
            {
                query = Refusing(() => Binder.Bind(_tree, _database.Symbols, _database.BindingOptions with { Host = host }));
                if (query.Diagnostics.Count > 0)
                {
                    throw new KqlException(Text, query.Diagnostics);
                }
            }

            return new QueryPlan(host, Refusing(() => Lower(query, host.Options())));
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    private DateTime Present => QuerySettings.NowOf(_tree) ?? _database.Options.Present;

    private IReadOnlyList<LoweredQuery> LowerWithoutValues(BoundQuery query) =>
        Refusing(() => Lower(query, _database.LoweringOptions(Present, QueryParameters.Nothing(Parameters), name => _database.SqlNameOf(name, Nothing))));

    private IReadOnlyList<LoweredQuery> Lower(BoundQuery query, LoweringOptions options) =>
        _database.Lowering is { } lowering ? [lowering(query, options)]
        : query.Results.Count > 0 ? [.. query.Results.SelectMany(result => Lowerer.LowerAll(result, options))]
        : query.Scalar is { } scalar ? [Lowerer.Lower(scalar, options)]
        : [];

    private T Refusing<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (LoweringRefusedException refused)
        {
            KqlDiagnostic diagnostic = refused.SourceText == Text ? refused.Diagnostic
                : refused.Diagnostic with { Span = new TextSpan(0, 0), Message = $"In a saved function: {refused.Message}" };
            throw new KqlException(Text, [diagnostic]);
        }
        catch (InsufficientExecutionStackException)
        {
            throw new KqlException(Text, [new KqlDiagnostic(DiagnosticKind.Unsupported, new TextSpan(0, 0), "The query is nested too deeply.")]);
        }
    }

    private Bound Bind()
    {
        long version = _database.Version;
        BoundQuery query = Binder.Bind(_tree, _database.Symbols, _database.BindingOptions);
        return query.Diagnostics.Count == 0 ? new Bound(version, query) : throw new KqlException(Text, query.Diagnostics);
    }

    private static KqlRender? RenderOf(BoundQuery query) =>
        query.Results.Count > 0 && query.Results[^1] is BoundStep { Syntax: RenderOperator render } ? KqlRender.Of(render) : null;

    private static KqlRunOptions Of(IReadOnlyDictionary<string, object?>? parameters) => parameters is null ? Nothing : Nothing with { Parameters = parameters };

    private sealed record Bound(long Version, BoundQuery Query);
}
