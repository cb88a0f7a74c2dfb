using System.Runtime.InteropServices;

namespace Quarry.Kql.Functions.Dynamic;

/// <summary>Texts of which each is kept once, in the order they came. Hashes are seeded, so no input can be made to collide.</summary>
internal sealed class Utf8Set
{
    private readonly List<(int Start, int Length, int Hash)> _entries = [];
    private byte[] _bytes = new byte[64];
    private int _used;
    private int[] _buckets = new int[16];

    /// <summary>How many there are.</summary>
    public int Count => _entries.Count;

    /// <summary>A text by its place.</summary>
    public ReadOnlySpan<byte> this[int index] => _bytes.AsSpan(_entries[index].Start, _entries[index].Length);

    /// <summary>Whether a text is there.</summary>
    public bool Contains(ReadOnlySpan<byte> text) => Find(text, HashOf(text), out _) >= 0;

    /// <summary>Adds a text if it is not there; gives its place.</summary>
    public int Add(ReadOnlySpan<byte> text, out bool isNew)
    {
        int hash = HashOf(text);
        int found = Find(text, hash, out int bucket);
        isNew = found < 0;
        if (!isNew)
        {
            return found;
        }

        if (_bytes.Length - _used < text.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(_bytes.Length * 2L, _used + (long)text.Length)));
        }

        text.CopyTo(_bytes.AsSpan(_used));
        _entries.Add((_used, text.Length, hash));
        _used += text.Length;
        _buckets[bucket] = _entries.Count;
        if (_entries.Count * 2 > _buckets.Length)
        {
            Grow();
        }

        return _entries.Count - 1;
    }

    private static int HashOf(ReadOnlySpan<byte> text)
    {
        var hash = new HashCode();
        hash.AddBytes(text);
        return hash.ToHashCode();
    }

    private int Find(ReadOnlySpan<byte> text, int hash, out int bucket)
    {
        int mask = _buckets.Length - 1;
        for (bucket = hash & mask; _buckets[bucket] != 0; bucket = (bucket + 1) & mask)
        {
            int index = _buckets[bucket] - 1;
            if (_entries[index].Hash == hash && this[index].SequenceEqual(text))
            {
                return index;
            }
        }

        return -1;
    }

    private void Grow()
    {
        _buckets = new int[_buckets.Length * 2];
        int mask = _buckets.Length - 1;
        Span<(int Start, int Length, int Hash)> entries = CollectionsMarshal.AsSpan(_entries);
        for (int i = 0; i < entries.Length; i++)
        {
            int bucket = entries[i].Hash & mask;
            while (_buckets[bucket] != 0)
            {
                bucket = (bucket + 1) & mask;
            }

            _buckets[bucket] = i + 1;
        }
    }
}
