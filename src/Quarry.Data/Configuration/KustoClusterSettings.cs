namespace Quarry.Data.Configuration;

/// <summary>A cluster of Azure Data Explorer: <c>DataProviders.Kusto…</c> or an entry of <c>KustoClusters</c>.</summary>
/// <param name="Name">Its name in the file; of the section <c>Kusto</c> itself, <c>Kusto</c>.</param>
/// <param name="Line">The line it begins in.</param>
public sealed record KustoClusterSettings(string Name, int? Line = null)
{
    /// <summary>Its address, <c>https://help.kusto.windows.net</c>.</summary>
    public ConfiguredValue? Cluster { get; init; }

    /// <summary>Its databases; the first is the one that queries go to.</summary>
    public IReadOnlyList<ConfiguredValue> Databases { get; init; } = [];

    /// <summary>The groups it belongs to.</summary>
    public IReadOnlyList<ConfiguredValue> Groups { get; init; } = [];

    /// <summary>Who signs in.</summary>
    public CredentialSettings Credentials { get; init; } = new();
}
