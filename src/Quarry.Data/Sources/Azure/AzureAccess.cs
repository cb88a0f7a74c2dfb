using Azure.Core;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Quarry.Data.Configuration;

namespace Quarry.Data.Sources.Azure;

/// <summary>
/// Signs in to Azure as a configuration says. Making one asks nothing and reads no secret: that happens when the first query
/// needs a token.
/// </summary>
public sealed class AzureAccess
{
    private readonly QuarryConfiguration _configuration;
    private readonly Action<string>? _tell;

    /// <summary>Access by a configuration.</summary>
    /// <param name="configuration">Cloud, ways to sign in, and secrets.</param>
    /// <param name="tell">Shows a person where to type the code of a sign-in; null where nobody is there, so that this way is passed over.</param>
    public AzureAccess(QuarryConfiguration configuration, Action<string>? tell = null)
    {
        _configuration = configuration;
        _tell = tell;
    }

    /// <summary>The cloud of the section <c>Azure</c>.</summary>
    /// <exception cref="ConfigurationException">There is no such cloud.</exception>
    public AzureCloud Cloud => CloudOf(_configuration.Azure.Cloud);

    /// <summary>The cloud that a setting names; null stands for that of the section <c>Azure</c>.</summary>
    /// <exception cref="ConfigurationException">There is no such cloud.</exception>
    public AzureCloud CloudOf(ConfiguredValue? setting)
    {
        ConfiguredValue named = setting ?? _configuration.Azure.Cloud;
        return AzureCloud.Named(named.Text ?? "")
            ?? throw new ConfigurationException($"{named.Setting} ({named.Origin}): there is no cloud '{named.Text}'. There are: {string.Join(", ", AzureCloud.Names)}.");
    }

    /// <summary>The credential for a source: the source's own application where its section has one, else the ways of <c>auth_methods</c>, in order.</summary>
    /// <param name="settings">The source's section.</param>
    /// <param name="cloud">The cloud to sign in to; null for that of the section <c>Azure</c>.</param>
    public TokenCredential CredentialFor(CredentialSettings settings, AzureCloud? cloud = null) => new CredentialChain(Ways(settings, cloud ?? Cloud));

    /// <summary>Reads secrets of key vaults, signed in as the configuration says.</summary>
    public SecretReader Vaults => ReadSecretAsync;

    private List<CredentialWay> Ways(CredentialSettings settings, AzureCloud cloud)
    {
        IReadOnlyList<ConfiguredValue> named = settings.AuthMethods.Count > 0 ? settings.AuthMethods : _configuration.Azure.AuthMethods;
        List<string> methods = [.. named.Select(Method).Distinct()];

        // A section that holds an application's secret means it to be used, wherever auth_methods has it.
        if (settings.CertificatePath is not null && !methods.Contains(AuthMethods.Certificate))
        {
            methods.Insert(0, AuthMethods.Certificate);
        }

        if (settings.ClientSecret is not null && !methods.Contains(AuthMethods.ClientSecret))
        {
            methods.Insert(0, AuthMethods.ClientSecret);
        }

        return [.. methods.Select(method => new CredentialWay(method, cancellation => CreateAsync(method, settings, cloud, cancellation)))];
    }

    private static string Method(ConfiguredValue value) => AuthMethods.Canonical(value.Text ?? "")
        ?? throw new ConfigurationException($"{value.Setting} ({value.Origin}): there is no way to sign in called '{value.Text}'. There are: {string.Join(", ", AuthMethods.All)}.");

