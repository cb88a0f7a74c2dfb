using Quarry.Data.Sources;

namespace Quarry.Data.Queries.Reading;

/// <summary>What definitions call the services that their queries are for.</summary>
internal static class DataEnvironments
{
    private static readonly Dictionary<string, SourceKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["MSSentinel"] = SourceKind.Sentinel,
        ["MSSentinel_New"] = SourceKind.Sentinel,
        ["MSSentinel_Legacy"] = SourceKind.Sentinel,
        ["AzureSentinel"] = SourceKind.Sentinel,
        ["LogAnalytics"] = SourceKind.Sentinel,
        ["MDE"] = SourceKind.Defender,
        ["MDATP"] = SourceKind.Defender,
        ["M365D"] = SourceKind.Defender,
        ["M365DGraph"] = SourceKind.Defender,
        ["MSDefender"] = SourceKind.Defender,
        ["Kusto"] = SourceKind.Kusto,
        ["Kusto_New"] = SourceKind.Kusto,
        ["Kusto_Legacy"] = SourceKind.Kusto,
    };

    /// <summary>Whether queries of an environment are KQL over tables of a source.</summary>
    public static bool TakesKql(string environment) => Kinds.ContainsKey(environment);

    /// <summary>Whether a query of some environments is meant for a kind of source: files may hold the tables of any.</summary>
    public static bool Fit(IReadOnlyList<string> environments, SourceKind kind) =>
        kind == SourceKind.Local || environments.Count == 0 || environments.Any(one => Kinds.TryGetValue(one, out SourceKind known) && known == kind);
}
