using Quarry.Data.Sources.Azure;

namespace Quarry.Data.Configuration;

/// <summary>Looks for what will not work, or not as meant. Reads the file system, never a network.</summary>
internal sealed class ConfigurationCheck
{
    private readonly QuarryConfiguration _configuration;
    private readonly List<ConfigurationProblem> _problems;

    private ConfigurationCheck(QuarryConfiguration configuration)
    {
        _configuration = configuration;
        _problems = [.. configuration.ReadingProblems];
    }

    /// <summary>The problems, by line.</summary>
    public static IReadOnlyList<ConfigurationProblem> Of(QuarryConfiguration configuration)
    {
        var check = new ConfigurationCheck(configuration);
        if (configuration.Path is null)
        {
            string places = string.Join(" and ", QuarryConfiguration.Places(configuration.Environment));
            check.Note(ProblemSeverity.Hint, null, "", $"there is no {QuarryConfiguration.FileName} (looked at {places}); local files need none", "create one with: quarry config init");
            return check._problems;
        }

        check.Azure();
        check.Workspaces();
        check.Clusters();
        check.Defender();
        check.Folders();
        check.Secrets();
        return [.. check._problems.Distinct().OrderBy(problem => problem.Line ?? 0)];
    }

    private void Azure()
    {
        AzureSettings azure = _configuration.Azure;
        Cloud(azure.Cloud);
        Cloud(_configuration.KeyVault.Authority);
        Methods(azure.AuthMethods);
        Tenant(_configuration.KeyVault.TenantId);
    }

    private void Cloud(ConfiguredValue? cloud)
    {
        if (cloud?.Text is { } name && AzureCloud.Named(name) is null)
        {
            Note(ProblemSeverity.Error, cloud, $"there is no cloud '{name}'", Nearest(name, AzureCloud.Names));
        }
    }

    private void Methods(IEnumerable<ConfiguredValue> methods)
    {
        foreach (ConfiguredValue method in methods)
        {
            if (method.Text is { } name && AuthMethods.Canonical(name) is null)
            {
                Note(ProblemSeverity.Error, method, $"there is no way to sign in called '{name}'", Nearest(name, AuthMethods.All));
            }
            else if (method.Text is { } known && AuthMethods.Canonical(known) is AuthMethods.Cache)
            {
                Note(ProblemSeverity.Warning, method, "MSTICPy's store of tokens is not read", "add cli, and sign in with: az login");
            }
        }
    }

    private void Workspaces()
    {
        IReadOnlyList<WorkspaceSettings> all = _configuration.Workspaces;
        if (all.Count > 1 && all.All(one => one.Name != "Default"))
        {
            Note(ProblemSeverity.Warning, all[0].Line, "AzureSentinel.Workspaces", "there are several workspaces and none is called Default, so that each use has to name one", "call one of them Default");
        }

        foreach (WorkspaceSettings workspace in all)
        {
            string path = $"AzureSentinel.Workspaces.{workspace.Name}";
            if (workspace.WorkspaceId is null)
            {
                Note(ProblemSeverity.Error, workspace.Line, path, "has no WorkspaceId", "add the id that the workspace's page in Azure's portal shows");
            }

            if (workspace.Credentials.TenantId is null && workspace.Endpoint is null)
            {
                Note(ProblemSeverity.Warning, workspace.Line, path, "has no TenantId, so that the sign-in's own tenant is asked", "add the id of the tenant that the workspace is in");
            }

            Guid(workspace.WorkspaceId);
            Guid(workspace.SubscriptionId);
            Address(workspace.Endpoint);
            Credentials(workspace.Credentials);
        }
    }

    private void Clusters()
    {
        foreach (KustoClusterSettings cluster in _configuration.KustoClusters)
        {
            if (cluster.Cluster is null)
            {
                Note(ProblemSeverity.Error, cluster.Line, cluster.Name, "has no Cluster", "add Cluster: https://NAME.REGION.kusto.windows.net below Args");
            }

            if (cluster.Databases.Count == 0)
            {
                Note(ProblemSeverity.Hint, cluster.Line, cluster.Name, "names no database, so that each use has to", "add Database: NAME below Args");
            }

            Address(cluster.Cluster);
            Credentials(cluster.Credentials);
        }
    }

