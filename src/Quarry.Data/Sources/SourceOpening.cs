using Quarry.Data.Configuration;
using Quarry.Data.Sources.Defender;
using Quarry.Data.Sources.Http;
using Quarry.Data.Sources.Kusto;
using Quarry.Data.Sources.Local;
using Quarry.Data.Sources.Sentinel;

namespace Quarry.Data.Sources;

/// <summary>Makes the source that a configuration and a person mean.</summary>
internal static class SourceOpening
{
    /// <summary>A source; it is not asked anything yet.</summary>
    public static IQuerySource Open(SourceKind kind, ConnectionTarget target, QueryProviderOptions options, Lazy<QuarryConfiguration> configuration) => kind switch
    {
        SourceKind.Local => OpenLocal(options, configuration),
        SourceKind.Sentinel => SentinelSource.Open(configuration.Value, target.Workspaces, Service(options), options.Tell),
        SourceKind.Defender => DefenderSource.Open(configuration.Value, target.Tenant, Service(options), options.Tell),
        SourceKind.Kusto => KustoOpening.Open(configuration.Value, target, Service(options), options.Tell),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of source."),
    };

    private static ServiceOptions Service(QueryProviderOptions options) => new() { Credential = options.Credential, Transport = options.Transport };

    /// <summary>Folders of the configuration; those that are not there are passed over, as <c>quarry config check</c> names them.</summary>
    public static IEnumerable<string> Paths(QuarryConfiguration configuration, IEnumerable<ConfiguredValue> values) =>
        values.Select(value => value.Text).OfType<string>().Select(configuration.Environment.FullPath).Where(Path.Exists);

    private static LocalSource OpenLocal(QueryProviderOptions options, Lazy<QuarryConfiguration> configuration)
    {
        string[] folders = options.DataPaths.Count > 0 ? [.. options.DataPaths] : [.. Paths(configuration.Value, configuration.Value.LocalData.DataPaths)];
        return folders.Length > 0
            ? LocalSource.OfFolders(folders, options.Engine)
            : throw new QuarryException("LocalData has no folder: give one (DataPaths), or name it in the configuration under DataProviders.LocalData.Args.data_paths.");
    }
}
