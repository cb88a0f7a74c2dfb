namespace Quarry.Data.Configuration;

/// <summary>The section <c>KeyVault</c>.</summary>
public sealed record KeyVaultSettings
{
    /// <summary>The vault for secrets that name none.</summary>
    public ConfiguredValue? VaultName { get; init; }

    /// <summary>The tenant that the vault is in.</summary>
    public ConfiguredValue? TenantId { get; init; }

    /// <summary>The vault's cloud, where it is not that of the section <c>Azure</c>.</summary>
    public ConfiguredValue? Authority { get; init; }
}
