using Quarry.Data.Kql;
using Quarry.Tables;

namespace Quarry.Data.Sources;

/// <summary>What can be asked of every source.</summary>
public static class QuerySourceExtensions
{
    /// <summary>Runs a query and gathers its rows.</summary>
    /// <inheritdoc cref="IQuerySource.BeginAsync" path="/exception"/>
    /// <exception cref="PartialResultException">The service cut the answer short, and the query does not allow that.</exception>
    public static async Task<KqlResult> QueryAsync(this IQuerySource source, SourceQuery query, CancellationToken cancellation = default)
    {
        using SourceRun run = await source.BeginAsync(query, cancellation).ConfigureAwait(false);
        return await Task.Run(() => Gather(run), cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc cref="QueryAsync(IQuerySource, SourceQuery, CancellationToken)"/>
    public static Task<KqlResult> QueryAsync(this IQuerySource source, string query, CancellationToken cancellation = default) =>
        source.QueryAsync(new SourceQuery(query), cancellation);

    /// <summary>A query's text with the values of its parameters, each quoted by its type: what is sent to a service that takes none beside it.</summary>
    /// <exception cref="KqlException">A value is missing, not declared, or not of its type.</exception>
    public static string Bind(string query, IReadOnlyDictionary<string, object?> parameters) => BoundText.Of(query, parameters);

    private static KqlResult Gather(SourceRun run)
    {
        var tables = new List<Table>();
        while (run.Next() is { } rows)
        {
            tables.Add(rows.Gather());
        }

        Table last = tables.Count > 0 ? tables[^1] : new TableBuilder(new TableSchema([])).Build();
        return new KqlResult(last, run.Remarks) { Tables = tables, Render = run.Render, IsPartial = run.IsPartial };
    }
}
