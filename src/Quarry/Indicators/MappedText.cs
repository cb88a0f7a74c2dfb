namespace Quarry.Indicators;

/// <summary>
/// A rewritten copy of a text, refanged or percent-decoded, that knows for each of its bytes where it stood. It only ever
/// gets shorter: replaced bytes are fewer than what they replace.
/// </summary>
internal sealed class MappedText
{
    private byte[] _bytes = [];
    private int[] _origins = [0];
    private int _length;

    public ReadOnlySpan<byte> Text => _bytes.AsSpan(0, _length);

    /// <summary>Empties it and makes room for the copy of a text.</summary>
    public void Clear(int capacity)
    {
        if (_origins.Length <= capacity)
        {
            int size = (int)Math.Min(Array.MaxLength - 1, Math.Max(256, capacity * 5L / 4));
            _bytes = new byte[size];
            _origins = new int[size + 1];
        }

        _length = 0;
        _origins[0] = 0;
    }

    /// <summary>Adds a byte that stands for what begins at a position of the original.</summary>
    public void Add(byte value, int origin)
    {
        _origins[_length] = origin;
        _bytes[_length++] = value;
    }

    /// <summary>Says where the original ends.</summary>
    public void End(int origin) => _origins[_length] = origin;

    /// <summary>Removes blanks at the end, which belonged to what is written next.</summary>
    public int TrimBlank() => _length > 0 && _bytes[_length - 1] == ' ' ? _origins[--_length] : -1;

    /// <summary>Where a position of the copy stood; its length stands for the end.</summary>
    public int OriginOf(int position) => _origins[position];

    /// <summary>Whether a stretch of the copy was rewritten.</summary>
    public bool IsRewritten(int start, int end) => _origins[end] - _origins[start] != end - start;
}
