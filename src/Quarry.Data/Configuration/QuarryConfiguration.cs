namespace Quarry.Data.Configuration;

/// <summary>
/// What a <c>msticpyconfig.yaml</c> says of the sources that Quarry reads. Sections of other tools are kept in the file and
/// passed over. Nothing here is asked over a network: a secret of a key vault is read when it is needed.
/// </summary>
public sealed class QuarryConfiguration
{
    /// <summary>The file's usual name.</summary>
    public const string FileName = "msticpyconfig.yaml";

    /// <summary>The environment variable that names the file.</summary>
    public const string PathVariable = "MSTICPYCONFIG";

    internal QuarryConfiguration(string? path, ConfigurationEnvironment environment)
    {
        Path = path;
        Environment = environment;
    }

    /// <summary>The file; null where there is none.</summary>
    public string? Path { get; }

    /// <summary>Workspaces of Sentinel, in the file's order.</summary>
    public IReadOnlyList<WorkspaceSettings> Workspaces { get; internal init; } = [];

    /// <summary>Cloud and ways to sign in.</summary>
    public required AzureSettings Azure { get; init; }

    /// <summary>Folders with query definitions of the user's.</summary>
    public IReadOnlyList<ConfiguredValue> QueryFolders { get; internal init; } = [];

    /// <summary>Clusters of Azure Data Explorer, in the file's order.</summary>
    public IReadOnlyList<KustoClusterSettings> KustoClusters { get; internal init; } = [];

    /// <summary>Tenants of Defender XDR, in the file's order.</summary>
    public IReadOnlyList<DefenderSettings> Defender { get; internal init; } = [];

    /// <summary>Folders of local data.</summary>
    public LocalDataSettings LocalData { get; internal init; } = new();

    /// <summary>Where secrets are that the file does not hold.</summary>
    public KeyVaultSettings KeyVault { get; internal init; } = new();

    /// <summary>Every value that Quarry took, in the order of the sections; secrets show as a mask.</summary>
    public IReadOnlyList<ConfiguredValue> Values { get; internal init; } = [];

    /// <summary>Sections of the file that Quarry passes over, with their lines.</summary>
    public IReadOnlyList<(string Section, int Line)> OtherSections { get; internal init; } = [];

    /// <summary>What it was read in.</summary>
    public ConfigurationEnvironment Environment { get; }

    /// <summary>What reading it brought to light.</summary>
    internal IReadOnlyList<ConfigurationProblem> ReadingProblems { get; init; } = [];

    /// <summary>The first value that is of another kind than it has to be.</summary>
    internal ConfigurationProblem? FirstWrongType { get; init; }

    /// <summary>
    /// Reads the configuration: the file at <paramref name="path"/>, else the one that <c>MSTICPYCONFIG</c> names, else
    /// <c>msticpyconfig.yaml</c> in the working directory, else in <c>~/.msticpy</c>; where there is none, an empty one.
    /// </summary>
    /// <param name="path">The file; null to look for it.</param>
    /// <param name="environment">Variables and folders; null for the process's.</param>
    /// <exception cref="ConfigurationException">The named file is not there, or what it says cannot be read; the message names the line.</exception>
    public static QuarryConfiguration Load(string? path = null, ConfigurationEnvironment? environment = null)
    {
        QuarryConfiguration read = Read(path, environment ?? ConfigurationEnvironment.OfProcess);
        return read.FirstWrongType is { } wrong
            ? throw new ConfigurationException(read.Path!, wrong.Line, $"({wrong.Setting}) {wrong.Message}: {wrong.Remedy}.")
            : read;
    }

    /// <summary>Reads the configuration and tells everything that is wrong with it, also with a file that <see cref="Load"/> refuses.</summary>
    /// <param name="path">The file; null to look for it.</param>
    /// <param name="environment">Variables and folders; null for the process's.</param>
    /// <returns>The problems, by line; none where all is well.</returns>
    public static IReadOnlyList<ConfigurationProblem> Check(string? path = null, ConfigurationEnvironment? environment = null)
    {
        try
        {
            return Read(path, environment ?? ConfigurationEnvironment.OfProcess).Check();
        }
        catch (ConfigurationException error)
        {
            return [new ConfigurationProblem(ProblemSeverity.Error, error.Line, "", error.Message, "mend this first: nothing else could be read")];
        }
    }

    /// <summary>Everything that is wrong with this configuration, by line: the fault, and what to do.</summary>
    public IReadOnlyList<ConfigurationProblem> Check() => ConfigurationCheck.Of(this);

