using Quarry.Data.Sources.Azure;
using Quarry.Data.Sources.Http;

namespace Quarry.Data.Sources.Kusto;

/// <summary>A database of a cluster, and how it is asked.</summary>
/// <param name="Cluster">
/// The cluster's address, <c>https://help.kusto.windows.net</c>; also one of an Eventhouse (<c>https://….kusto.fabric.microsoft.com</c>) or of Log
/// Analytics' proxy (<c>https://ade.loganalytics.io/subscriptions/…/workspaces/…</c>). A name alone, <c>help</c> or
/// <c>logs.westeurope</c>, is one of the cloud's clusters.
/// </param>
/// <param name="Database">The database; of the proxy, the workspace.</param>
public sealed record KustoOptions(string Cluster, string Database)
{
    /// <summary>The cloud of a cluster that is named without its address.</summary>
    public AzureCloud Cloud { get; init; } = AzureCloud.Public;

    /// <summary>What a token has to be for; null for the cluster itself.</summary>
    public string? Scope { get; init; }

    /// <summary>
    /// The column that <see cref="SourceQuery.Range"/> is about; null for none, but for Log Analytics' proxy <c>TimeGenerated</c>. Kusto has no
    /// column that every table has.
    /// </summary>
    public string? TimeColumn { get; init; }

    /// <summary>Who asks, by which transport, how long is waited.</summary>
    public ServiceOptions Service { get; init; } = new();
}
