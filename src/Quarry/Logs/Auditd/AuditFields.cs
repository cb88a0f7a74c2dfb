namespace Quarry.Logs.Auditd;

/// <summary>
/// The fields of a record, one after another: <c>key=value</c>, <c>key="value"</c>, those within <c>msg='…'</c> like the others,
/// and those that auditd has added behind a group separator. Words that belong to no key are given without one.
/// </summary>
/// <remarks>Source: the audit project's documentation of its events' format (audit-events, "Event Field Names").</remarks>
internal ref struct AuditFields
{
    private const byte Separator = 0x1D;

    private readonly ReadOnlySpan<byte> _body;
    private int _at;
    private int _nestedEnd = -1;

    /// <summary>The fields of a record's body.</summary>
    public AuditFields(ReadOnlySpan<byte> body) => _body = body;

    /// <summary>Where the key begins in the body.</summary>
    public int KeyStart { get; private set; }

    /// <summary>How long the key is; 0 for words without one.</summary>
    public int KeyLength { get; private set; }

    /// <summary>The value.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>How the value was written.</summary>
    public AuditFieldKind Kind { get; private set; }

    /// <summary>The key; empty for words without one.</summary>
    public readonly ReadOnlySpan<byte> Key => _body.Slice(KeyStart, KeyLength);

    /// <summary>Goes to the next field.</summary>
    public bool Next()
    {
        while (true)
        {
            SkipBlanks();
            if (_at >= _body.Length)
            {
                return false;
            }

            if (_at == _nestedEnd)
            {
                _nestedEnd = -1;
                _at++;
                continue;
            }

            int end = WordEnd(_at, out bool isKey);
            if (!isKey)
            {
                ReadWords(end);
                return true;
            }

            KeyStart = _at;
            KeyLength = end - _at;
            _at = end + 1;
            if (_nestedEnd < 0 && Key.SequenceEqual("msg"u8) && _at < _body.Length && _body[_at] == '\'')
            {
                Enter();
                continue;
            }

            ReadValue();
            return true;
        }
    }

    private readonly int Limit => _nestedEnd >= 0 ? _nestedEnd : _body.Length;

    private void SkipBlanks()
    {
        while (_at < _body.Length && _body[_at] is (byte)' ' or Separator && _at != _nestedEnd)
        {
            _at++;
        }

        // Older records put the nested fields in brackets.
        while (_nestedEnd >= 0 && _at < _nestedEnd && _body[_at] is (byte)'(' or (byte)' ')
        {
            _at++;
        }
    }

    // The end of a word, or the equals sign behind a key.
    private readonly int WordEnd(int from, out bool isKey)
    {
        int length = _body[from..Limit].IndexOfAny((byte)' ', (byte)'=', Separator);
        int end = length < 0 ? Limit : from + length;
        isKey = length > 0 && _body[end] == '=';
        return end == from ? from + 1 : end;
    }

    // Up to the last quote before auditd's own fields: what a program logs may hold quotes.
    private void Enter()
    {
        ReadOnlySpan<byte> rest = _body[(_at + 1)..];
        int separator = rest.IndexOf(Separator);
        int close = (separator < 0 ? rest : rest[..separator]).LastIndexOf((byte)'\'');
        _nestedEnd = close < 0 ? (separator < 0 ? _body.Length : _at + 1 + separator) : _at + 1 + close;
        _at++;
    }

    private void ReadValue()
    {
        ReadOnlySpan<byte> rest = _body[_at..Limit];
        if (!rest.IsEmpty && rest[0] == '"')
        {
            int close = rest[1..].IndexOf((byte)'"');
            Kind = close < 0 ? AuditFieldKind.Cut : AuditFieldKind.Quoted;
            Value = close < 0 ? rest[1..] : rest.Slice(1, close);
            _at += close < 0 ? rest.Length : close + 2;
            return;
        }

        int end = rest.IndexOfAny((byte)' ', Separator);
        end = end < 0 ? rest.Length : end;
        Kind = AuditFieldKind.Bare;
        if (KeyLength == 2 && Key.SequenceEqual("op"u8))
        {
            end = WithWords(end);
        }

        ReadOnlySpan<byte> value = rest[..end];
        _at += end;
        Value = _nestedEnd < 0 || value.IsEmpty || value[^1] is not ((byte)',' or (byte)')') ? value
            : value[^1] == ',' ? value[..^1]
            : value.Contains((byte)'(') ? value : value[..^1];
    }

    // "op=adding user to group acct=…": the words up to the next key are the operation's.
    private readonly int WithWords(int end)
    {
        while (_at + end < Limit && _body[_at + end] == ' ' && _at + end + 1 < Limit && _body[_at + end + 1] != ' ')
        {
            int next = WordEnd(_at + end + 1, out bool isKey);
            if (isKey || next <= _at + end + 1)
            {
                return end;
            }

            end = next - _at;
        }

        return end;
    }

    private void ReadWords(int end)
    {
        int start = _at;
        while (end < Limit && _body[end] == ' ')
        {
            int begin = end;
            while (begin < Limit && _body[begin] == ' ')
            {
                begin++;
            }

            if (begin >= Limit)
            {
                break;
            }

            int next = WordEnd(begin, out bool isKey);
            if (isKey)
            {
                break;
            }

            end = next;
        }

        KeyStart = start;
        KeyLength = 0;
        Kind = AuditFieldKind.Bare;
        Value = _body[start..end];
        _at = end;
    }
}
