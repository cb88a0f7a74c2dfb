namespace Quarry.Processes;

/// <summary>The order of time.</summary>
internal static class TimeOrder
{
    /// <summary>The positions of times from the earliest to the latest; equal times stay in their order.</summary>
    public static int[] Of(long[] times)
    {
        int[] order = new int[times.Length];
        bool isSorted = true;
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
            isSorted &= i == 0 || times[i - 1] <= times[i];
        }

        if (isSorted)
        {
            return order;
        }

        long[] keys = [.. times];
        Array.Sort(keys, order);

        // The sort does not keep the order of equals: their positions are put right run by run.
        for (int first = 0; first < order.Length;)
        {
            int next = first + 1;
            while (next < order.Length && keys[next] == keys[first])
            {
                next++;
            }

            if (next - first > 1)
            {
                Array.Sort(order, first, next - first);
            }

            first = next;
        }

        return order;
    }

    /// <summary>For each of some rising times, how many are earlier, and how many are earlier or the same.</summary>
    public static (int[] Before, int[] UpTo) Runs(long[] times)
    {
        int[] before = new int[times.Length];
        int[] upTo = new int[times.Length];
        for (int i = 0; i < times.Length; i++)
        {
            before[i] = i > 0 && times[i] == times[i - 1] ? before[i - 1] : i;
        }

        for (int i = times.Length - 1; i >= 0; i--)
        {
            upTo[i] = i + 1 < times.Length && times[i] == times[i + 1] ? upTo[i + 1] : i + 1;
        }

        return (before, upTo);
    }
}
