using Quarry.Tables;

namespace Quarry.Processes;

/// <summary>Takes rows together that are equal in every column, as exports that overlap give them.</summary>
internal static class EqualRows
{
    /// <summary>The events without repetitions, the first of equals kept, and how many were left out.</summary>
    public static (ProcessEvents Events, int Left) Join(ProcessEvents events, Table table)
    {
        int[] occurrences = [];
        int left = 0;
        var seen = new HashSet<(int Host, int Id)>();
        for (int first = 0; first < events.Count;)
        {
            int next = first + 1;
            while (next < events.Count && events.Times[next] == events.Times[first])
            {
                next++;
            }

            if (next - first > 1)
            {
                left += Join(events, table, first, next, seen, ref occurrences);
            }

            first = next;
        }

        return left == 0 ? (events, 0) : (Without(events, occurrences), left);
    }

    // Only rows of one time, host and process id can be equal: the others need not be looked at.
    private static int Join(ProcessEvents events, Table table, int first, int next, HashSet<(int Host, int Id)> seen, ref int[] occurrences)
    {
        seen.Clear();
        for (int i = first; i < next; i++)
        {
            if (!seen.Add((events.Hosts[i], events.Ids[i])))
            {
                return JoinWhole(events, table, first, next, ref occurrences);
            }
        }

        return 0;
    }

    private static int JoinWhole(ProcessEvents events, Table table, int first, int next, ref int[] occurrences)
    {
        var rows = new Dictionary<ulong, int>();
        int left = 0;
        for (int i = first; i < next; i++)
        {
            ulong hash = HashOf(table, events.Rows[i]);
            if (rows.TryAdd(hash, i) || !AreEqual(table, events.Rows[rows[hash]], events.Rows[i]))
            {
                continue;
            }

            if (occurrences.Length == 0)
            {
                occurrences = new int[events.Count];
                occurrences.AsSpan().Fill(1);
            }

            occurrences[rows[hash]]++;
            occurrences[i] = 0;
            left++;
        }

        return left;
    }

    private static ProcessEvents Without(ProcessEvents events, int[] occurrences)
    {
        int[] kept = [.. Enumerable.Range(0, events.Count).Where(i => occurrences[i] > 0)];
        ProcessEvents single = events.Select(kept);
        single.Occurrences = [.. kept.Select(i => occurrences[i])];
        return single;
    }

    private static ulong HashOf(Table table, int row)
    {
        ulong hash = 17;
        foreach (Column column in table.Columns)
        {
            ulong cell = column.IsNull(row) ? 1
                : column is TextColumn text ? TextInterner.Hash(text[row])
                : (ulong)column.GetValue(row)!.GetHashCode();
            hash = (hash * 0x9E3779B97F4A7C15) ^ (hash >> 29) ^ cell;
        }

        return hash;
    }

    private static bool AreEqual(Table table, int left, int right)
    {
        foreach (Column column in table.Columns)
        {
            bool isSame = column.IsNull(left) == column.IsNull(right)
                && (column is TextColumn text ? text[left].SequenceEqual(text[right]) : Equals(column.GetValue(left), column.GetValue(right)));
            if (!isSame)
            {
                return false;
            }
        }

        return true;
    }
}
