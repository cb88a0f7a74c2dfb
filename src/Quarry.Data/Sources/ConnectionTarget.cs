namespace Quarry.Data.Sources;

/// <summary>What a provider connects to; what is not said is taken from the configuration.</summary>
public sealed record ConnectionTarget
{
    /// <summary>Workspaces of Sentinel by name or id, the first for the tables; none for the one called <c>Default</c>, or the only one.</summary>
    public IReadOnlyList<string> Workspaces { get; init; } = [];

    /// <summary>A cluster of Data Explorer: its name in the configuration, or its address.</summary>
    public string? Cluster { get; init; }

    /// <summary>The database of the cluster; null for the first of its section.</summary>
    public string? Database { get; init; }

    /// <summary>The column that a time range of a cluster's tables is about; Kusto has none that every table has. Null for <c>TimeGenerated</c> of Log Analytics' proxy, else none.</summary>
    public string? TimeColumn { get; init; }

    /// <summary>A tenant of Defender by its name in the configuration.</summary>
    public string? Tenant { get; init; }
}
