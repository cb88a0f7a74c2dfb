using Azure.Identity;

namespace Quarry.Data.Sources.Azure;

/// <summary>One of Azure's clouds: where its sign-in and its services are.</summary>
public sealed record AzureCloud
{
    private AzureCloud()
    {
    }

    /// <summary>The public cloud.</summary>
    public static AzureCloud Public { get; } = new()
    {
        Name = "global",
        Authority = AzureAuthorityHosts.AzurePublicCloud,
        LogAnalytics = new Uri("https://api.loganalytics.io"),
        Graph = new Uri("https://graph.microsoft.com"),
        KustoSuffix = "kusto.windows.net",
        VaultSuffix = "vault.azure.net",
    };

    /// <summary>Azure for the government of the United States.</summary>
    public static AzureCloud UsGovernment { get; } = new()
    {
        Name = "usgov",
        Authority = AzureAuthorityHosts.AzureGovernment,
        LogAnalytics = new Uri("https://api.loganalytics.us"),
        Graph = new Uri("https://graph.microsoft.us"),
        KustoSuffix = "kusto.usgovcloudapi.net",
        VaultSuffix = "vault.usgovcloudapi.net",
    };

    /// <summary>The same for its department of defence, whose Microsoft Graph stands apart.</summary>
    public static AzureCloud UsDefense { get; } = UsGovernment with { Name = "dod", Graph = new Uri("https://dod-graph.microsoft.us") };

    /// <summary>Azure in China. Microsoft Graph has no advanced hunting there.</summary>
    public static AzureCloud China { get; } = new()
    {
        Name = "cn",
        Authority = AzureAuthorityHosts.AzureChina,
        LogAnalytics = new Uri("https://api.loganalytics.azure.cn"),
        Graph = new Uri("https://microsoftgraph.chinacloudapi.cn"),
        KustoSuffix = "kusto.chinacloudapi.cn",
        VaultSuffix = "vault.azure.cn",
        HasHunting = false,
    };

    /// <summary>The names that a configuration writes.</summary>
    public static IReadOnlyList<string> Names { get; } = [Public.Name, UsGovernment.Name, UsDefense.Name, China.Name];

    /// <summary>Its name in a configuration.</summary>
    public required string Name { get; init; }

    /// <summary>Where users and applications sign in.</summary>
    public required Uri Authority { get; init; }

    /// <summary>Where Log Analytics answers.</summary>
    public required Uri LogAnalytics { get; init; }

    /// <summary>Where Microsoft Graph answers.</summary>
    public required Uri Graph { get; init; }

    /// <summary>How the addresses of Azure Data Explorer's clusters end.</summary>
    public required string KustoSuffix { get; init; }

    /// <summary>How the addresses of key vaults end.</summary>
    public required string VaultSuffix { get; init; }

    /// <summary>Whether Microsoft Graph answers advanced hunting here.</summary>
    public bool HasHunting { get; init; } = true;

    /// <summary>What a token for Log Analytics is for.</summary>
    public string LogAnalyticsScope => ScopeOf(LogAnalytics);

    /// <summary>What a token for Microsoft Graph is for.</summary>
    public string GraphScope => ScopeOf(Graph);

    /// <summary>A cloud by its name: MSTICPy's (<c>global</c>, <c>usgov</c>, <c>cn</c>, <c>gcc-high</c>, <c>dod</c>), or that of Azure's own tools; null where there is none.</summary>
    public static AzureCloud? Named(string name) => name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant() switch
    {
        // Defender's regions and the moderate government cloud are served by the public Microsoft Graph.
        "global" or "public" or "azurecloud" or "azurepubliccloud" or "gcc" or "uk" or "us" or "eu" => Public,
        "usgov" or "usgovernment" or "azureusgovernment" or "gcchigh" => UsGovernment,
        "dod" => UsDefense,
        "cn" or "china" or "azurechinacloud" => China,
        _ => null,
    };

    /// <summary>What a token for a service at an address is for.</summary>
    public static string ScopeOf(Uri service) => $"{service.GetLeftPart(UriPartial.Authority)}/.default";
}
