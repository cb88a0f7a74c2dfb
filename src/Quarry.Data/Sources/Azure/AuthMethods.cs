namespace Quarry.Data.Sources.Azure;

/// <summary>The ways to sign in, by MSTICPy's names for them.</summary>
internal static class AuthMethods
{
    /// <summary>An application whose id and secret, or certificate, are in environment variables (<c>AZURE_CLIENT_ID</c> …).</summary>
    public const string Env = "env";

    /// <summary>The user of <c>az login</c>.</summary>
    public const string Cli = "cli";

    /// <summary>The identity of the machine in Azure.</summary>
    public const string Msi = "msi";

    /// <summary>A code that a person types into a page, on any machine.</summary>
    public const string DeviceCode = "devicecode";

    /// <summary>A browser on this machine.</summary>
    public const string Interactive = "interactive";

    /// <summary>The user of Visual Studio Code.</summary>
    public const string VsCode = "vscode";

    /// <summary>The user of <c>Connect-AzAccount</c>.</summary>
    public const string PowerShell = "powershell";

    /// <summary>An application with the secret of its section.</summary>
    public const string ClientSecret = "clientsecret";

    /// <summary>An application with the certificate of its section.</summary>
    public const string Certificate = "certificate";

    /// <summary>MSTICPy's own store of tokens, which is not read here.</summary>
    public const string Cache = "cache";

    /// <summary>All that can be named.</summary>
    public static readonly IReadOnlyList<string> All = [Env, Cli, Msi, DeviceCode, Interactive, VsCode, PowerShell, ClientSecret, Certificate];

    /// <summary>What is tried where nothing is named: what takes no person first, and what waits for the network of a data centre late.</summary>
    public static readonly IReadOnlyList<string> Usual = [Env, Cli, Msi, DeviceCode];

    /// <summary>A way by any of its names; null where there is none of that name.</summary>
    public static string? Canonical(string name) => name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant() switch
    {
        "environment" or Env => Env,
        "azcli" or Cli => Cli,
        "managedidentity" or Msi => Msi,
        "device" or DeviceCode => DeviceCode,
        "browser" or Interactive => Interactive,
        "msalcache" or "sharedcache" or Cache => Cache,
        "secret" or ClientSecret => ClientSecret,
        var plain when All.Contains(plain) => plain,
        _ => null,
    };
}
