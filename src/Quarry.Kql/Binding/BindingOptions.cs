using Quarry.Kql.Symbols;

namespace Quarry.Kql.Binding;

/// <summary>What a query is bound to beside the tables.</summary>
internal sealed record BindingOptions
{
    /// <summary>What only the data tells; null to look for errors alone.</summary>
    public IQueryHost? Host { get; init; }

    /// <summary>The analyses that <c>evaluate</c> knows as plugins.</summary>
    public IReadOnlySet<string> Plugins { get; init; } = new HashSet<string>();

    /// <summary>The columns of the watchlists at hand, by name; null where they are not known before they are read.</summary>
    public IReadOnlyDictionary<string, RowSchema> Watchlists { get; init; } = new Dictionary<string, RowSchema>();

    /// <summary>Functions saved in the workspace, by name: each the text of a query that defines it by <c>let</c>, or its body.</summary>
    public IReadOnlyDictionary<string, string> Functions { get; init; } = new Dictionary<string, string>();
}
