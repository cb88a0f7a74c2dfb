using Quarry.Kql.Lowering;

namespace Quarry.Data.Kql;

/// <summary>A query that is ready to run, with what was kept for it.</summary>
internal sealed class QueryPlan(QueryHost host, IReadOnlyList<LoweredQuery> queries) : IDisposable
{
    /// <summary>What ran while the query was bound.</summary>
    public QueryHost Host { get; } = host;

    /// <summary>The statements, one a table that the query gives.</summary>
    public IReadOnlyList<LoweredQuery> Queries { get; } = queries;

    /// <inheritdoc/>
    public void Dispose() => Host.Dispose();
}
