namespace Quarry.Processes;

/// <summary>
/// Numbers distinct keys from 0 in the order in which they come: open addressing. The keys are pairs of small numbers, which a
/// plain dictionary throws together, and the hash is seeded as <see cref="TextInterner"/>'s is.
/// </summary>
internal sealed class NumberTable
{
    private int[] _slots = new int[1024];
    private long[] _keys = new long[256];

    /// <summary>How many keys there are.</summary>
    public int Count { get; private set; }

    /// <summary>The number of a key, or -1.</summary>
    public int Find(long key) => _slots[SlotOf(key)] - 1;

    /// <summary>The number of a key, a new one if it was not there.</summary>
    public int Add(long key)
    {
        int slot = SlotOf(key);
        if (_slots[slot] > 0)
        {
            return _slots[slot] - 1;
        }

        if (Count == _keys.Length)
        {
            Array.Resize(ref _keys, Count * 2);
        }

        _keys[Count++] = key;
        _slots[slot] = Count;
        int number = Count - 1;
        if (Count * 2 > _slots.Length)
        {
            Grow();
        }

        return number;
    }

    private int SlotOf(long key)
    {
        int mask = _slots.Length - 1;
        int slot = (int)TextInterner.Hash(key) & mask;
        while (_slots[slot] > 0 && _keys[_slots[slot] - 1] != key)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        for (int i = 0; i < Count; i++)
        {
            _slots[SlotOf(_keys[i])] = i + 1;
        }
    }
}
