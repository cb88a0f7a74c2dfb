using Azure.Core;
using Quarry.Data.Configuration;
using Quarry.Data.Sources.Azure;
using Quarry.Data.Sources.Http;

namespace Quarry.Data.Sources.Sentinel;

/// <summary>Makes a source of the workspaces that a configuration and a person name.</summary>
internal static class SentinelOpening
{
    /// <summary>A source; nothing is asked yet, and no secret read.</summary>
    public static SentinelSource Open(QuarryConfiguration configuration, IReadOnlyList<string> names, ServiceOptions options, Action<string>? tell)
    {
        WorkspaceSettings[] settings = [.. names.DefaultIfEmpty(null).Select(name => Named(configuration, name))];
        WorkspaceSettings first = settings[0];
        foreach (WorkspaceSettings other in settings.Skip(1))
        {
            // One request carries all of them, to one address with one token.
            Same(first, other, "TenantId", first.Credentials.TenantId, other.Credentials.TenantId);
            Same(first, other, "Endpoint", first.Endpoint, other.Endpoint);
        }

        var access = new AzureAccess(configuration, tell);
        AzureCloud cloud = access.Cloud;
        Uri address = AddressOf(first) ?? cloud.LogAnalytics;
        TokenCredential credential = options.Credential ?? access.CredentialFor(first.Credentials, cloud);

        // A token for the cloud's own service goes to that service alone, whatever address a file names: a file may be somebody's evidence.
        string scope = first.Endpoint is null ? cloud.LogAnalyticsScope : AzureCloud.ScopeOf(address);
        return new SentinelSource([.. settings.Select(one => new SentinelWorkspace(one.Name, IdOf(one)))], address, options with { Credential = credential }, scope);
    }

    private static WorkspaceSettings Named(QuarryConfiguration configuration, string? name)
    {
        bool isKnown = configuration.Workspaces.Any(one => string.Equals(one.WorkspaceId?.Text, name, StringComparison.OrdinalIgnoreCase));
        return !isKnown && Guid.TryParse(name, out _)
            ? new WorkspaceSettings(name) { WorkspaceId = ConfiguredValue.Given("workspace", name) }
            : configuration.Workspace(name);
    }

    private static Guid IdOf(WorkspaceSettings workspace) => Guid.TryParse(workspace.WorkspaceId?.Text, out Guid id)
        ? id
        : throw new ConfigurationException(workspace.WorkspaceId is { } wrong
            ? $"{wrong.Setting} ({wrong.Origin}) is '{wrong}', which is no id. Write the workspace's id, 32 hexadecimal digits."
            : $"The workspace {workspace.Name} has no WorkspaceId. Add it; quarry config check tells the line.");

    private static Uri? AddressOf(WorkspaceSettings workspace) => workspace.Endpoint is not { Text: { } text } endpoint ? null
        : Uri.TryCreate(text, UriKind.Absolute, out Uri? address) ? address
        : throw new ConfigurationException($"{endpoint.Setting} ({endpoint.Origin}) is no address. Write https://HOST, or http://127.0.0.1:PORT of a server on this machine.");

    private static void Same(WorkspaceSettings first, WorkspaceSettings other, string what, ConfiguredValue? left, ConfiguredValue? right)
    {
        if (!string.Equals(left?.Text, right?.Text, StringComparison.OrdinalIgnoreCase) && right is not null)
        {
            throw new ConfigurationException($"The workspaces {first.Name} and {other.Name} differ in {what} and cannot be asked in one query. Ask one after the other.");
        }
    }
}
