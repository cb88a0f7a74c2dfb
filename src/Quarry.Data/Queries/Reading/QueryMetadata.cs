namespace Quarry.Data.Queries.Reading;

/// <summary>What is said of a query: by itself, by the defaults, by the file. What is nearer goes first.</summary>
/// <param name="layers">From the nearest.</param>
internal sealed class QueryMetadata(IReadOnlyList<YamlMapping?> layers)
{
    /// <summary>The value of a key; null where nobody says it.</summary>
    public YamlNode? this[string key] => layers.Select(layer => layer?[key]).FirstOrDefault(value => value is not null);
}
