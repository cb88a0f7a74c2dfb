namespace Quarry.Data.Files.Readers;

/// <summary>Finds the columns of JSON keys. Records mostly have the same keys in the same order: that is tried first.</summary>
internal sealed class JsonKeys
{
    private readonly KeyTable _table;
    private (byte[] Key, int Number)[] _expected = [];
    private byte[] _unescaped = [];

    /// <summary>Finds keys in a table.</summary>
    public JsonKeys(KeyTable table) => _table = table;

    /// <summary>The key's bytes with its escapes resolved, which hold until the next call.</summary>
    public ReadOnlySpan<byte> Text(ReadOnlySpan<byte> record, JsonValue name, out int replaced)
    {
        ReadOnlySpan<byte> key = record.Slice(name.Start, name.Length);
        replaced = 0;
        if (!name.HasEscapes)
        {
            return key;
        }

        if (_unescaped.Length < key.Length)
        {
            _unescaped = new byte[Math.Max(256, key.Length)];
        }

        return _unescaped.AsSpan(0, JsonText.Unescape(key, _unescaped, out replaced));
    }

    /// <summary>The number of a key that is the <paramref name="position"/>th of its record, or -1.</summary>
    public int Find(ReadOnlySpan<byte> key, int position)
    {
        if (position < _expected.Length && _expected[position].Key is { } expected && key.SequenceEqual(expected))
        {
            return _expected[position].Number;
        }

        int number = _table.Find(key);
        if (number >= 0 && position < 4096)
        {
            if (position >= _expected.Length)
            {
                Array.Resize(ref _expected, Math.Max(64, position + 1));
            }

            _expected[position] = (_table.Key(number), number);
        }

        return number;
    }
}
