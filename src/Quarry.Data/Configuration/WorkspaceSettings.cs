namespace Quarry.Data.Configuration;

/// <summary>A workspace of the section <c>AzureSentinel.Workspaces</c>.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Line">The line it begins in.</param>
public sealed record WorkspaceSettings(string Name, int? Line = null)
{
    /// <summary>The workspace's id, which queries go to.</summary>
    public ConfiguredValue? WorkspaceId { get; init; }

    /// <summary>The subscription.</summary>
    public ConfiguredValue? SubscriptionId { get; init; }

    /// <summary>The resource group.</summary>
    public ConfiguredValue? ResourceGroup { get; init; }

    /// <summary>The workspace's name in Azure.</summary>
    public ConfiguredValue? WorkspaceName { get; init; }

    /// <summary>
    /// The address of a server that answers in place of the cloud's, for example <c>http://127.0.0.1:8080</c>. Quarry's own
    /// addition to the file; MSTICPy passes over it.
    /// </summary>
    public ConfiguredValue? Endpoint { get; init; }

    /// <summary>Who signs in.</summary>
    public CredentialSettings Credentials { get; init; } = new();
}
