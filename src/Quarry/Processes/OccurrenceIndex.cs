namespace Quarry.Processes;

/// <summary>The positions at which each of many keys occurs, in order: all in one array, the keys' parts one after another.</summary>
internal sealed class OccurrenceIndex
{
    private readonly Dictionary<long, int> _groups;
    private readonly int[] _starts;
    private readonly int[] _positions;
    private readonly int[] _groupAt;

    /// <summary>An index of keys; those below 0 are left out.</summary>
    /// <param name="keys">A key a position.</param>
    public OccurrenceIndex(ReadOnlySpan<long> keys)
    {
        _groups = [];
        int[] groups = new int[keys.Length];
        var counts = new List<int>();
        for (int i = 0; i < keys.Length; i++)
        {
            if (keys[i] < 0)
            {
                groups[i] = -1;
                continue;
            }

            ref int group = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_groups, keys[i], out bool isThere);
            if (!isThere)
            {
                group = counts.Count;
                counts.Add(0);
            }

            groups[i] = group;
            counts[group]++;
        }

        _groupAt = groups;
        _starts = new int[counts.Count + 1];
        for (int group = 0; group < counts.Count; group++)
        {
            _starts[group + 1] = _starts[group] + counts[group];
        }

        _positions = new int[_starts[^1]];
        int[] next = [.. _starts];
        for (int i = 0; i < groups.Length; i++)
        {
            if (groups[i] >= 0)
            {
                _positions[next[groups[i]]++] = i;
            }
        }
    }

    /// <summary>How many keys occur more than once.</summary>
    public int Repeated
    {
        get
        {
            int repeated = 0;
            for (int group = 0; group + 1 < _starts.Length; group++)
            {
                repeated += _starts[group + 1] - _starts[group] > 1 ? 1 : 0;
            }

            return repeated;
        }
    }

    /// <summary>The positions of a group, rising; none for -1.</summary>
    public ReadOnlySpan<int> this[int group] => group < 0 ? default : _positions.AsSpan(_starts[group].._starts[group + 1]);

    /// <summary>The group of a key, from 0; -1 if it does not occur.</summary>
    public int GroupOf(long key) => _groups.GetValueOrDefault(key, -1);

    /// <summary>The group of a position, -1 if its key was left out.</summary>
    public int GroupAt(int position) => _groupAt[position];

    /// <summary>Two numbers as one key; no key, which is below 0, if the second is missing.</summary>
    public static long Key(int first, int second) => second < 0 ? -1 : ((long)(first + 1) << 32) | (uint)second;

    /// <summary>How many of some rising positions are below a limit.</summary>
    public static int CountBelow(ReadOnlySpan<int> positions, int limit)
    {
        int found = positions.BinarySearch(limit);
        return found < 0 ? ~found : found;
    }
}
