using System.Text.RegularExpressions;
using Quarry.Data.Sources.Http;

namespace Quarry.Data.Sources.Kusto;

/// <summary>Where a cluster is.</summary>
internal static partial class KustoAddress
{
    /// <summary>The address of a cluster's name or address.</summary>
    /// <exception cref="SourceException">It is neither.</exception>
    public static Uri Of(KustoOptions options)
    {
        string cluster = options.Cluster.Trim();
        if (Name().IsMatch(cluster))
        {
            return new Uri($"https://{cluster}.{options.Cloud.KustoSuffix}");
        }

        return Uri.TryCreate(cluster.Contains("://", StringComparison.Ordinal) ? cluster : $"https://{cluster}", UriKind.Absolute, out Uri? address)
            ? address
            : throw new SourceException(SourceFault.Unsupported, $"'{SecretText.Masked(cluster)}' is no cluster. Write its address, such as https://help.kusto.windows.net, or its name, such as help.");
    }

    /// <summary>Whether an address is of the proxy that shows a workspace of Log Analytics, or an application of Application Insights, as a cluster.</summary>
    public static bool IsProxy(Uri address) =>
        address.Host.StartsWith("ade.", StringComparison.OrdinalIgnoreCase) && (address.Host.Contains("loganalytics", StringComparison.OrdinalIgnoreCase) || address.Host.Contains("applicationinsights", StringComparison.OrdinalIgnoreCase));

    /// <summary>What a token for a cluster is for.</summary>
    public static string ScopeOf(Uri address) => $"{address.GetLeftPart(UriPartial.Authority)}/.default";

    // A cluster, perhaps with its region; more dots are a host.
    [GeneratedRegex("^[A-Za-z][A-Za-z0-9-]*(\\.[A-Za-z0-9-]+)?$")]
    private static partial Regex Name();
}
