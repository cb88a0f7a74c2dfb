using System.Runtime.InteropServices;

namespace Quarry.Signatures;

/// <summary>The different patterns of filled columns, a bit a column, numbered from 0 in order of first appearance.</summary>
/// <param name="words">How many words of 64 columns a pattern has, at least one.</param>
internal sealed class PatternTable(int words)
{
    private readonly int _perSegment = Math.Max(1, 8192 / words);
    private readonly List<ulong[]> _segments = [];
    private ulong[] _slots = new ulong[16]; // a hash above, the number and one more below; 0 is free

    /// <summary>How many words of 64 columns a pattern has.</summary>
    public int Words => words;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The words of a pattern.</summary>
    public ReadOnlySpan<ulong> this[int id] => At(id);

    /// <summary>The number of a pattern, which is added if it is new.</summary>
    public int IdOf(ReadOnlySpan<ulong> pattern)
    {
        uint hash = ValueDictionary.Hash(MemoryMarshal.AsBytes(pattern));
        uint mask = (uint)_slots.Length - 1;
        uint index = hash & mask;
        for (ulong slot; (slot = _slots[index]) != 0; index = (index + 1) & mask)
        {
            if ((uint)(slot >> 32) == hash && At((int)slot - 1).SequenceEqual(pattern))
            {
                return (int)slot - 1;
            }
        }

        if (Count % _perSegment == 0)
        {
            _segments.Add(new ulong[_perSegment * words]);
        }

        Count++;
        pattern.CopyTo(At(Count - 1));
        _slots[index] = ((ulong)hash << 32) | (uint)Count;
        if (Count > _slots.Length / 4 * 3)
        {
            Grow();
        }

        return Count - 1;
    }

    private Span<ulong> At(int id) => _segments[id / _perSegment].AsSpan(id % _perSegment * words, words);

    private void Grow()
    {
        ulong[] old = _slots;
        _slots = new ulong[old.Length * 2];
        uint mask = (uint)_slots.Length - 1;
        foreach (ulong slot in old)
        {
            uint index = (uint)(slot >> 32) & mask;
            while (slot != 0 && _slots[index] != 0)
            {
                index = (index + 1) & mask;
            }

            if (slot != 0)
            {
                _slots[index] = slot;
            }
        }
    }
}
