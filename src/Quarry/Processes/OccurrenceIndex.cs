namespace Quarry.Processes;

/// <summary>The positions at which each of many keys occurs, in order: all in one array, the keys' parts one after another.</summary>
internal sealed class OccurrenceIndex
{
    private readonly NumberTable _groups = new();
    private readonly int[] _starts;
    private readonly int[] _positions;
    private readonly int[] _groupAt;

    /// <summary>An index of keys; those below 0 are left out.</summary>
    /// <param name="keys">A key a position.</param>
    public OccurrenceIndex(ReadOnlySpan<long> keys)
    {
        _groupAt = new int[keys.Length];
        int left = 0;
        for (int i = 0; i < keys.Length; i++)
        {
            _groupAt[i] = keys[i] < 0 ? -1 : _groups.Add(keys[i]);
            left += keys[i] < 0 ? 1 : 0;
        }

        _starts = new int[_groups.Count + 1];
        foreach (int group in _groupAt)
        {
            if (group >= 0)
            {
                _starts[group + 1]++;
            }
        }

        for (int group = 0; group < _groups.Count; group++)
        {
            _starts[group + 1] += _starts[group];
        }

        _positions = new int[keys.Length - left];
        int[] next = [.. _starts];
        for (int i = 0; i < _groupAt.Length; i++)
        {
            if (_groupAt[i] >= 0)
            {
                _positions[next[_groupAt[i]]++] = i;
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
    public int GroupOf(long key) => _groups.Find(key);

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
