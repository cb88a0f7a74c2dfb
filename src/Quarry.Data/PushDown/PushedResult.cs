using Quarry.Tables;

namespace Quarry.Data.PushDown;

/// <summary>What an analysis gave whose work was done at a source. Dispose of it, also before its end.</summary>
public sealed class PushedResult : IDisposable
{
    internal PushedResult(TableStream rows, IReadOnlyList<string> queries)
    {
        Rows = rows;
        Queries = queries;
    }

    /// <summary>The rows, of the schema that the analysis has here.</summary>
    public TableStream Rows { get; }

    /// <summary>The KQL that the source was sent, in order.</summary>
    public IReadOnlyList<string> Queries { get; }

    /// <inheritdoc/>
    public void Dispose() => Rows.Dispose();
}
