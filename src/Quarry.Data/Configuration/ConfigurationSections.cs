using Quarry.Data.Configuration.Yaml;
using Quarry.Data.Sources.Azure;

namespace Quarry.Data.Configuration;

/// <summary>Makes settings of a file's sections. Keys and their meanings are MSTICPy's, from its documentation.</summary>
internal static class ConfigurationSections
{
    private const string Kusto = "Kusto";
    private const string Clusters = "KustoClusters";
    private const string ClusterDefaults = "ClusterDefaults";
    private const string ClusterGroups = "ClusterGroups";
    private const string Providers = "DataProviders";
    private const string DefenderProvider = "MicrosoftDefender";

    private static readonly string[] Used = ["AzureSentinel", "Azure", "QueryDefinitions", Providers, Clusters, "KeyVault"];

    /// <summary>Keys of a workspace that mean something to Quarry or to MSTICPy.</summary>
    public static readonly string[] WorkspaceKeys =
        ["WorkspaceId", "TenantId", "SubscriptionId", "ResourceGroup", "WorkspaceName", "WorkspaceTenantId", "Endpoint", "Args", "ClientId", "ClientSecret"];

    /// <summary>Reads a file; null gives an empty configuration.</summary>
    public static QuarryConfiguration Read(string? path, ConfigurationEnvironment environment)
    {
        var reader = new SettingReader(path ?? "", environment);
        YamlNode? root = path is null ? null : YamlTree.Read(path);
        YamlMapping? file = root is null ? null : reader.Section(root, "the file");
        KeyVaultSettings vault = Vault(reader, file);
        reader.VaultName = vault.VaultName?.Text ?? "";
        IReadOnlyList<WorkspaceSettings> workspaces = Workspaces(reader, file);
        AzureSettings azure = Azure(reader, file);
        IReadOnlyList<ConfiguredValue> folders = reader.List(reader.Section(file, "QueryDefinitions", ""), "Custom", "QueryDefinitions");
        YamlMapping? providers = reader.Section(file, Providers, "");
        IReadOnlyList<KustoClusterSettings> clusters = [.. OldClusters(reader, providers), .. NewClusters(reader, reader.Section(file, Clusters, ""), Clusters)];
        return new QuarryConfiguration(path, environment)
        {
            Azure = azure,
            KeyVault = vault,
            Workspaces = workspaces,
            QueryFolders = folders,
            KustoClusters = clusters,
            Defender = Defender(reader, providers),
            LocalData = Local(reader, providers),
            OtherSections = Others(file, providers),
            Values = [.. reader.Values.DistinctBy(value => (value.Setting, value.Origin, value.Origin.Kind == OriginKind.Default ? value.Text : null))],
            ReadingProblems = reader.Problems,
            FirstWrongType = reader.FirstWrongType,
        };
    }

    private static KeyVaultSettings Vault(SettingReader reader, YamlMapping? file)
    {
        YamlMapping? section = reader.Section(file, "KeyVault", "");
        return new KeyVaultSettings
        {
            VaultName = reader.Value(section, "VaultName", "KeyVault"),
            TenantId = reader.Value(section, "TenantId", "KeyVault"),
            Authority = reader.Value(section, "Authority", "KeyVault"),
        };
    }

    private static AzureSettings Azure(SettingReader reader, YamlMapping? file)
    {
        YamlMapping? section = reader.Section(file, "Azure", "");
        ConfiguredValue? cloud = reader.Value(section, "cloud", "Azure");
        IReadOnlyList<ConfiguredValue> methods = reader.List(section, "auth_methods", "Azure");
        if (cloud is null)
        {
            cloud = new ConfiguredValue("Azure.cloud", "global", ValueOrigin.Default);
            reader.Values.Add(cloud);
        }

        if (methods.Count == 0)
        {
            methods = [.. AuthMethods.Usual.Select(method => new ConfiguredValue("Azure.auth_methods", method, ValueOrigin.Default))];
            reader.Values.AddRange(methods);
        }

        return new AzureSettings { Cloud = cloud, AuthMethods = methods };
    }

