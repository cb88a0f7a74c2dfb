namespace Quarry.Kql.Functions.Text;

/// <summary>
/// What was made of the last arguments of a kind (a needle, a pattern, a list), so that a constant is prepared once a thread and not once a row.
/// Not safe for several threads: one each, [ThreadStatic].
/// </summary>
internal sealed class ArgumentCache<T>(int capacity, Func<byte[], T> make) where T : class
{
    // The engine keeps texts up to here in the vector itself, each at its own address.
    private const int Inlined = 12;

    // A query has few constants of a kind; more than this and the oldest is made again.
    private readonly List<(byte[] Key, T Value)> _entries = new(capacity);
    private byte[] _lastKey = [];
    private T? _last;
    private nint _lastAddress;
    private int _lastRow;

    /// <summary>
    /// What is made of an argument. <paramref name="row"/> is the row of the vector: within one vector the same address is the same text,
    /// so a list of a megabyte is compared once a vector. Every vector begins at row 0, where nothing is assumed.
    /// </summary>
    public unsafe T Of(ReadOnlySpan<byte> argument, int row)
    {
        fixed (byte* text = argument)
        {
            bool isSame = argument.Length == _lastKey.Length && _last is not null
                && ((argument.Length > Inlined && row > _lastRow && (nint)text == _lastAddress) || argument.SequenceEqual(_lastKey));
            _lastAddress = (nint)text;
            _lastRow = row;
            return isSame ? _last! : Find(argument);
        }
    }

    private T Find(ReadOnlySpan<byte> argument)
    {
        int index = -1;
        for (int i = _entries.Count - 1; i >= 0 && index < 0; i--)
        {
            index = _entries[i].Key.AsSpan().SequenceEqual(argument) ? i : -1;
        }

        (byte[] Key, T Value) entry = index >= 0 ? _entries[index] : Make(argument.ToArray());
        if (index >= 0 || _entries.Count == capacity)
        {
            _entries.RemoveAt(Math.Max(index, 0));
        }

        _entries.Add(entry);
        _lastKey = entry.Key;
        return _last = entry.Value;
    }

    private (byte[] Key, T Value) Make(byte[] key) => (key, make(key));
}