    private async ValueTask<TokenCredential> CreateAsync(string method, CredentialSettings settings, AzureCloud cloud, CancellationToken cancellation)
    {
        string? tenant = await TextAsync(settings.TenantId, cancellation).ConfigureAwait(false);
        string? client = await TextAsync(settings.ClientId, cancellation).ConfigureAwait(false);
        return method switch
        {
            AuthMethods.Env => OfEnvironment(tenant, cloud),
            AuthMethods.Cli => new AzureCliCredential(new AzureCliCredentialOptions { TenantId = tenant, AuthorityHost = cloud.Authority }),
            AuthMethods.Msi => OfMachine(client),
            AuthMethods.DeviceCode => ByCode(tenant, client, cloud),
            AuthMethods.Interactive => ByBrowser(tenant, client, cloud),
            AuthMethods.VsCode => new VisualStudioCodeCredential(new VisualStudioCodeCredentialOptions { TenantId = tenant, AuthorityHost = cloud.Authority }),
            AuthMethods.PowerShell => new AzurePowerShellCredential(new AzurePowerShellCredentialOptions { TenantId = tenant, AuthorityHost = cloud.Authority }),
            AuthMethods.ClientSecret => await BySecretAsync(settings, tenant, client, cloud, cancellation).ConfigureAwait(false),
            AuthMethods.Certificate => await ByCertificateAsync(settings, tenant, client, cloud, cancellation).ConfigureAwait(false),
            _ => throw new CredentialUnavailableException("MSTICPy's store of tokens is not read; use cli and sign in with 'az login'."),
        };
    }

    // Ids may stand in a key vault as well.
    private async Task<string?> TextAsync(ConfiguredValue? value, CancellationToken cancellation) =>
        value is null ? null : await value.RevealAsync(Vaults, cancellation).ConfigureAwait(false);

    private CredentialUnavailableException Lacks(string method) =>
        new($"{method} needs TenantId and ClientId in the source's section of {_configuration.Path ?? "the configuration"}.");

    private async Task<TokenCredential> BySecretAsync(CredentialSettings settings, string? tenant, string? client, AzureCloud cloud, CancellationToken cancellation)
    {
        if (tenant is null || client is null)
        {
            throw Lacks(AuthMethods.ClientSecret);
        }

        ConfiguredValue secret = settings.ClientSecret ?? throw new CredentialUnavailableException("clientsecret needs ClientSecret in the source's section.");
        string text = await secret.RevealAsync(Vaults, cancellation).ConfigureAwait(false);
        return new ClientSecretCredential(tenant, client, text, new ClientSecretCredentialOptions { AuthorityHost = cloud.Authority });
    }

    private async Task<TokenCredential> ByCertificateAsync(CredentialSettings settings, string? tenant, string? client, AzureCloud cloud, CancellationToken cancellation)
    {
        if (tenant is null || client is null)
        {
            throw Lacks(AuthMethods.Certificate);
        }

        string path = settings.CertificatePath?.Text ?? throw new CredentialUnavailableException("certificate needs CertificatePath in the source's section.");
        string? password = settings.CertificatePassword is { } secret ? await secret.RevealAsync(Vaults, cancellation).ConfigureAwait(false) : null;
        return Certified(tenant, client, _configuration.Environment.FullPath(path), password, cloud);
    }

    // Outside Azure nobody answers at the address of a data centre's identities: that is found out soon.
    private static ManagedIdentityCredential OfMachine(string? client) => new(
        new ManagedIdentityCredentialOptions(client is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(client))
        {
            Retry = { MaxRetries = 1, NetworkTimeout = TimeSpan.FromSeconds(3) },
        });

    // Read through the configuration's environment, and not the process's, so that both agree on what is set.
    private TokenCredential OfEnvironment(string? tenant, AzureCloud cloud)
    {
        ConfigurationEnvironment environment = _configuration.Environment;
        string? own = environment.Value("AZURE_TENANT_ID") ?? tenant;
        string? client = environment.Value("AZURE_CLIENT_ID");
        if (own is null || client is null)
        {
            throw new CredentialUnavailableException("AZURE_CLIENT_ID and AZURE_TENANT_ID are not set.");
        }

        if (environment.Value("AZURE_CLIENT_SECRET") is { } secret)
        {
            return new ClientSecretCredential(own, client, secret, new ClientSecretCredentialOptions { AuthorityHost = cloud.Authority });
        }

        return environment.Value("AZURE_CLIENT_CERTIFICATE_PATH") is { } path
            ? Certified(own, client, environment.FullPath(path), environment.Value("AZURE_CLIENT_CERTIFICATE_PASSWORD"), cloud)
            : throw new CredentialUnavailableException("neither AZURE_CLIENT_SECRET nor AZURE_CLIENT_CERTIFICATE_PATH is set.");
    }

