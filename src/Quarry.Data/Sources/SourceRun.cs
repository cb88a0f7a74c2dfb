using Quarry.Data.Kql;
using Quarry.Tables;

namespace Quarry.Data.Sources;

/// <summary>
/// A query that was begun. Its tables are read one after the other: most queries give one. Dispose of it, also before its end.
/// </summary>
public abstract class SourceRun : IDisposable
{
    /// <summary>What there is to know beside the rows, a sentence each; complete when all was read.</summary>
    public abstract IReadOnlyList<string> Remarks { get; }

    /// <summary>Whether the service cut the answer short; known when all was read.</summary>
    public virtual bool IsPartial => false;

    /// <summary>How the query wants its result drawn; null where it does not say.</summary>
    public virtual KqlRender? Render => null;

    /// <summary>How many tables there are in all, where that is known before they are read.</summary>
    public virtual int? Count => null;

    /// <summary>The next table, its rows as they arrive; null after the last. What was left of the table before is passed over.</summary>
    /// <exception cref="SourceException">The answer ended early, or is none; so does reading the rows.</exception>
    public abstract TableStream? Next();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops what still works on the query.</summary>
    protected abstract void Dispose(bool disposing);
}
