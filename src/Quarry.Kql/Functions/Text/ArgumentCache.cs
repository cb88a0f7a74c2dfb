namespace Quarry.Kql.Functions.Text;

/// <summary>
/// What was made of the last arguments of a kind (a needle, a pattern, a list), so that a constant is prepared once a thread and not once a row.
/// Not safe for several threads: one each, [ThreadStatic].
/// </summary>
internal sealed class ArgumentCache<T>(int capacity, Func<byte[], T> make) where T : class
{
    // A query has few constants of a kind; more than this and the oldest is made again.
    private readonly List<(byte[] Key, T Value)> _entries = new(capacity);
    private T? _last;
    private nint _lastAddress;
    private int _lastLength;
    private int _lastRow;

    /// <summary>
    /// What is made of an argument. <paramref name="row"/> is the row of the vector: within one vector the same address is the same text,
    /// so a list of a megabyte is compared once a vector. Every vector begins at row 0, where nothing is assumed.
    /// </summary>
    public unsafe T Of(ReadOnlySpan<byte> argument, int row)
    {
        fixed (byte* text = argument)
        {
            if (argument.Length > 12 && row > _lastRow && (nint)text == _lastAddress && argument.Length == _lastLength && _last is not null)
            {
                _lastRow = row;
                return _last;
            }

            _lastAddress = (nint)text;
            _lastLength = argument.Length;
            _lastRow = row;
            return _last = Find(argument);
        }
    }

    private T Find(ReadOnlySpan<byte> argument)
    {
        for (int i = _entries.Count - 1; i >= 0; i--)
        {
            if (_entries[i].Key.AsSpan().SequenceEqual(argument))
            {
                return i == _entries.Count - 1 ? _entries[i].Value : Renew(i);
            }
        }

        if (_entries.Count == capacity)
        {
            _entries.RemoveAt(0);
        }

        byte[] key = argument.ToArray();
        T value = make(key);
        _entries.Add((key, value));
        return value;
    }

    private T Renew(int index)
    {
        (byte[] Key, T Value) entry = _entries[index];
        _entries.RemoveAt(index);
        _entries.Add(entry);
        return entry.Value;
    }
}
