namespace Quarry.Logs;

/// <summary>The keys of one record, to find those that stand in it twice; emptied in constant time and used again.</summary>
internal sealed class SeenKeys
{
    private (int Round, ulong Hash, int Start, int Length)[] _slots = new (int, ulong, int, int)[64];
    private int _round = 1;
    private int _count;

    /// <summary>Forgets all keys.</summary>
    public void Clear()
    {
        _round++;
        _count = 0;
    }

    /// <summary>Adds the key that stands in a text at a place; false if the same was there.</summary>
    public bool Add(ReadOnlySpan<byte> text, int start, int length)
    {
        if (_count * 2 >= _slots.Length)
        {
            Grow();
        }

        ReadOnlySpan<byte> key = text.Slice(start, length);
        ulong hash = Hash(key);
        int at = (int)(hash & (uint)(_slots.Length - 1));
        while (_slots[at].Round == _round)
        {
            (_, ulong other, int otherStart, int otherLength) = _slots[at];
            if (other == hash && key.SequenceEqual(text.Slice(otherStart, otherLength)))
            {
                return false;
            }

            at = (at + 1) & (_slots.Length - 1);
        }

        _slots[at] = (_round, hash, start, length);
        _count++;
        return true;
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new (int, ulong, int, int)[old.Length * 2];
        foreach (var slot in old)
        {
            if (slot.Round != _round)
            {
                continue;
            }

            int at = (int)(slot.Hash & (uint)(_slots.Length - 1));
            while (_slots[at].Round == _round)
            {
                at = (at + 1) & (_slots.Length - 1);
            }

            _slots[at] = slot;
        }
    }

    // Seeded anew in every process, so that nobody can write keys into a log that all fall into one slot.
    private static ulong Hash(ReadOnlySpan<byte> key)
    {
        ulong hash = Seed ^ (ulong)key.Length;
        while (key.Length >= 8)
        {
            hash = Mix(hash ^ BitConverter.ToUInt64(key));
            key = key[8..];
        }

        foreach (byte b in key)
        {
            hash = (hash ^ b) * 0x9E3779B97F4A7C15;
        }

        return Mix(hash);
    }

    private static readonly ulong Seed = (ulong)Random.Shared.NextInt64();

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
