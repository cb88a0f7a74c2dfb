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
}
