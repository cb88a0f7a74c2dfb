using System.Buffers;
using System.Text;

namespace Quarry.Kql.Functions.Dynamic;

/// <summary>
/// Checks that a text is JSON and makes it compact: no white space, and each string written in one way only (see
/// <see cref="JsonOutput.String"/>), so that equal strings are equal bytes. Numbers stay as they are written.
/// </summary>
/// <remarks>Source: RFC 8259. What is right already, as most is, is only passed over.</remarks>
internal ref struct JsonCompaction
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly ArrayBufferWriter<byte> _to;
    private readonly int _mostDepth;
    private readonly bool _keepsAll;
    private ulong[] _objects;
    private int _depth;
    private int _at;
    private int _kept;
    private bool _isCopied;

    private JsonCompaction(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> to, int mostDepth, bool keepsAll)
    {
        _text = text;
        _to = to;
        _mostDepth = mostDepth;
        _keepsAll = keepsAll;
        _objects = [];
        _at = JsonText.SkipWhite(text, 0);
        _kept = _at;
    }

    /// <summary>The compact JSON of a text; it lies in the text itself or in the bytes given. False if it is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="to">Where what has to be written anew goes.</param>
    /// <param name="compact">The result.</param>
    /// <param name="mostDepth">How deep it may be nested; deeper is taken for none.</param>
    /// <param name="keepsAll">Whether half a surrogate pair, of which U+FFFD would be made, makes it none.</param>
    public static bool TryCompact(
        ReadOnlySpan<byte> text, ArrayBufferWriter<byte> to, out ReadOnlySpan<byte> compact, int mostDepth = int.MaxValue, bool keepsAll = false)
    {
        compact = default;
        var reading = new JsonCompaction(text, to, mostDepth, keepsAll);
        int from = to.WrittenCount;
        if (!reading.Read())
        {
            return false;
        }

        if (!reading._isCopied)
        {
            compact = text[reading._kept..reading._at];
            return true;
        }

        reading.Copy(reading._at);
        compact = to.WrittenSpan[from..];
        return true;
    }

    // Reads one value; at its end white space alone may follow.
    private bool Read()
    {
        while (_depth <= _mostDepth && ReadValue(out bool isOpen))
        {
            if (isOpen)
            {
                continue;
            }

            while (true)
            {
                if (_depth == 0)
                {
                    return JsonText.SkipWhite(_text, _at) == _text.Length;
                }

                Gap();
                if (TryTake((byte)','))
                {
                    Gap();
                    if (IsInObject && !ReadName())
                    {
                        return false;
                    }

                    break;
                }

                if (!TryTake(IsInObject ? (byte)'}' : (byte)']'))
                {
                    return false;
                }

                _depth--;
            }
        }

        return false;
    }

    private readonly bool IsInObject => (_objects[(_depth - 1) >> 6] >> ((_depth - 1) & 63) & 1) != 0;

    // isOpen: the next is a value again, the first of a container.
    private bool ReadValue(out bool isOpen)
    {
        isOpen = false;
        if (_at >= _text.Length)
        {
            return false;
        }

        switch (_text[_at])
        {
            case (byte)'{':
                _at++;
                Gap();
                if (TryTake((byte)'}'))
                {
                    return true;
                }

                Push(true);
                isOpen = true;
                return ReadName();
            case (byte)'[':
                _at++;
                Gap();
                if (TryTake((byte)']'))
                {
                    return true;
                }

                Push(false);
                isOpen = true;
                return true;
            case (byte)'"':
                return ReadString();
            case (byte)'t':
                return TryTake("true"u8);
            case (byte)'f':
                return TryTake("false"u8);
            case (byte)'n':
                return TryTake("null"u8);
            default:
                return ReadNumber();
        }
    }

    private bool ReadName()
    {
        if (_at >= _text.Length || _text[_at] != (byte)'"' || !ReadString())
        {
            return false;
        }

        Gap();
        bool hasColon = TryTake((byte)':');
        Gap();
        return hasColon;
    }

    private bool ReadString()
    {
        _at++;
        while (true)
        {
            _at = JsonScanning.Special(_text, _at);
            if (_at >= _text.Length)
            {
                return false;
            }

            if (_text[_at] != (byte)'\\')
            {
                return _text[_at++] == (byte)'"';
            }

            int length = JsonText.Escape(_text[_at..], out Rune rune);
            if (length == 0 || (_keepsAll && IsHalfAPair(length, rune)))
            {
                return false;
            }

            RewriteEscape(length, rune);
        }
    }

    private readonly bool IsHalfAPair(int length, Rune rune) =>
        length == 6 && rune == Rune.ReplacementChar && !Ascii.EqualsIgnoreCase(_text.Slice(_at + 2, 4), "fffd"u8);

    private void RewriteEscape(int length, Rune rune)
    {
        Span<byte> wanted = stackalloc byte[6];
        int count = JsonOutput.Escaped(rune, wanted);
        if (!wanted[..count].SequenceEqual(_text.Slice(_at, length)))
        {
            Copy(_at);
            _to.Write(wanted[..count]);
            _kept = _at + length;
        }

        _at += length;
    }

    private bool ReadNumber()
    {
        _ = TryTake((byte)'-');
        int first = _at;
        if (!TakeDigits() || (_text[first] == (byte)'0' && _at > first + 1))
        {
            return false;
        }

        if (TryTake((byte)'.') && !TakeDigits())
        {
            return false;
        }

        if (!TryTake((byte)'e') && !TryTake((byte)'E'))
        {
            return true;
        }

        _ = TryTake((byte)'+') || TryTake((byte)'-');
        return TakeDigits();
    }

    private bool TakeDigits()
    {
        int first = _at;
        while (_at < _text.Length && _text[_at] is >= (byte)'0' and <= (byte)'9')
        {
            _at++;
        }

        return _at > first;
    }

    private bool TryTake(byte wanted)
    {
        if (_at < _text.Length && _text[_at] == wanted)
        {
            _at++;
            return true;
        }

        return false;
    }

    private bool TryTake(ReadOnlySpan<byte> word)
    {
        bool isThere = _text[_at..].StartsWith(word);
        _at += isThere ? word.Length : 0;
        return isThere;
    }

    private void Gap()
    {
        int behind = JsonText.SkipWhite(_text, _at);
        if (behind > _at)
        {
            Copy(_at);
            _kept = behind;
            _at = behind;
        }
    }

    private void Copy(int until)
    {
        _isCopied = true;
        _to.Write(_text[_kept..until]);
        _kept = until;
    }

    private void Push(bool isObject)
    {
        int word = _depth >> 6;
        if (word == _objects.Length)
        {
            Array.Resize(ref _objects, Math.Max(1, _objects.Length * 2));
        }

        ulong bit = 1ul << (_depth & 63);
        _objects[word] = isObject ? _objects[word] | bit : _objects[word] & ~bit;
        _depth++;
    }
}
