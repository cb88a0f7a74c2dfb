namespace Quarry;

/// <summary>Finds, for a name that is not there, the one that was probably meant.</summary>
public static class NearestName
{
    // Names longer than any real one are cut: a hostile header must not make the comparison quadratic in its length.
    private const int Longest = 256;

    /// <summary>
    /// The candidate nearest to a name, or null if none is near: equal but for letter case, else within a third of the
    /// name's length in insertions, deletions, replacements and swaps of neighbours (at least one), else the only one
    /// that begins with it.
    /// </summary>
    public static string? Of(string name, IEnumerable<string> candidates)
    {
        string? best = null;
        string? prefixed = null;
        int prefixes = 0;
        int limit = Math.Max(1, Math.Min(name.Length, Longest) / 3);
        int bestDistance = limit + 1;
        foreach (string candidate in candidates)
        {
            if (candidate.StartsWith(name, StringComparison.OrdinalIgnoreCase) && name.Length > 0)
            {
                prefixed = candidate;
                prefixes++;
            }

            if (Math.Abs(candidate.Length - name.Length) >= bestDistance)
            {
                continue;
            }

            int distance = Distance(name, candidate);
            if (distance < bestDistance)
            {
                best = candidate;
                bestDistance = distance;
            }
        }

        return best ?? (prefixes == 1 ? prefixed : null);
    }

    // Optimal string alignment over three rows, letter case ignored.
    private static int Distance(string left, string right)
    {
        ReadOnlySpan<char> a = left.AsSpan(0, Math.Min(left.Length, Longest));
        ReadOnlySpan<char> b = right.AsSpan(0, Math.Min(right.Length, Longest));
        int[] before = new int[b.Length + 1];
        int[] previous = new int[b.Length + 1];
        int[] current = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            previous[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1] + 1, previous[j] + 1), previous[j - 1] + cost);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                {
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
                }
            }

            (before, previous, current) = (previous, current, before);
        }

        return previous[b.Length];
    }

    private static bool Same(char x, char y) => char.ToLowerInvariant(x) == char.ToLowerInvariant(y);
}
