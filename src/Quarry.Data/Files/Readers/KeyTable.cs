using System.Diagnostics.CodeAnalysis;

namespace Quarry.Data.Files.Readers;

/// <summary>Numbers for keys of UTF-8, 0 and up in the order in which they were added.</summary>
internal sealed class KeyTable
{
    private readonly Dictionary<byte[], int> _numbers = new(new BytesComparer());
    private readonly List<byte[]> _keys = [];
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    /// <summary>An empty table.</summary>
    public KeyTable() => _lookup = _numbers.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>The number of keys.</summary>
    public int Count => _numbers.Count;

    /// <summary>The number of a key, or -1.</summary>
    public int Find(ReadOnlySpan<byte> key) => _lookup.TryGetValue(key, out int number) ? number : -1;

    /// <summary>The key of a number.</summary>
    public byte[] Key(int number) => _keys[number];

    /// <summary>Adds a key that is not there.</summary>
    public int Add(ReadOnlySpan<byte> key)
    {
        _keys.Add(key.ToArray());
        _numbers.Add(_keys[^1], Count);
        return Count - 1;
    }

    // HashCode is seeded at random in every process: keys cannot be made to collide.
    private sealed class BytesComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode([DisallowNull] byte[] bytes) => GetHashCode(bytes.AsSpan());

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }
    }
}