    private static List<WorkspaceSettings> Workspaces(SettingReader reader, YamlMapping? file)
    {
        const string Path = "AzureSentinel.Workspaces";
        YamlMapping? all = reader.Section(reader.Section(file, "AzureSentinel", ""), "Workspaces", "AzureSentinel");
        var workspaces = new List<WorkspaceSettings>();
        foreach (YamlEntry entry in all?.Entries ?? [])
        {
            string path = SettingReader.Join(Path, entry.Key);
            if (reader.Section(entry.Value, path) is { } section)
            {
                workspaces.Add(Workspace(reader, entry, section, path));
            }
            else if (entry.Value.IsNull)
            {
                reader.Note(ProblemSeverity.Warning, entry.Line, path, "is empty", "give it WorkspaceId and TenantId, or take it out");
            }
        }

        return workspaces;
    }

    private static WorkspaceSettings Workspace(SettingReader reader, YamlEntry entry, YamlMapping section, string path)
    {
        foreach (YamlEntry unknown in section.Entries.Where(one => !WorkspaceKeys.Any(key => YamlMapping.SameName(key, one.Key))))
        {
            string hint = NearestName.Of(unknown.Key, WorkspaceKeys) is { } near ? $"did you mean {near}?" : $"known are {string.Join(", ", WorkspaceKeys[..7])}";
            reader.Note(ProblemSeverity.Hint, unknown.Line, SettingReader.Join(path, unknown.Key), "is no key of a workspace that Quarry knows; it is passed over", hint);
        }

        return new WorkspaceSettings(entry.Key, entry.Line)
        {
            WorkspaceId = reader.Value(section, "WorkspaceId", path),
            SubscriptionId = reader.Value(section, "SubscriptionId", path),
            ResourceGroup = reader.Value(section, "ResourceGroup", path),
            WorkspaceName = reader.Value(section, "WorkspaceName", path),
            Endpoint = reader.Value(section, "Endpoint", path),
            Credentials = Credentials(reader, [(section, path), (reader.Section(section, "Args", path), $"{path}.Args")]),
        };
    }

    // DataProviders: Kusto: Args: … and Kusto-name: Args: …; Kusto may also hold clusters in the newer form.
    private static IEnumerable<KustoClusterSettings> OldClusters(SettingReader reader, YamlMapping? providers)
    {
        foreach (YamlEntry entry in InstancesOf(providers, Kusto))
        {
            string path = $"{Providers}.{entry.Key}";
            if (reader.Section(entry.Value, path) is not { } section)
            {
                continue;
            }

            if (section.Find("Args") is null && section.Find("Cluster") is null)
            {
                foreach (KustoClusterSettings cluster in NewClusters(reader, section, path))
                {
                    yield return cluster;
                }
            }
            else
            {
                yield return Cluster(reader, new YamlEntry(InstanceName(entry.Key, Kusto, Kusto), section, entry.Line, entry.Column), section, path, (null, ""), []);
            }
        }
    }

    private static IEnumerable<KustoClusterSettings> NewClusters(SettingReader reader, YamlMapping? all, string path)
    {
        YamlMapping? defaults = reader.Section(all, ClusterDefaults, path);
        YamlMapping? usual = reader.Section(defaults, "Args", $"{path}.{ClusterDefaults}") ?? defaults;
        List<(string Group, ConfiguredValue Member)> groups = Groups(reader, reader.Section(all, ClusterGroups, path), $"{path}.{ClusterGroups}");
        foreach (YamlEntry entry in all?.Entries.Where(one => one.Key is not (ClusterDefaults or ClusterGroups)) ?? [])
        {
            string of = $"{path}.{entry.Key}";
            if (reader.Section(entry.Value, of) is { } section)
            {
                yield return Cluster(reader, entry, section, of, (usual, $"{path}.{ClusterDefaults}.Args"), groups);
            }
        }
    }

    private static List<(string Group, ConfiguredValue Member)> Groups(SettingReader reader, YamlMapping? section, string path) =>
        [.. (section?.Entries ?? []).SelectMany(group => reader.List(section, group.Key, path).Select(member => (group.Key, member)))];

