namespace Quarry.Data.Files.Readers;

/// <summary>
/// A pattern over paths: <c>*</c> any characters of a name, <c>?</c> one, <c>[abc]</c>, <c>[a-z]</c> and <c>[!a]</c> one of a
/// class, <c>**</c> any folders. As in a shell, a name that begins with a dot is met only by a pattern that does.
/// </summary>
internal static class Glob
{
    private static readonly StringComparison Comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>Whether a text has characters that mean something in a pattern.</summary>
    public static bool IsPattern(string text) => text.AsSpan().ContainsAny('*', '?', '[');

    /// <summary>The files that a pattern meets, in ordinal order of their paths. Folders that may not be read meet nothing.</summary>
    public static List<string> Expand(string pattern)
    {
        string root = Path.GetPathRoot(pattern) ?? "";
        string[] parts = pattern[root.Length..].Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        var found = new List<string>();
        Expand(root, parts, found);
        found.Sort(StringComparer.Ordinal);
        return [.. found.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Whether a name meets a pattern of one path segment. Linear in the name's length times the pattern's.</summary>
    public static bool Matches(ReadOnlySpan<char> name, ReadOnlySpan<char> pattern)
    {
        if (name.Length > 0 && name[0] == '.' && (pattern.IsEmpty || pattern[0] != '.'))
        {
            return false;
        }

        int n = 0, p = 0, star = -1, starName = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                starName = n;
            }
            else if (p < pattern.Length && MatchesOne(name[n], pattern, p, out int next))
            {
                n++;
                p = next;
            }
            else if (star >= 0)
            {
                p = star + 1;
                n = ++starName;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }

    private static bool MatchesOne(char c, ReadOnlySpan<char> pattern, int at, out int next)
    {
        next = at + 1;
        int close = pattern[at] == '[' && at + 2 < pattern.Length ? pattern[(at + 2)..].IndexOf(']') : -1;
        if (close < 0)
        {
            return pattern[at] == '?' || Same(c, pattern[at]);
        }

        ReadOnlySpan<char> set = pattern.Slice(at + 1, close + 1);
        next = at + close + 3;
        bool negated = set[0] is '!' or '^' && set.Length > 1;
        set = negated ? set[1..] : set;
        bool isIn = false;
        for (int i = 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                isIn |= c >= set[i] && c <= set[i + 2];
                i += 2;
            }
            else
            {
                isIn |= Same(c, set[i]);
            }
        }

        return isIn != negated;
    }

    private static void Expand(string folder, ReadOnlySpan<string> parts, List<string> found)
    {
        if (parts.IsEmpty)
        {
            return;
        }

        string part = parts[0];
        ReadOnlySpan<string> rest = parts[1..];
        if (part == "**")
        {
            // Any folders, none among them; a trailing ** meets every file below.
            Expand(folder, rest.IsEmpty ? ["*"] : rest, found);
            foreach (string inner in Entries(folder, folders: true))
            {
                if (Path.GetFileName(inner)[0] != '.' && new DirectoryInfo(inner).LinkTarget is null)
                {
                    Expand(inner, parts, found);
                }
            }

            return;
        }

        if (!IsPattern(part))
        {
            string path = Path.Combine(folder, part);
            if (!rest.IsEmpty)
            {
                Expand(path, rest, found);
            }
            else if (File.Exists(path))
            {
                found.Add(path);
            }

            return;
        }

        foreach (string entry in Entries(folder, folders: !rest.IsEmpty))
        {
            if (!Matches(Path.GetFileName(entry), part))
            {
                continue;
            }

            if (rest.IsEmpty)
            {
                found.Add(entry);
            }
            else
            {
                Expand(entry, rest, found);
            }
        }
    }

    private static string[] Entries(string folder, bool folders)
    {
        string from = folder.Length == 0 ? "." : folder;
        try
        {
            string[] entries = folders ? Directory.GetDirectories(from) : Directory.GetFiles(from);
            return folder.Length == 0 ? [.. entries.Select(e => Path.GetFileName(e))] : entries;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool Same(char a, char b) => MemoryExtensions.Equals([a], [b], Comparison);
}
