using Azure.Core;
using Quarry.Data.Configuration;
using Quarry.Data.Sources.Azure;
using Quarry.Data.Sources.Http;

namespace Quarry.Data.Sources.Kusto;

/// <summary>Makes a source of the cluster that a configuration and a person name.</summary>
internal static class KustoOpening
{
    /// <summary>A source; nothing is asked yet, and no secret read.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="cluster">The cluster's name there, or its address; null for the only one, or the section <c>Kusto</c>.</param>
    /// <param name="database">The database; null for the first of the cluster's section.</param>
    /// <param name="options">How it is asked; its credential goes before the configuration's.</param>
    /// <param name="tell">Shows a person what to do to sign in; null where nobody is there.</param>
    /// <exception cref="ConfigurationException">There is no such cluster, or its section does not say what is needed.</exception>
    public static KustoSource Open(QuarryConfiguration configuration, string? cluster, string? database, ServiceOptions options, Action<string>? tell)
    {
        KustoClusterSettings settings = Named(configuration, cluster);
        string address = settings.Cluster?.Text ?? throw new ConfigurationException($"The Kusto cluster {settings.Name} has no Cluster. Add its address; quarry config check tells the line.");
        string asked = database ?? settings.Databases.Select(one => one.Text).FirstOrDefault(text => text is not null)
            ?? throw new ConfigurationException($"The Kusto cluster {settings.Name} names no database. Name one, or add Database to its section.");
        var access = new AzureAccess(configuration, tell);
        TokenCredential credential = options.Credential ?? access.CredentialFor(settings.Credentials);
        return new KustoSource(new KustoOptions(address, asked) { Cloud = access.Cloud, Service = options with { Credential = credential } });
    }

    // An address needs no section: it says where to go, and the section Azure who asks.
    private static KustoClusterSettings Named(QuarryConfiguration configuration, string? cluster)
    {
        bool isAddress = cluster?.Contains("://", StringComparison.Ordinal) ?? false;
        bool isKnown = configuration.KustoClusters.Any(one => string.Equals(one.Cluster?.Text?.TrimEnd('/'), cluster?.TrimEnd('/'), StringComparison.OrdinalIgnoreCase));
        return isAddress && !isKnown
            ? new KustoClusterSettings(cluster!) { Cluster = ConfiguredValue.Given("cluster", cluster!) }
            : configuration.KustoCluster(cluster);
    }
}
