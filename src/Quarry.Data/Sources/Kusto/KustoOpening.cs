using Quarry.Data.Configuration;
using Quarry.Data.Sources.Azure;
using Quarry.Data.Sources.Http;

namespace Quarry.Data.Sources.Kusto;

/// <summary>Makes a source of the cluster that a configuration and a person name.</summary>
internal static class KustoOpening
{
    /// <summary>A source; nothing is asked yet, and no secret read.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="target">The cluster, by its name in it or an address, and its database; null for the only one, and the first of its section.</param>
    /// <param name="options">How it is asked; its credential goes before the configuration's.</param>
    /// <param name="tell">Shows a person what to do to sign in; null where nobody is there.</param>
    /// <exception cref="ConfigurationException">There is no such cluster, or no database is named.</exception>
    public static KustoSource Open(QuarryConfiguration configuration, ConnectionTarget target, ServiceOptions options, Action<string>? tell)
    {
        var access = new AzureAccess(configuration, tell);
        string? cluster = target.Cluster;
        KustoClusterSettings settings = cluster is not null && IsUnknownAddress(configuration, cluster)
            ? new KustoClusterSettings(cluster) { Cluster = ConfiguredValue.Given("cluster", cluster) }
            : configuration.KustoCluster(cluster);
        string address = settings.Cluster?.Text ?? throw new ConfigurationException($"The cluster {settings.Name} has no address. Add it as Cluster; quarry config check tells the line.");
        string named = target.Database ?? settings.Databases.Select(one => one.Text).OfType<string>().FirstOrDefault()
            ?? throw new ConfigurationException($"Which database of {settings.Name}? Name one, or add Database to its section.");
        return new KustoSource(new KustoOptions(address, named)
        {
            Cloud = access.Cloud,
            TimeColumn = target.TimeColumn,
            Service = options with { Credential = options.Credential ?? access.CredentialFor(settings.Credentials) },
        });
    }

    // An address may be asked without a section; a name has to have one.
    private static bool IsUnknownAddress(QuarryConfiguration configuration, string cluster) =>
        cluster.Contains("://", StringComparison.Ordinal)
        && !configuration.KustoClusters.Any(one => string.Equals(one.Cluster?.Text?.TrimEnd('/'), cluster.TrimEnd('/'), StringComparison.OrdinalIgnoreCase));
}
