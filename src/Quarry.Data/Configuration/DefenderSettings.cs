namespace Quarry.Data.Configuration;

/// <summary>A tenant of Defender XDR: <c>DataProviders.MicrosoftDefender…</c>.</summary>
/// <param name="Name">The name of the instance, <c>Tenant1</c> of <c>MicrosoftDefender-Tenant1</c>; <c>Default</c> without one.</param>
/// <param name="Line">The line it begins in.</param>
public sealed record DefenderSettings(string Name, int? Line = null)
{
    /// <summary>The cloud, where it is not that of the section <c>Azure</c>: <c>global</c>, <c>gcc-high</c>, <c>dod</c>.</summary>
    public ConfiguredValue? Cloud { get; init; }

    /// <summary>The address of a server that answers in place of Microsoft Graph; Quarry's own addition to the file.</summary>
    public ConfiguredValue? Endpoint { get; init; }

    /// <summary>Who signs in.</summary>
    public CredentialSettings Credentials { get; init; } = new();
}
