namespace Quarry.Kql.Functions.Dynamic;

/// <summary>The elements of a JSON array, one after another; none of what is no array.</summary>
internal ref struct JsonElements(ReadOnlySpan<byte> array)
{
    private readonly ReadOnlySpan<byte> _text = array;
    private int _at = !array.IsEmpty && array[0] == (byte)'[' ? 1 : array.Length;

    /// <summary>The element's text.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Where the element begins.</summary>
    public int Start { get; private set; }

    /// <summary>Goes on to the next element.</summary>
    public bool MoveNext()
    {
        int at = JsonText.SkipWhite(_text, _at);
        int end = at < _text.Length && _text[at] != (byte)']' ? JsonText.End(_text, at) : -1;
        if (end < 0)
        {
            _at = _text.Length;
            return false;
        }

        Start = at;
        Current = _text[at..end];
        at = JsonText.SkipWhite(_text, end);
        _at = at < _text.Length && _text[at] == (byte)',' ? at + 1 : _text.Length;
        return true;
    }
}
