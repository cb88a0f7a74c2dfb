namespace Quarry.Data.Configuration.Yaml;

/// <summary>A key with its value.</summary>
/// <param name="Key">The key, as it is written.</param>
/// <param name="Value">The value.</param>
/// <param name="Line">The key's line, from 1.</param>
/// <param name="Column">The key's column, from 1.</param>
internal sealed record YamlEntry(string Key, YamlNode Value, int Line, int Column);
