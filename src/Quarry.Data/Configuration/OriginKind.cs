namespace Quarry.Data.Configuration;

/// <summary>Where the value of a setting comes from.</summary>
public enum OriginKind
{
    /// <summary>Nothing sets it.</summary>
    Default,

    /// <summary>It stands in the file.</summary>
    File,

    /// <summary>The file names an environment variable.</summary>
    EnvironmentVariable,

    /// <summary>The file names a secret in a key vault.</summary>
    KeyVault,

    /// <summary>Given by the program, not by a file.</summary>
    Given,
}
