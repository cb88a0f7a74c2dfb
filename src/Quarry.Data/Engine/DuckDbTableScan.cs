namespace Quarry.Data.Engine;

/// <summary>What one call of a table function gives.</summary>
public sealed record DuckDbTableScan
{
    /// <summary>Names and types of the columns.</summary>
    public required IReadOnlyList<DuckDbColumn> Columns { get; init; }

    /// <summary>The number of rows where it is known, for DuckDB to plan with.</summary>
    public long? RowCount { get; init; }

    /// <summary>The most threads that may ask for rows at once. With more than one the filler has to allow for that.</summary>
    public int MaxThreads { get; init; } = 1;

    /// <summary>
    /// Begins to give rows, with the positions in <see cref="Columns"/> of the columns that the statement needs: the chunk has
    /// those alone, in that order. The filler is asked until it gives no rows, or the statement wants no more; if it is a method
    /// of an <see cref="IDisposable"/>, that is disposed of then. A statement can begin a scan anew.
    /// </summary>
    public required Func<IReadOnlyList<int>, DuckDbChunkFiller> Open { get; init; }
}
