namespace Quarry.Data.Sources;

/// <summary>Names of data environments, as MSTICPy's <c>QueryProvider</c> takes them and as the services are called.</summary>
public static class SourceEnvironments
{
    private static readonly (string Name, SourceKind Kind)[] All =
    [
        ("MSSentinel", SourceKind.Sentinel), ("AzureSentinel", SourceKind.Sentinel), ("LogAnalytics", SourceKind.Sentinel), ("Sentinel", SourceKind.Sentinel),
        ("MSSentinel_New", SourceKind.Sentinel), ("AzureSentinel_New", SourceKind.Sentinel), ("MSSentinel_Legacy", SourceKind.Sentinel), ("LogAnalytics_Legacy", SourceKind.Sentinel),
        ("Kusto", SourceKind.Kusto), ("AzureDataExplorer", SourceKind.Kusto), ("ADX", SourceKind.Kusto), ("Kusto_New", SourceKind.Kusto), ("Kusto_Legacy", SourceKind.Kusto), ("Eventhouse", SourceKind.Kusto),
        ("M365D", SourceKind.Defender), ("MDE", SourceKind.Defender), ("MDATP", SourceKind.Defender), ("M365DGraph", SourceKind.Defender), ("MSDefender", SourceKind.Defender), ("Defender", SourceKind.Defender),
        ("LocalData", SourceKind.Local), ("Local", SourceKind.Local),
    ];

    /// <summary>The names, those to prefer first.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(one => one.Name)];

    /// <summary>The kind of source that a name stands for, whatever its letter case; null where no source is called so.</summary>
    public static SourceKind? Find(string name)
    {
        foreach ((string known, SourceKind kind) in All)
        {
            if (known.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>The kind of source that a name stands for, whatever its letter case.</summary>
    /// <exception cref="QuarryException">No source is called so; the message has the nearest name.</exception>
    public static SourceKind KindOf(string name)
    {
        if (Find(name) is { } kind)
        {
            return kind;
        }

        string hint = NearestName.Of(name, Names) is { } near ? $" Did you mean {near}?" : "";
        throw new QuarryException($"There is no source '{name}'.{hint} There are MSSentinel (also LogAnalytics), Kusto (Data Explorer, Eventhouse), M365D (Defender) and LocalData.");
    }
}
