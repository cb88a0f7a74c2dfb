namespace Quarry.Data.Configuration;

/// <summary>The section <c>DataProviders.LocalData</c>.</summary>
public sealed record LocalDataSettings
{
    /// <summary>Folders with data files.</summary>
    public IReadOnlyList<ConfiguredValue> DataPaths { get; init; } = [];

    /// <summary>Folders with definitions of queries over them.</summary>
    public IReadOnlyList<ConfiguredValue> QueryPaths { get; init; } = [];
}