    private static TokenCredential Certified(string tenant, string client, string path, string? password, AzureCloud cloud)
    {
        if (!File.Exists(path))
        {
            throw new CredentialUnavailableException($"there is no certificate '{path}'.");
        }

        var options = new ClientCertificateCredentialOptions { AuthorityHost = cloud.Authority };
        return password is null
            ? new ClientCertificateCredential(tenant, client, path, options)
            : new ClientCertificateCredential(tenant, client, System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadPkcs12FromFile(path, password), options);
    }

    private DeviceCodeCredential ByCode(string? tenant, string? client, AzureCloud cloud)
    {
        if (_tell is not { } tell)
        {
            throw new CredentialUnavailableException("nobody is there to type a code.");
        }

        var options = new DeviceCodeCredentialOptions
        {
            TenantId = tenant,
            AuthorityHost = cloud.Authority,
            DeviceCodeCallback = (code, _) =>
            {
                tell(code.Message);
                return Task.CompletedTask;
            },
        };
        if (client is not null)
        {
            options.ClientId = client;
        }

        return new DeviceCodeCredential(options);
    }

    private InteractiveBrowserCredential ByBrowser(string? tenant, string? client, AzureCloud cloud)
    {
        if (_tell is null)
        {
            throw new CredentialUnavailableException("nobody is there to sign in with a browser.");
        }

        var options = new InteractiveBrowserCredentialOptions { TenantId = tenant, AuthorityHost = cloud.Authority };
        if (client is not null)
        {
            options.ClientId = client;
        }

        return new InteractiveBrowserCredential(options);
    }

    private async Task<string> ReadSecretAsync(string vault, string secret, CancellationToken cancellation)
    {
        KeyVaultSettings settings = _configuration.KeyVault;
        if (settings.TenantId is { Origin.Kind: OriginKind.KeyVault } circular)
        {
            throw new ConfigurationException($"{circular.Setting} ({circular.Origin}) is needed to reach any key vault, and cannot come from one. Write the tenant's id or domain.");
        }

        AzureCloud cloud = CloudOf(settings.Authority);
        Uri address = AddressOf(vault, cloud);
        try
        {
            var options = new SecretClientOptions { Retry = { MaxRetries = 2, NetworkTimeout = TimeSpan.FromSeconds(30) } };
            var client = new SecretClient(address, CredentialFor(new CredentialSettings { TenantId = settings.TenantId }, cloud), options);
            global::Azure.Response<KeyVaultSecret> answer = await client.GetSecretAsync(secret, cancellationToken: cancellation).ConfigureAwait(false);
            return answer.Value.Value;
        }
        catch (Exception error) when (error is global::Azure.RequestFailedException or AuthenticationFailedException or AggregateException or ArgumentException)
        {
            string todo = error is global::Azure.RequestFailedException { Status: 404 } ? "Check the secret's name." : "Check the vault's name, and that you may read its secrets (role Key Vault Secrets User).";
            throw new ConfigurationException($"The secret {secret} of key vault {address.Host} cannot be read: {Http.SecretText.Masked(error.Message.Split('\n')[0].Trim())} {todo}");
        }
    }

    // A vault is its name, or its whole address; an address that is none of the cloud's vaults gets no token.
    private static Uri AddressOf(string vault, AzureCloud cloud)
    {
        string text = vault.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? vault
            : vault.EndsWith($".{cloud.VaultSuffix}", StringComparison.OrdinalIgnoreCase) ? $"https://{vault}"
            : $"https://{vault}.{cloud.VaultSuffix}";
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Host.EndsWith($".{cloud.VaultSuffix}", StringComparison.OrdinalIgnoreCase) && address.UserInfo.Length == 0
            ? address
            : throw new ConfigurationException($"'{vault}' is no key vault of the cloud {cloud.Name}. Write the vault's name alone.");
    }
}
