using System.Text;

namespace Quarry.Kql.Functions.Places;

/// <summary>
/// The order in which a set of texts comes out of Kusto where its documented examples are not sorted: that of a hash set of Microsoft's C++
/// library. It explains the printed orders of neighbours (geohash, S2) and of H3 cells without exception.
/// </summary>
internal static class NativeSetOrder
{
    /// <summary>The texts in the set's order, each once.</summary>
    public static IEnumerable<string> Of(IEnumerable<string> texts)
    {
        var list = new LinkedList<string>();
        var buckets = new Dictionary<ulong, (LinkedListNode<string> First, LinkedListNode<string> Last)>();
        HashSet<string> seen = [];
        ulong count = 8;
        foreach (string text in texts)
        {
            if (!seen.Add(text))
            {
                continue;
            }

            if ((ulong)seen.Count > count)
            {
                // Eight times as many buckets while there are few, then twice.
                count *= count < 512 ? 8UL : 2UL;
                string[] old = [.. list];
                list.Clear();
                buckets.Clear();
                foreach (string one in old)
                {
                    Add(list, buckets, Hash(one) % count, one, isFirst: false);
                }
            }

            Add(list, buckets, Hash(text) % count, text, isFirst: true);
        }

        return list;
    }

    private static void Add(
        LinkedList<string> list, Dictionary<ulong, (LinkedListNode<string> First, LinkedListNode<string> Last)> buckets, ulong bucket, string text, bool isFirst)
    {
        if (!buckets.TryGetValue(bucket, out (LinkedListNode<string> First, LinkedListNode<string> Last) ends))
        {
            LinkedListNode<string> only = list.AddLast(text);
            buckets.Add(bucket, (only, only));
        }
        else
        {
            buckets[bucket] = isFirst ? (list.AddBefore(ends.First, text), ends.Last) : (ends.First, list.AddAfter(ends.Last, text));
        }
    }

    // FNV-1a, 64 bits.
    private static ulong Hash(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (byte one in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ one) * 1099511628211;
        }

        return hash;
    }
}
