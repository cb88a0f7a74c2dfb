using System.Text;
using Quarry.Data.Configuration.Yaml;

namespace Quarry.Data.Configuration;

/// <summary>A configuration to be written: a commented file that MSTICPy reads as well.</summary>
public sealed record ConfigurationDraft
{
    /// <summary>The name of the workspace in the file. Default: <c>Default</c>, which is taken where none is named.</summary>
    public string Name { get; init; } = "Default";

    /// <summary>The workspace's id; null for no workspace.</summary>
    public string? WorkspaceId { get; init; }

    /// <summary>The tenant: its id or its domain.</summary>
    public string? TenantId { get; init; }

    /// <summary>The subscription's id.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>The resource group.</summary>
    public string? ResourceGroup { get; init; }

    /// <summary>The workspace's name in Azure.</summary>
    public string? WorkspaceName { get; init; }

    /// <summary>The address of a server that answers in place of the cloud's.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The cloud. Default: <c>global</c>.</summary>
    public string Cloud { get; init; } = "global";

    /// <summary>The ways to sign in, in order; empty for the usual ones.</summary>
    public IReadOnlyList<string> AuthMethods { get; init; } = [];

    /// <summary>Folders with query definitions.</summary>
    public IReadOnlyList<string> QueryFolders { get; init; } = [];

    /// <summary>Folders with data files.</summary>
    public IReadOnlyList<string> DataFolders { get; init; } = [];

    /// <summary>The address of a cluster of Azure Data Explorer; null for none.</summary>
    public string? KustoCluster { get; init; }

    /// <summary>The cluster's database.</summary>
    public string? KustoDatabase { get; init; }

    /// <summary>The file's text.</summary>
    public string ToYaml()
    {
        var text = new StringBuilder();
        text.Append("""
            # Configuration of Quarry, in the form of MSTICPy's msticpyconfig.yaml: both read it.
            # It is looked for at $MSTICPYCONFIG, in the working directory, and in ~/.msticpy.
            # See what is taken from it with: quarry config show. Look for mistakes with: quarry config check.
            # Keep secrets out of it: in place of a value, write EnvironmentVar: NAME, or KeyVault: vault/secret, on a line of its own below the key.


            """.ReplaceLineEndings("\n"));
        Workspace(text);
        text.Append("Azure:\n  # global, usgov, dod or cn.\n");
        Line(text, 2, "cloud", Cloud);
        IReadOnlyList<string> methods = AuthMethods.Count > 0 ? AuthMethods : Sources.Azure.AuthMethods.Usual;
        text.Append($"  # Ways to sign in, in the order they are tried: {string.Join(", ", Sources.Azure.AuthMethods.All)}.\n");
        text.Append($"  auth_methods: [{string.Join(", ", methods.Select(Quoted))}]\n\n");
        List(text, "QueryDefinitions:", "Folders with your own query definitions.", "  Custom:", QueryFolders, "./queries");
        Providers(text);
        return text.ToString();
    }

    /// <summary>Writes the file, for its owner alone to read.</summary>
    /// <param name="path">Where; a folder that is not there is made.</param>
    /// <param name="force">Whether what stands there is replaced.</param>
    /// <exception cref="ConfigurationException">Something stands there, or it cannot be written.</exception>
    public void Write(string path, bool force = false)
    {
        string full = Path.GetFullPath(path);
        if (!force && (File.Exists(full) || Directory.Exists(full)))
        {
            throw Exists(path);
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        string temporary = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{Path.GetRandomFileName()}.tmp");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            using (var writer = new StreamWriter(temporary, new UTF8Encoding(false), options))
            {
                writer.Write(ToYaml());
            }

            // Another may have written it meanwhile: without force, moving fails then.
            File.Move(temporary, full, force);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw File.Exists(full) && !force ? Exists(path) : new ConfigurationException($"Cannot write '{path}': {error.Message}");
        }
    }

    /// <summary>What is wrong with it, before it is written.</summary>
    /// <param name="environment">Where its folders are looked for.</param>
    public IReadOnlyList<ConfigurationProblem> Check(ConfigurationEnvironment environment) =>
        ConfigurationSections.Of(YamlTree.Of("draft", ToYaml()), "draft", environment).Check();

    private static ConfigurationException Exists(string path) =>
        new($"'{path}' is there already, and stays as it is. Write elsewhere (-o FILE), or replace it (--force).");

    private void Workspace(StringBuilder text)
    {
        string comment = WorkspaceId is null ? "# " : "";
        text.Append("# Workspaces of Microsoft Sentinel (Log Analytics). The one called Default is taken where none is named.\n");
        text.Append($"{comment}AzureSentinel:\n{comment}  Workspaces:\n{comment}    {Quoted(Name)}:\n");
        text.Append($"{comment}      # Both ids are on the workspace's page in Azure's portal.\n");
        Line(text, 6, "WorkspaceId", WorkspaceId ?? "00000000-0000-0000-0000-000000000000", comment);
        Line(text, 6, "TenantId", TenantId ?? "00000000-0000-0000-0000-000000000000", TenantId is null ? "# " : comment);
        Line(text, 6, "SubscriptionId", SubscriptionId, comment);
        Line(text, 6, "ResourceGroup", ResourceGroup, comment);
        Line(text, 6, "WorkspaceName", WorkspaceName, comment);
        Line(text, 6, "Endpoint", Endpoint, comment);
        text.Append('\n');
    }

    private void Providers(StringBuilder text)
    {
        text.Append("# Further sources.\n");
        bool hasAny = KustoCluster is not null || DataFolders.Count > 0;
        text.Append(hasAny ? "DataProviders:\n" : "# DataProviders:\n");
        string comment = KustoCluster is null ? "# " : "";
        text.Append($"{comment}  Kusto:\n{comment}    Args:\n");
        Line(text, 6, "Cluster", KustoCluster ?? "https://NAME.REGION.kusto.windows.net", comment);
        Line(text, 6, "Database", KustoDatabase ?? "NAME", KustoDatabase is null ? "# " : comment);
        text.Append(DataFolders.Count == 0
            ? "#   LocalData:\n#     data_paths:\n#       - ./logs\n"
            : $"  LocalData:\n    data_paths:\n{string.Concat(DataFolders.Select(folder => $"      - {Quoted(folder)}\n"))}");
        text.Append("""
            #   MicrosoftDefender:
            #     Args:
            #       TenantId: "00000000-0000-0000-0000-000000000000"
            #       ClientId: "00000000-0000-0000-0000-000000000000"
            #       ClientSecret:
            #         EnvironmentVar: DEFENDER_SECRET

            """.ReplaceLineEndings("\n"));
    }

    private static void List(StringBuilder text, string section, string comment, string key, IReadOnlyList<string> items, string example)
    {
        string hidden = items.Count == 0 ? "# " : "";
        text.Append($"# {comment}\n{hidden}{section}\n{hidden}{key}\n");
        foreach (string item in items.DefaultIfEmpty(example))
        {
            text.Append($"{hidden}    - {Quoted(item)}\n");
        }

        text.Append('\n');
    }

    private static void Line(StringBuilder text, int indent, string key, string? value, string comment = "")
    {
        if (value is not null)
        {
            text.Append(comment).Append(' ', indent).Append($"{key}: {Quoted(value)}\n");
        }
    }

    // Between double quotes every text is itself, once these are escaped: no value becomes structure of the file.
    private static string Quoted(string value)
    {
        var text = new StringBuilder("\"");
        foreach (char c in value)
        {
            text.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                _ when char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' => $"\\u{(int)c:X4}",
                _ => c.ToString(),
            });
        }

        return text.Append('"').ToString();
    }
}
