namespace Quarry.Data.Kql;

/// <summary>How a <see cref="KqlDatabase"/> works. Its queries reach no file and no network but the tables that were added.</summary>
public sealed record KqlDatabaseOptions
{
    /// <summary>The number of threads; null for as many as there are processors.</summary>
    public int? Threads { get; init; }

    /// <summary>The most memory in bytes before work goes to <see cref="TempDirectory"/>; null for 80 % of the machine's.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>
    /// The folder that work goes to when memory is short. Null for one of the database's own, which only the user can read,
    /// under the system's temporary folder; it is deleted with the database.
    /// </summary>
    public string? TempDirectory { get; init; }

    /// <summary>The most bytes in <see cref="TempDirectory"/>; null for 90 % of what is free on its disk.</summary>
    public long? TempDirectoryLimit { get; init; }

    /// <summary>The time after which a query is stopped; null for none.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>What <c>now()</c> and <c>ago()</c> take for the present, in UTC; null for the time at which a query starts.</summary>
    public DateTime? Now { get; init; }

    /// <summary>The clock, where <see cref="Now"/> is null.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// A folder of files that <c>externaldata</c> finds in place of the addresses that queries name: by host and path, or by
    /// the file's name alone. Null where there is none.
    /// </summary>
    public string? ExternalFolder { get; init; }

    /// <summary>Whether <c>externaldata</c> may read from http and https addresses. Default: false.</summary>
    public bool AllowNetwork { get; init; }

    /// <summary>A folder of CSV files, one a watchlist, for <c>_GetWatchlist('name')</c>; null where there is none.</summary>
    public string? WatchlistFolder { get; init; }

    /// <summary>
    /// A folder of <c>.kql</c> files, each a function that queries may call by the file's name, as those saved in a
    /// workspace: <c>let name = (parameters) { body };</c> or the body alone. Null where there is none.
    /// </summary>
    public string? FunctionFolder { get; init; }

    /// <summary>A MaxMind database (.mmdb) for <c>geo_info_from_ip_address</c>; null where there is none.</summary>
    public string? GeoDatabase { get; init; }

    internal DateTime Present => Now is { } now ? DateTime.SpecifyKind(now, DateTimeKind.Utc) : Clock.GetUtcNow().UtcDateTime;
}
