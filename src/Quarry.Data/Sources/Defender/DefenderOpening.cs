using Azure.Core;
using Quarry.Data.Configuration;
using Quarry.Data.Sources.Azure;
using Quarry.Data.Sources.Http;

namespace Quarry.Data.Sources.Defender;

/// <summary>Makes a source of the tenant of Defender that a configuration and a person name.</summary>
internal static class DefenderOpening
{
    /// <summary>A source; nothing is asked yet, and no secret read.</summary>
    public static DefenderSource Open(QuarryConfiguration configuration, string? tenant, ServiceOptions options, Action<string>? tell)
    {
        DefenderSettings settings = configuration.DefenderTenant(tenant);
        var access = new AzureAccess(configuration, tell);
        AzureCloud cloud = access.CloudOf(settings.Cloud);
        Uri? own = AddressOf(settings);
        if (own is null && !cloud.HasHunting)
        {
            throw new SourceException(SourceFault.Unsupported, $"Microsoft Graph has no advanced hunting in the cloud {cloud.Name}. Ask the workspace of Sentinel that Defender's tables go to.");
        }

        Uri address = own ?? cloud.Graph;
        TokenCredential credential = options.Credential ?? access.CredentialFor(settings.Credentials, cloud);

        // As for Sentinel: a token for Microsoft Graph goes to Microsoft Graph alone.
        return new DefenderSource(settings.Name, address, options with { Credential = credential }, own is null ? cloud.GraphScope : AzureCloud.ScopeOf(address));
    }

    private static Uri? AddressOf(DefenderSettings settings) => settings.Endpoint is not { Text: { } text } endpoint ? null
        : Uri.TryCreate(text, UriKind.Absolute, out Uri? address) ? address
        : throw new ConfigurationException($"{endpoint.Setting} ({endpoint.Origin}) is no address. Write https://HOST, or http://127.0.0.1:PORT of a server on this machine.");
}