    /// <summary>A workspace by its name in the file, by its name in Azure, or by its id; letter case aside.</summary>
    /// <param name="name">The name; null for the one called <c>Default</c>, or the only one.</param>
    /// <exception cref="ConfigurationException">There is none; the message names the nearest.</exception>
    public WorkspaceSettings Workspace(string? name = null) => Choose(
        Workspaces,
        name ?? "Default",
        name is null,
        workspace => workspace.Name,
        workspace => [workspace.WorkspaceName?.Text, workspace.WorkspaceId?.Text],
        "workspace",
        "AzureSentinel.Workspaces");

    /// <summary>A cluster by its name in the file, its address, or its host's name; letter case aside.</summary>
    /// <param name="name">The name; null for the only one, or the section <c>Kusto</c>.</param>
    /// <exception cref="ConfigurationException">There is none; the message names the nearest.</exception>
    public KustoClusterSettings KustoCluster(string? name = null) => Choose(
        KustoClusters,
        name ?? "Kusto",
        name is null,
        cluster => cluster.Name,
        cluster => [cluster.Cluster?.Text?.TrimEnd('/'), HostOf(cluster), HostOf(cluster)?.Split('.')[0]],
        "Kusto cluster",
        "KustoClusters or DataProviders.Kusto");

    /// <summary>The settings of a tenant of Defender by the instance's name; letter case aside. Without any, those of the section <c>Azure</c> alone.</summary>
    /// <param name="name">The name; null for the one without a name, or the only one.</param>
    /// <exception cref="ConfigurationException">There is none of that name; the message names the nearest.</exception>
    public DefenderSettings DefenderTenant(string? name = null) => name is null && Defender.Count == 0
        ? new DefenderSettings("Default")
        : Choose(Defender, name ?? "Default", name is null, tenant => tenant.Name, tenant => [tenant.Credentials.TenantId?.Text], "Defender tenant", "DataProviders.MicrosoftDefender");

    /// <summary>The places that are looked at for the file, in order, without one that is named.</summary>
    public static IReadOnlyList<string> Places(ConfigurationEnvironment environment) =>
    [
        System.IO.Path.Combine(environment.WorkingDirectory, FileName),
        System.IO.Path.Combine(environment.HomeDirectory, ".msticpy", FileName),
    ];

    /// <summary>Reads without complaint of wrong types, which are among the problems.</summary>
    internal static QuarryConfiguration Read(string? path, ConfigurationEnvironment environment) =>
        ConfigurationSections.Read(Locate(path, environment), environment);

    private static string? Locate(string? path, ConfigurationEnvironment environment)
    {
        if (path is not null)
        {
            string full = environment.FullPath(path);
            return File.Exists(full) ? full : throw new ConfigurationException($"There is no file '{path}'. Name the configuration, or create one with: quarry config init");
        }

        if (environment.Value(PathVariable) is { } named)
        {
            string full = environment.FullPath(named);
            return File.Exists(full) ? full : throw new ConfigurationException($"{PathVariable} names '{named}', and no file is there. Set it to the configuration's path, or unset it.");
        }

        return Places(environment).FirstOrDefault(File.Exists);
    }

    private T Choose<T>(IReadOnlyList<T> all, string name, bool isDefault, Func<T, string> nameOf, Func<T, string?[]> others, string what, string section)
        where T : class
    {
        T? found = all.FirstOrDefault(one => nameOf(one) == name)
            ?? Single(all, one => string.Equals(nameOf(one), name, StringComparison.OrdinalIgnoreCase))
            ?? all.FirstOrDefault(one => others(one).Any(other => string.Equals(other, name.TrimEnd('/'), StringComparison.OrdinalIgnoreCase)));
        if (found is not null || (isDefault && all.Count == 1))
        {
            return found ?? all[0];
        }

        string[] names = [.. all.Select(nameOf)];
        string listed = string.Join(", ", names);
        string where = Path is null
            ? $"no {FileName} was found (looked at {string.Join(" and ", Places(Environment))})"
            : $"{Path} has none in {section}";
        throw new ConfigurationException(names.Length == 0 ? $"There is no {what}: {where}. Create one with: quarry config init"
            : isDefault ? $"Which {what}? {Path} has {listed}, and none of them is called {name}. Name one."
            : NearestName.Of(name, names) is { } near ? $"There is no {what} '{name}' in {Path}. Did you mean '{near}'? There are: {listed}."
            : $"There is no {what} '{name}' in {Path}. There are: {listed}.");
    }

    private static T? Single<T>(IReadOnlyList<T> all, Func<T, bool> condition)
        where T : class
    {
        T[] found = [.. all.Where(condition).Take(2)];
        return found.Length == 1 ? found[0] : null;
    }

    private static string? HostOf(KustoClusterSettings cluster) =>
        Uri.TryCreate(cluster.Cluster?.Text, UriKind.Absolute, out Uri? address) ? address.Host : null;
}
