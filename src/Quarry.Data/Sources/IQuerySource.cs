namespace Quarry.Data.Sources;

/// <summary>
/// Something that holds tables and answers KQL over them: files on this machine, a Sentinel workspace, an Azure Data Explorer
/// cluster, Defender XDR. Safe to use from several threads.
/// </summary>
public interface IQuerySource : IAsyncDisposable
{
    /// <summary>What it is, where it is, and what leaves the machine when it is asked.</summary>
    SourceDescription Description { get; }

    /// <summary>
    /// Reaches the source and makes sure that it answers this user. Asking an unconnected source connects it; connecting twice
    /// does no harm.
    /// </summary>
    /// <exception cref="SourceException">It cannot be reached, or does not let this user in; the message says what to do.</exception>
    Task ConnectAsync(CancellationToken cancellation = default);

    /// <summary>Its tables and the functions that stand for tables, by name.</summary>
    /// <exception cref="SourceException">They cannot be listed.</exception>
    Task<IReadOnlyList<SourceTable>> TablesAsync(CancellationToken cancellation = default);

    /// <summary>
    /// Begins a query; its rows are read as they arrive, in bounded memory. Dispose of the run, also before its end: what still
    /// works on it, here and at the service, is stopped.
    /// </summary>
    /// <exception cref="Kql.KqlException">The query is not right; the message tells where and why.</exception>
    /// <exception cref="SourceException">The source does not answer it.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<SourceRun> BeginAsync(SourceQuery query, CancellationToken cancellation = default);
}
