namespace Quarry.Kql.Binding;

/// <summary>What a query is bound to beside the tables.</summary>
internal sealed record BindingOptions
{
    /// <summary>What only the data tells; null to look for errors alone.</summary>
    public IQueryHost? Host { get; init; }

    /// <summary>The analyses that <c>evaluate</c> knows as plugins.</summary>
    public IReadOnlySet<string> Plugins { get; init; } = new HashSet<string>();

    /// <summary>The table of a watchlist, by the list's name; null where there is no such list.</summary>
    public Func<string, BoundTable?> Watchlist { get; init; } = _ => null;

    /// <summary>
    /// The text of a function saved in the workspace, by its name: <c>let name = (parameters) { body };</c> or the body alone.
    /// Null where there is none.
    /// </summary>
    public Func<string, string?> Function { get; init; } = _ => null;
}
