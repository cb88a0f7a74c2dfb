namespace Quarry.Data.Configuration;

/// <summary>What a configuration takes from around it: environment variables and folders.</summary>
public sealed record ConfigurationEnvironment
{
    /// <summary>That of this process.</summary>
    public static ConfigurationEnvironment OfProcess => new();

    /// <summary>Looks an environment variable up; null where it is not set. An empty one counts as not set.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>The folder that relative paths start from.</summary>
    public string WorkingDirectory { get; init; } = Environment.CurrentDirectory;

    /// <summary>The user's own folder, <c>~</c>.</summary>
    public string HomeDirectory { get; init; } = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    /// <summary>The value of an environment variable; null where it is empty or not set.</summary>
    public string? Value(string name) => Variable(name) is { Length: > 0 } value ? value : null;

    /// <summary>A path as a full one: <c>~</c> is the user's folder, a relative path starts from the working directory.</summary>
    public string FullPath(string path)
    {
        bool isHome = path == "~" || path.StartsWith("~/", StringComparison.Ordinal) || path.StartsWith("~\\", StringComparison.Ordinal);
        return isHome ? Path.GetFullPath(Path.Combine(HomeDirectory, path[1..].TrimStart('/', '\\'))) : Path.GetFullPath(path, WorkingDirectory);
    }
}
