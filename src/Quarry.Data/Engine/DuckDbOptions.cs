namespace Quarry.Data.Engine;

/// <summary>How a database is opened. The defaults are the safe ones: no statement reaches a file or the network.</summary>
public sealed record DuckDbOptions
{
    /// <summary>The number of threads; null for as many as there are processors.</summary>
    public int? Threads { get; init; }

    /// <summary>The most memory in bytes before work goes to <see cref="TempDirectory"/>; null for 80 % of the machine's.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>
    /// The folder that work goes to when memory is short. Null for one of the database's own, which only the user can
    /// read, under the system's temporary folder; it is deleted with the database.
    /// </summary>
    public string? TempDirectory { get; init; }

    /// <summary>The most bytes in <see cref="TempDirectory"/>; null for 90 % of what is free on its disk.</summary>
    public long? TempDirectoryLimit { get; init; }

    /// <summary>Opens a file for reading alone.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>
    /// Lets statements read and write files (<c>read_parquet</c>, <c>COPY</c>, <c>ATTACH</c>) and change settings, until
    /// <see cref="DuckDbDatabase.LockDown"/>. Only for statements that are Quarry's own: never for a user's query.
    /// </summary>
    public bool AllowExternalAccess { get; init; }
}
