namespace Quarry.Kql.Functions.Dynamic;

/// <summary>The properties of a JSON object, one after another; none of what is no object.</summary>
internal ref struct JsonProperties(ReadOnlySpan<byte> value)
{
    private readonly ReadOnlySpan<byte> _text = value;
    private int _at = !value.IsEmpty && value[0] == (byte)'{' ? 1 : value.Length;

    /// <summary>What stands between the quotes of the name, escapes as they are written.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The value's text.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>The property as it is written, name and value.</summary>
    public ReadOnlySpan<byte> Whole { get; private set; }

    /// <summary>Goes on to the next property.</summary>
    public bool MoveNext()
    {
        int name = JsonText.SkipWhite(_text, _at);
        int behind = name < _text.Length && _text[name] == (byte)'"' ? JsonText.EndOfString(_text, name) : -1;
        int colon = behind < 0 ? _text.Length : JsonText.SkipWhite(_text, behind);
        int value = colon < _text.Length && _text[colon] == (byte)':' ? JsonText.SkipWhite(_text, colon + 1) : _text.Length;
        int end = JsonText.End(_text, value);
        if (end < 0)
        {
            _at = _text.Length;
            return false;
        }

        Name = _text[(name + 1)..(behind - 1)];
        Value = _text[value..end];
        Whole = _text[name..end];
        int at = JsonText.SkipWhite(_text, end);
        _at = at < _text.Length && _text[at] == (byte)',' ? at + 1 : _text.Length;
        return true;
    }
}
