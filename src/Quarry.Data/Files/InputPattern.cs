using Quarry.Data.Files.Readers;

namespace Quarry.Data.Files;

/// <summary>
/// From what the user names to the files that are read: files, globs (<c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>**</c>) and
/// <c>-</c> for standard input.
/// </summary>
/// <remarks>
/// A file that is there under the very name wins over what the name means as a glob. Names keep their order; the files
/// of a glob come in ordinal order. A file that is named twice, also through two globs, is read once, where it comes first.
/// </remarks>
public static class InputPattern
{
    /// <summary>The files that the patterns name.</summary>
    /// <exception cref="QuarryException">A file is not there (the nearest name is given), is a directory, or a glob meets nothing.</exception>
    public static IReadOnlyList<InputFile> Resolve(IEnumerable<string> patterns)
    {
        var files = new List<InputFile>();
        var seen = new HashSet<string>(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (string pattern in patterns)
        {
            foreach (string path in Resolve(pattern))
            {
                if (seen.Add(path == InputFile.StandardInput ? path : Path.GetFullPath(path)))
                {
                    files.Add(new InputFile(path));
                }
            }
        }

        return files;
    }

    private static IEnumerable<string> Resolve(string pattern)
    {
        if (pattern == InputFile.StandardInput || File.Exists(pattern))
        {
            return [pattern];
        }

        if (pattern.Length == 0)
        {
            throw new QuarryException("An input has an empty name. Name a file, a glob such as 'logs/*.csv', or - for standard input.");
        }

        if (Directory.Exists(pattern))
        {
            string all = Path.Combine(pattern, "*.jsonl");
            throw new QuarryException($"'{pattern}' is a directory. Name the files in it, for example '{all}', or '{Path.Combine(pattern, "**")}' for all below it.");
        }

        if (!Glob.IsPattern(pattern))
        {
            throw new QuarryException($"There is no file '{pattern}'.{NearestTo(pattern)}");
        }

        List<string> found = Glob.Expand(pattern);
        return found.Count > 0
            ? found
            : throw new QuarryException($"No file meets the pattern '{pattern}' (from {Environment.CurrentDirectory}).");
    }

    private static string NearestTo(string path)
    {
        string? folder = Path.GetDirectoryName(path);
        if (!string.IsNullOrEmpty(folder) && !Directory.Exists(folder))
        {
            return $" The directory '{folder}' is not there either.";
        }

        try
        {
            IEnumerable<string> names = Directory.EnumerateFiles(string.IsNullOrEmpty(folder) ? "." : folder).Take(10_000).Select(f => Path.GetFileName(f));
            string? near = NearestName.Of(Path.GetFileName(path), names);
            return near is null ? "" : $" Did you mean '{Path.Combine(folder ?? "", near)}'?";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