    private void Defender()
    {
        foreach (DefenderSettings tenant in _configuration.Defender)
        {
            Cloud(tenant.Cloud);
            Address(tenant.Endpoint);
            Credentials(tenant.Credentials);
        }
    }

    private void Credentials(CredentialSettings credentials)
    {
        Tenant(credentials.TenantId);
        Guid(credentials.ClientId);
        Methods(credentials.AuthMethods);
        if (credentials.ClientSecret is { } secret && credentials.ClientId is null)
        {
            Note(ProblemSeverity.Error, secret, "there is a ClientSecret and no ClientId", "add the id of the application beside it");
        }

        if (credentials.CertificatePath is { Text: { } path } certificate && !File.Exists(_configuration.Environment.FullPath(path)))
        {
            Note(ProblemSeverity.Error, certificate, $"there is no file '{path}'", "name the certificate's file (.pem or .pfx)");
        }
    }

    private void Folders()
    {
        IEnumerable<ConfiguredValue> folders = [.. _configuration.QueryFolders, .. _configuration.LocalData.DataPaths, .. _configuration.LocalData.QueryPaths];
        foreach (ConfiguredValue folder in folders)
        {
            if (folder.Text is { } path && !Directory.Exists(_configuration.Environment.FullPath(path)) && !File.Exists(_configuration.Environment.FullPath(path)))
            {
                Note(ProblemSeverity.Warning, folder, $"there is no folder '{path}'", "create it, or take the line out; a relative path starts from the working directory");
            }
        }
    }

    private void Secrets()
    {
        ConfiguredValue[] plain = [.. _configuration.Values.Where(value => value is { IsSecret: true, Origin.Kind: OriginKind.File })];
        foreach (ConfiguredValue secret in plain)
        {
            Note(ProblemSeverity.Hint, secret, "is a secret in plain text", "put it into an environment variable (EnvironmentVar: NAME) or a key vault (KeyVault: vault/secret)");
        }

        if (plain.Length > 0 && !OperatingSystem.IsWindows()
            && (File.GetUnixFileMode(_configuration.Path!) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0)
        {
            Note(ProblemSeverity.Warning, null, "", "the file holds secrets and others can read it", $"chmod 600 {_configuration.Path}");
        }
    }

    private void Guid(ConfiguredValue? value)
    {
        if (value?.Text is { } text && !System.Guid.TryParse(text, out _))
        {
            // Not repeated: what stands where an id belongs may be a secret that was pasted into the wrong line.
            Note(ProblemSeverity.Error, value, "is no id", "an id is 32 hexadecimal digits: 00000000-0000-0000-0000-000000000000");
        }
    }

    // A tenant may be named by its id or by one of its domains.
    private void Tenant(ConfiguredValue? value)
    {
        if (value?.Text is { } text && !System.Guid.TryParse(text, out _) && !(text.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(text) == UriHostNameType.Dns))
        {
            Note(ProblemSeverity.Error, value, "is no tenant", "write the tenant's id (32 hexadecimal digits) or its domain (contoso.onmicrosoft.com)");
        }
    }

    private void Address(ConfiguredValue? value)
    {
        if (value?.Text is not { } text)
        {
            return;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? address) || address.Scheme is not ("https" or "http"))
        {
            Note(ProblemSeverity.Error, value, "is no address", "write https://HOST, without more");
        }
        else if (address.Scheme == "http" && !address.IsLoopback)
        {
            Note(ProblemSeverity.Error, value, "is an address without encryption that is not on this machine", "write https://");
        }
    }

    private static string Nearest(string name, IReadOnlyList<string> names) =>
        NearestName.Of(name, names) is { } near ? $"did you mean {near}? There are: {string.Join(", ", names)}" : $"there are: {string.Join(", ", names)}";

    private void Note(ProblemSeverity severity, ConfiguredValue at, string message, string remedy) => Note(severity, at.Origin.Line, at.Setting, message, remedy);

    private void Note(ProblemSeverity severity, int? line, string setting, string message, string remedy) =>
        _problems.Add(new ConfigurationProblem(severity, line, setting, message, remedy));
}
