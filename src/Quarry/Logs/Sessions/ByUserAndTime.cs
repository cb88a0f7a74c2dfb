namespace Quarry.Logs.Sessions;

/// <summary>Things that users did, to be asked for by machine, user and time.</summary>
internal sealed class ByUserAndTime<T>
{
    private readonly Dictionary<(string? Computer, string? User), (DateTime[] Times, T[] Items)> _items;

    /// <summary>Sorts the things.</summary>
    public ByUserAndTime(IEnumerable<T> items, Func<T, (string? Computer, string? User, DateTime Time)> where) =>
        _items = items
            .GroupBy(item => (where(item).Computer, where(item).User))
            .ToDictionary(group => group.Key, group =>
            {
                T[] sorted = [.. group.OrderBy(item => where(item).Time)];
                return (sorted.Select(item => where(item).Time).ToArray(), sorted);
            });

    /// <summary>How many there are between two times, both included; null stands for no bound.</summary>
    public long Count(string? computer, string? user, DateTime? start, DateTime? end)
    {
        (int first, int behind) = Range(computer, user, start, end, out _);
        return behind - first;
    }

    /// <summary>The first of them.</summary>
    public T[] Between(string? computer, string? user, DateTime? start, DateTime? end, int most)
    {
        (int first, int behind) = Range(computer, user, start, end, out T[] items);
        return items[first..Math.Min(behind, first + most)];
    }

    private (int First, int Behind) Range(string? computer, string? user, DateTime? start, DateTime? end, out T[] items)
    {
        items = [];
        if (!_items.TryGetValue((computer, user), out (DateTime[] Times, T[] Items) found))
        {
            return (0, 0);
        }

        items = found.Items;
        int first = start is { } from ? LowerBound(found.Times, from) : 0;
        int behind = end is { } to ? LowerBound(found.Times, to.AddTicks(1)) : found.Times.Length;
        return (first, Math.Max(first, behind));
    }

    private static int LowerBound(DateTime[] times, DateTime time)
    {
        int low = 0, high = times.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = times[middle] < time ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
