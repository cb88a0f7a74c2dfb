using System.Text;

namespace Quarry.Indicators;

/// <summary>
/// A fixed set of words that is asked with UTF-8 text of any ASCII case and allocates nothing: open addressing over one
/// buffer, a quarter full, so that a miss mostly ends at the first slot.
/// </summary>
internal sealed class WordSet
{
    private readonly byte[] _text;
    private readonly int[] _slots;
    private readonly int _longest;

    /// <summary>The set of the words of a text, separated by single blanks, in lower case.</summary>
    public WordSet(string words)
    {
        _text = Encoding.UTF8.GetBytes(words);
        Count = _text.AsSpan().Count((byte)' ') + 1;
        _slots = new int[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Count * 4)];
        foreach (Range range in _text.AsSpan().Split((byte)' '))
        {
            (int offset, int length) = range.GetOffsetAndLength(_text.Length);
            uint slot = Hash(_text.AsSpan(offset, length));
            while (_slots[slot & (_slots.Length - 1)] != 0)
            {
                slot++;
            }

            _slots[slot & (_slots.Length - 1)] = (offset << 8) | length;
            _longest = Math.Max(_longest, length);
        }
    }

    /// <summary>The number of words.</summary>
    public int Count { get; }

    /// <summary>Whether a word is in the set.</summary>
    public bool Contains(ReadOnlySpan<byte> word)
    {
        if (word.IsEmpty || word.Length > _longest)
        {
            return false;
        }

        int entry;
        for (uint slot = Hash(word); (entry = _slots[slot & (_slots.Length - 1)]) != 0; slot++)
        {
            if ((entry & 0xff) == word.Length && IsEqual(word, _text.AsSpan(entry >> 8, word.Length)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsEqual(ReadOnlySpan<byte> word, ReadOnlySpan<byte> lower)
    {
        for (int i = 0; i < word.Length; i++)
        {
            if (Lower(word[i]) != lower[i])
            {
                return false;
            }
        }

        return true;
    }

    private static uint Hash(ReadOnlySpan<byte> word)
    {
        uint hash = (uint)word.Length;
        foreach (byte b in word)
        {
            hash = (hash ^ Lower(b)) * 0x01000193u;
        }

        return hash ^ (hash >> 15);
    }

    private static byte Lower(byte b) => (uint)(b - 'A') <= 'Z' - 'A' ? (byte)(b | 0x20) : b;
}
