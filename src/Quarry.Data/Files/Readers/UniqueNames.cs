namespace Quarry.Data.Files.Readers;

/// <summary>Makes the names of a header unique: an empty one becomes <c>Column3</c> by its position, a taken one <c>Name_2</c>.</summary>
internal static class UniqueNames
{
    /// <summary>The names, in order; <paramref name="onRenamed"/> is told each change.</summary>
    public static string[] Of(IReadOnlyList<string> names, Action<int, string> onRenamed)
    {
        // Names that are taken later as they stand must not be given away before: a, a, a_2.
        var original = new HashSet<string>(names, StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var suffixes = new Dictionary<string, int>(StringComparer.Ordinal);
        string[] unique = new string[names.Count];
        for (int i = 0; i < unique.Length; i++)
        {
            string wanted = names[i].Length > 0 ? names[i] : $"Column{i + 1}";
            bool isFree = names[i].Length > 0 ? !taken.Contains(wanted) : !taken.Contains(wanted) && !original.Contains(wanted);
            string name = isFree ? wanted : Next(wanted, original, taken, suffixes);
            taken.Add(name);
            unique[i] = name;
            if (name != names[i])
            {
                onRenamed(i, name);
            }
        }

        return unique;
    }

    private static string Next(string wanted, HashSet<string> original, HashSet<string> taken, Dictionary<string, int> suffixes)
    {
        int suffix = suffixes.GetValueOrDefault(wanted, 1);
        string name;
        do
        {
            name = $"{wanted}_{++suffix}";
        }
        while (original.Contains(name) || taken.Contains(name));

        suffixes[wanted] = suffix;
        return name;
    }
}
