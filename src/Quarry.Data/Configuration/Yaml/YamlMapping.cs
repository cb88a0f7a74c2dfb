namespace Quarry.Data.Configuration.Yaml;

/// <summary>Keys with values.</summary>
/// <param name="Entries">They, in the file's order; no key is there twice.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Column">Its column, from 1.</param>
internal sealed record YamlMapping(IReadOnlyList<YamlEntry> Entries, int Line, int Column) : YamlNode(Line, Column)
{
    /// <inheritdoc/>
    public override string Kind => "a section";

    /// <summary>The entry of a key: the one written exactly so, else one that differs in letter case or underscores only (<c>client_id</c>, <c>ClientId</c>).</summary>
    public YamlEntry? Find(string key) =>
        Entries.FirstOrDefault(entry => entry.Key == key) ?? Entries.FirstOrDefault(entry => SameName(entry.Key, key));

    /// <summary>Whether two keys differ in letter case or underscores only.</summary>
    public static bool SameName(string left, string right) =>
        string.Equals(left.Replace("_", "", StringComparison.Ordinal), right.Replace("_", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
}
