using Quarry.Data.Sources.Http;

namespace Quarry.Data.Configuration;

/// <summary>
/// The value of a setting, with where it comes from. A secret is told to who asks for it by <see cref="RevealAsync"/> and to
/// nobody else: not to a message, a log or a debugger's view of the text.
/// </summary>
public sealed class ConfiguredValue
{
    /// <summary>What stands for a secret wherever a person looks.</summary>
    public const string Mask = "********";

    private readonly string? _text;

    internal ConfiguredValue(string setting, string? text, ValueOrigin origin, bool isSecret = false)
    {
        Setting = setting;
        Origin = origin;
        IsSecret = isSecret;
        _text = text;
    }

    /// <summary>The setting, <c>DataProviders.Kusto.Args.ClientSecret</c>.</summary>
    public string Setting { get; }

    /// <summary>Where the value comes from.</summary>
    public ValueOrigin Origin { get; }

    /// <summary>Whether it is a secret.</summary>
    public bool IsSecret { get; }

    /// <summary>Its text; null of a secret, and where an environment variable is not set.</summary>
    public string? Text => IsSecret ? null : _text;

    /// <summary>Whether the value is here: false for an environment variable that is not set, and for what a key vault holds.</summary>
    public bool IsHere => _text is not null;

    /// <summary>A value that no file sets.</summary>
    public static ConfiguredValue Given(string setting, string text, bool isSecret = false) => new(setting, text, ValueOrigin.Given, isSecret);

    /// <summary>The value, whatever it is; a key vault is asked for it now.</summary>
    /// <param name="vaults">Reads from key vaults; null where there are none.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="ConfigurationException">It is not to be had; the message says what to do.</exception>
    public async Task<string> RevealAsync(SecretReader? vaults, CancellationToken cancellation = default)
    {
        if (_text is not null)
        {
            return _text;
        }

        if (Origin.Kind != OriginKind.KeyVault)
        {
            throw new ConfigurationException($"{Setting} is to come from {Origin}, which is not set. Set it, or write the value into the file.");
        }

        (string vault, string secret) = VaultAndSecret(Origin.Name!);
        if (vault.Length == 0 || vaults is null)
        {
            throw new ConfigurationException($"{Setting} is to come from a key vault, and no vault is named. Set KeyVault.VaultName, or write KeyVault: vault/secret.");
        }

        return await vaults(vault, secret, cancellation).ConfigureAwait(false);
    }

    /// <summary>For a person: the text, with a mask in place of every secret.</summary>
    public override string ToString() =>
        IsSecret ? (IsHere ? Mask : "") : _text is null ? "" : SecretText.Masked(WithoutUser(_text));

    // An address may carry a password: https://user:password@host.
    private static string WithoutUser(string text) =>
        text.Contains('@', StringComparison.Ordinal) && Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.UserInfo.Length > 0
            ? text.Replace(address.UserInfo, Mask, StringComparison.Ordinal)
            : text;

    private static (string Vault, string Secret) VaultAndSecret(string name)
    {
        int slash = name.LastIndexOf('/');
        return (name[..Math.Max(slash, 0)], name[(slash + 1)..]);
    }
}