    private static KustoClusterSettings Cluster(
        SettingReader reader, YamlEntry entry, YamlMapping section, string path, (YamlMapping?, string) usual, List<(string Group, ConfiguredValue Member)> groups)
    {
        (YamlMapping?, string)[] places = [(reader.Section(section, "Args", path), $"{path}.Args"), (section, path), usual];
        ConfiguredValue? cluster = First(reader, places, "Cluster");
        ConfiguredValue[] databases = [.. new[] { "Database", "Databases", "DefaultDatabase" }.SelectMany(key => AllOf(reader, places, key))];
        IEnumerable<ConfiguredValue> belongs = groups
            .Where(one => string.Equals(one.Member.Text, entry.Key, StringComparison.OrdinalIgnoreCase) || SameAddress(one.Member.Text, cluster?.Text))
            .Select(one => new ConfiguredValue(one.Member.Setting, one.Group, one.Member.Origin));
        return new KustoClusterSettings(entry.Key, entry.Line)
        {
            Cluster = cluster,
            Databases = databases,
            Groups = [.. AllOf(reader, places, ClusterGroups), .. belongs],
            Credentials = Credentials(reader, places),
        };
    }

    private static List<DefenderSettings> Defender(SettingReader reader, YamlMapping? providers)
    {
        var tenants = new List<DefenderSettings>();
        foreach (YamlEntry entry in InstancesOf(providers, DefenderProvider))
        {
            string path = $"{Providers}.{entry.Key}";
            if (reader.Section(entry.Value, path) is not { } section)
            {
                continue;
            }

            (YamlMapping?, string)[] places = [(reader.Section(section, "Args", path), $"{path}.Args"), (section, path)];
            tenants.Add(new DefenderSettings(InstanceName(entry.Key, DefenderProvider, "Default"), entry.Line)
            {
                Cloud = First(reader, places, "Cloud"),
                Endpoint = First(reader, places, "Endpoint"),
                Credentials = Credentials(reader, places),
            });
        }

        return tenants;
    }

    private static LocalDataSettings Local(SettingReader reader, YamlMapping? providers)
    {
        const string Path = $"{Providers}.LocalData";
        YamlMapping? section = reader.Section(providers, "LocalData", Providers);
        (YamlMapping?, string)[] places = [(section, Path), (reader.Section(section, "Args", Path), $"{Path}.Args")];
        return new LocalDataSettings { DataPaths = AllOf(reader, places, "data_paths"), QueryPaths = AllOf(reader, places, "query_paths") };
    }

    private static CredentialSettings Credentials(SettingReader reader, (YamlMapping?, string)[] places) => new()
    {
        TenantId = First(reader, places, "TenantId"),
        ClientId = First(reader, places, "ClientId"),
        ClientSecret = First(reader, places, "ClientSecret", isSecret: true),
        CertificatePath = First(reader, places, "CertificatePath") ?? First(reader, places, "Certificate"),
        CertificatePassword = First(reader, places, "CertificatePassword", isSecret: true) ?? First(reader, places, "Password", isSecret: true),
        AuthMethods = AllOf(reader, places, "auth_methods") is { Count: > 0 } methods ? methods : AllOf(reader, places, "auth_types"),
    };

    private static ConfiguredValue? First(SettingReader reader, (YamlMapping? Section, string Path)[] places, string key, bool isSecret = false) =>
        places.Select(place => reader.Value(place.Section, key, place.Path, isSecret)).FirstOrDefault(value => value is not null);

    private static IReadOnlyList<ConfiguredValue> AllOf(SettingReader reader, (YamlMapping? Section, string Path)[] places, string key) =>
        places.Select(place => reader.List(place.Section, key, place.Path)).FirstOrDefault(values => values.Count > 0) ?? [];

    private static IEnumerable<YamlEntry> InstancesOf(YamlMapping? providers, string name) =>
        providers?.Entries.Where(entry => entry.Key == name || entry.Key.StartsWith($"{name}-", StringComparison.Ordinal)) ?? [];

    private static string InstanceName(string key, string provider, string unnamed) => key == provider ? unnamed : key[(provider.Length + 1)..];

    private static bool SameAddress(string? left, string? right) => left is not null && string.Equals(left.TrimEnd('/'), right?.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);

    private static List<(string Section, int Line)> Others(YamlMapping? file, YamlMapping? providers)
    {
        List<(string Section, int Line)> others = [.. (file?.Entries ?? []).Where(one => !Used.Any(key => YamlMapping.SameName(key, one.Key))).Select(one => (one.Key, one.Line))];
        IEnumerable<YamlEntry> taken = [.. InstancesOf(providers, Kusto), .. InstancesOf(providers, DefenderProvider)];
        others.AddRange((providers?.Entries ?? []).Where(one => !taken.Contains(one) && !YamlMapping.SameName("LocalData", one.Key)).Select(one => ($"{Providers}.{one.Key}", one.Line)));
        return others;
    }
}
