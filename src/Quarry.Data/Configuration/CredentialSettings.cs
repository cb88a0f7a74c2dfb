namespace Quarry.Data.Configuration;

/// <summary>Who signs in to a source, where its section says so; what is null is left to the ways to sign in.</summary>
public sealed record CredentialSettings
{
    /// <summary>The tenant: its id or its domain.</summary>
    public ConfiguredValue? TenantId { get; init; }

    /// <summary>The id of the application.</summary>
    public ConfiguredValue? ClientId { get; init; }

    /// <summary>The application's secret.</summary>
    public ConfiguredValue? ClientSecret { get; init; }

    /// <summary>The file of the application's certificate.</summary>
    public ConfiguredValue? CertificatePath { get; init; }

    /// <summary>The password of that file.</summary>
    public ConfiguredValue? CertificatePassword { get; init; }

    /// <summary>Ways to sign in for this source alone; empty for those of the section <c>Azure</c>.</summary>
    public IReadOnlyList<ConfiguredValue> AuthMethods { get; init; } = [];
}
