using Quarry.Data.Configuration.Yaml;

namespace Quarry.Data.Configuration;

/// <summary>Takes settings out of a file's sections, and notes what is not as it should be.</summary>
internal sealed class SettingReader(string file, ConfigurationEnvironment environment)
{
    private const string EnvironmentKey = "EnvironmentVar";
    private const string VaultKey = "KeyVault";

    /// <summary>What is wrong so far.</summary>
    public List<ConfigurationProblem> Problems { get; } = [];

    /// <summary>Every value that was taken, in the order of taking.</summary>
    public List<ConfiguredValue> Values { get; } = [];

    /// <summary>The first value that is of another kind than it has to be; null where all are right.</summary>
    public ConfigurationProblem? FirstWrongType { get; private set; }

    /// <summary>The vault for secrets that name none; empty where the file names none.</summary>
    public string VaultName { get; set; } = "";

    /// <summary>A section; null where it is not there or empty.</summary>
    /// <param name="parent">The section around it.</param>
    /// <param name="key">Its key.</param>
    /// <param name="path">The path of the section around it; empty for the file.</param>
    public YamlMapping? Section(YamlMapping? parent, string key, string path) =>
        Entry(parent, key, path) is { } entry ? Section(entry.Value, Join(path, entry.Key)) : null;

    /// <summary>A value as a section; null where it is empty, or none.</summary>
    public YamlMapping? Section(YamlNode node, string path)
    {
        if (node is YamlMapping section)
        {
            return section;
        }

        if (!node.IsNull)
        {
            WrongType(node, path, "a section (keys with values, indented below it)");
        }

        return null;
    }

    /// <summary>The value of a key; null where it is not there or empty.</summary>
    /// <param name="parent">The section.</param>
    /// <param name="key">The key.</param>
    /// <param name="path">The section's path.</param>
    /// <param name="isSecret">Whether it is a secret.</param>
    public ConfiguredValue? Value(YamlMapping? parent, string key, string path, bool isSecret = false)
    {
        if (Entry(parent, key, path) is not { } entry || entry.Value.IsNull)
        {
            return null;
        }

        return Noted(Value(entry.Value, Join(path, entry.Key), isSecret));
    }

    /// <summary>The values of a key that holds a list, or a single one.</summary>
    public IReadOnlyList<ConfiguredValue> List(YamlMapping? parent, string key, string path)
    {
        if (Entry(parent, key, path) is not { } entry || entry.Value.IsNull)
        {
            return [];
        }

        string setting = Join(path, entry.Key);
        IReadOnlyList<YamlNode> items = entry.Value is YamlSequence list ? list.Items : [entry.Value];
        var values = new List<ConfiguredValue>();
        foreach (YamlNode item in items.Where(item => !item.IsNull))
        {
            if (Noted(Value(item, setting, isSecret: false)) is { } value)
            {
                values.Add(value);
            }
        }

        return values;
    }

    /// <summary>Notes a problem at a place.</summary>
    public void Note(ProblemSeverity severity, int? line, string setting, string message, string remedy) =>
        Problems.Add(new ConfigurationProblem(severity, line, setting, message, remedy));

    /// <summary>The path of a key in a section.</summary>
    public static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private YamlEntry? Entry(YamlMapping? parent, string key, string path)
    {
        YamlEntry? entry = parent?.Find(key);
        if (entry is not null && entry.Key != key && string.Equals(entry.Key, key, StringComparison.OrdinalIgnoreCase))
        {
            Note(ProblemSeverity.Hint, entry.Line, Join(path, entry.Key), "is written with other capitals than MSTICPy reads; Quarry takes it all the same", $"write {key}");
        }

        return entry;
    }

    private ConfiguredValue? Noted(ConfiguredValue? value)
    {
        if (value is not null)
        {
            Values.Add(value);
        }

        return value;
    }

    private ConfiguredValue? Value(YamlNode node, string setting, bool isSecret)
    {
        switch (node)
        {
            case YamlScalar scalar:
                return new ConfiguredValue(setting, scalar.Text, new ValueOrigin(OriginKind.File, null, file, scalar.Line), isSecret);
            case YamlMapping section when section.Find(EnvironmentKey) is { } variable:
                return OfEnvironment(variable, setting, isSecret);
            case YamlMapping section when section.Find(VaultKey) is { } vault:
                return OfVault(vault, setting);
            default:
                WrongType(node, setting, $"a single value, or {EnvironmentKey}: or {VaultKey}: below it");
                return null;
        }
    }

    private ConfiguredValue? OfEnvironment(YamlEntry entry, string setting, bool isSecret)
    {
        if (entry.Value is not YamlScalar { IsNull: false } name)
        {
            WrongType(entry.Value, Join(setting, entry.Key), "the name of an environment variable");
            return null;
        }

        var origin = new ValueOrigin(OriginKind.EnvironmentVariable, name.Text, file, name.Line);
        string? text = environment.Value(name.Text);
        if (text is null)
        {
            Note(ProblemSeverity.Error, name.Line, setting, $"the environment variable {name.Text} is not set", $"set {name.Text} before starting, or write the value into the file");
        }

        return new ConfiguredValue(setting, text, origin, isSecret);
    }

    // KeyVault: alone means a secret named after the setting; KeyVault: secret one of the file's vault; KeyVault: vault/secret says all.
    private ConfiguredValue? OfVault(YamlEntry entry, string setting)
    {
        if (entry.Value is not YamlScalar scalar)
        {
            WrongType(entry.Value, Join(setting, entry.Key), "the name of a secret, vault/secret, or nothing");
            return null;
        }

        string name = scalar.IsNull ? NameAfter(setting) : scalar.Text;
        string full = name.Contains('/', StringComparison.Ordinal) ? name : $"{VaultName}/{name}";
        if (full.StartsWith('/'))
        {
            Note(ProblemSeverity.Error, scalar.Line, setting, "is to come from a key vault, and no vault is named", "set VaultName in the section KeyVault, or write KeyVault: vault/secret");
        }

        return new ConfiguredValue(setting, null, new ValueOrigin(OriginKind.KeyVault, full, file, scalar.Line), isSecret: true);
    }

    // Names of secrets hold letters, digits and hyphens.
    private static string NameAfter(string setting) => string.Concat(setting.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));

    private void WrongType(YamlNode node, string setting, string expected)
    {
        Note(ProblemSeverity.Error, node.Line, setting, $"is {node.Kind}", $"make it {expected}");
        FirstWrongType ??= Problems[^1];
    }
}
