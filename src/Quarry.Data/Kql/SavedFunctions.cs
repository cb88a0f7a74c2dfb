namespace Quarry.Data.Kql;

/// <summary>Functions that a folder of <c>.kql</c> files holds, one a file, by the file's name.</summary>
internal static class SavedFunctions
{
    /// <summary>The text of a function, or null; each file is read when a query first calls it.</summary>
    /// <exception cref="QuarryException">There is no such folder.</exception>
    public static Func<string, string?> In(string? folder)
    {
        if (folder is null)
        {
            return _ => null;
        }

        if (!Directory.Exists(folder))
        {
            throw new QuarryException($"The folder of functions '{folder}' is not there.");
        }

        Dictionary<string, string> files = Directory.EnumerateFiles(folder, "*.kql").ToDictionary(path => Path.GetFileNameWithoutExtension(path), StringComparer.Ordinal);
        return name => files.TryGetValue(name, out string? path) ? File.ReadAllText(path) : null;
    }
}
