namespace Quarry.Indicators;

/// <summary>
/// Recognises what people write in place of the dots, colons, slashes and at signs of an indicator so that it cannot be
/// followed, and writes the live form. Schemes (<c>hxxp</c>) are not its concern.
/// </summary>
internal ref struct DefangMarks
{
    // What may end a name that is spelled with " dot ". Top-level domains that are words ("to", "in", "is") are not here:
    // "connect the dot to the line" is prose.
    private static readonly WordSet SpokenTopLevels = new(
        "com net org info biz edu gov mil io co uk ru cn de fr nl eu jp br au ca pl ua kr tr ir vn su xyz top club online " +
        "site onion app dev cc tv");

    private const int LongestSpokenName = 16;

    private readonly ReadOnlySpan<byte> _text;
    private readonly MappedText _copy;
    private byte _stop;
    private byte _beforeStop;
    private int _spokenUntil;
    private bool _isSpoken;

    private DefangMarks(ReadOnlySpan<byte> text, MappedText copy)
    {
        _text = text;
        _copy = copy;
        copy.Clear(text.Length);
    }

    /// <summary>Writes the live form of a text. False if there was nothing to rewrite.</summary>
    public static bool Rewrite(ReadOnlySpan<byte> text, MappedText copy) => new DefangMarks(text, copy).Rewrite();

    /// <summary>
    /// Whether the byte at a position may belong to a mark: a quick no for most of the brackets of programs. The position is
    /// that of an opening bracket, of a closing one after a dot, of a dot after what is no part of a name, of the blank before
    /// "dot", or of the first byte of a wide dot.
    /// </summary>
    public static bool MayStandAt(ReadOnlySpan<byte> row, int position)
    {
        byte next = Bytes.At(row, position + 1);
        switch (row[position])
        {
            case (byte)'(' or (byte)'[' or (byte)'{':
                return next is (byte)'.' or (byte)':' or (byte)'/' or (byte)'@'
                    || Bytes.StandsAt(row, position + 1, "dot"u8)
                    || (Bytes.StandsAt(row, position + 1, "at"u8) && Bytes.At(row, position + 3) is (byte)']' or (byte)')' or (byte)'}');
            case (byte)']':
                return true;
            case (byte)'.':
                return Bytes.At(row, position - 1) == '\\';
            case (byte)' ':
                return Bytes.StandsAt(row, position, " dot "u8);
            default:
                return row[position] is 0xEF or 0xE3 && next is 0xBC or 0xBD or 0x80;
        }
    }

    private bool Rewrite()
    {
        bool isRewritten = false;
        int position = 0;
        while (position < _text.Length)
        {
            (int length, string live, bool takesBlanks) = MarkAt(position);
            if (length == 0)
            {
                Copy(position++);
                continue;
            }

            isRewritten = true;
            int origin = position;
            position += length;
            if (takesBlanks && Bytes.At(_text, position) == ' ' && _copy.TrimBlank() is int blank and >= 0)
            {
                origin = blank;
                position++;
            }

            foreach (char c in live)
            {
                _copy.Add((byte)c, origin);
            }
        }

        _copy.End(_text.Length);
        return isRewritten;
    }

    private void Copy(int position)
    {
        byte b = _text[position];
        _copy.Add(b, position);
        if (!Bytes.IsHost(b) && b != '.')
        {
            _beforeStop = _stop;
            _stop = b;
        }
    }

    private (int Length, string Live, bool TakesBlanks) MarkAt(int position)
    {
        switch (_text[position])
        {
            case (byte)'[':
                return Bracketed(position, (byte)']');
            case (byte)'(':
                return Bracketed(position, (byte)')');
            case (byte)'{':
                return Bracketed(position, (byte)'}');
            case (byte)'.' when Bytes.At(_text, position + 1) == ']' && IsBetweenHosts(position, 2):
                return (2, ".", false);
            case (byte)'\\' when Bytes.At(_text, position + 1) == '.' && IsEscapedDot(position):
                return (2, ".", false);
            case (byte)' ' when IsSpokenDot(position):
                return (5, ".", false);
            case 0xE3 when Has(position, [0xE3, 0x80, 0x82]) && IsBetweenAscii(position, 3):
                return (3, ".", false);
            case 0xEF when (Has(position, [0xEF, 0xBC, 0x8E]) || Has(position, [0xEF, 0xBD, 0xA1])) && IsBetweenHosts(position, 3):
                return (3, ".", false);
            default:
                return default;
        }
    }

    private readonly (int Length, string Live, bool TakesBlanks) Bracketed(int position, byte close)
    {
        byte next = Bytes.At(_text, position + 1);
        switch (next)
        {
            case (byte)'.' when Bytes.At(_text, position + 2) == close:
                return IsBetweenHosts(position, 3) || IsBetweenBlanks(position, 3) ? (3, ".", true) : default;
            case (byte)'.' when close == ']' && IsBetweenHosts(position, 2):
                return (2, ".", false);
            case (byte)':' when Bytes.At(_text, position + 2) == close:
                return (3, ":", false);
            case (byte)':' when Has(position + 1, "://"u8) && Bytes.At(_text, position + 4) == close:
                return (5, "://", false);
            case (byte)'/' when Bytes.At(_text, position + 2) == close:
                return (3, "/", false);
            case (byte)'/' when Bytes.At(_text, position + 2) == '/' && Bytes.At(_text, position + 3) == close:
                return (4, "//", false);
            case (byte)'@' when Bytes.At(_text, position + 2) == close:
                return (3, "@", true);
            case (byte)'d' or (byte)'D' when Bytes.StandsAt(_text, position + 1, "dot"u8) && Bytes.At(_text, position + 4) == close:
                return IsBetweenHosts(position, 5) || IsBetweenBlanks(position, 5) ? (5, ".", true) : default;
            case (byte)'a' or (byte)'A' when Bytes.StandsAt(_text, position + 1, "at"u8) && Bytes.At(_text, position + 3) == close:
                return IsBetweenHosts(position, 4) || IsBetweenBlanks(position, 4) ? (4, "@", true) : default;
            default:
                return default;
        }
    }

    // A path (C:\Users\me\.ssh) has its backslashes too: an escaped dot stands in a word that no other one, no slash and no
    // colon begins, unless they are those of a URL.
    private readonly bool IsEscapedDot(int position) =>
        IsBetweenHosts(position, 2) && (_stop is not ((byte)'\\' or (byte)'/' or (byte)':') || (_stop == '/' && _beforeStop is (byte)'/' or (byte)'\\'));

    private bool IsSpokenDot(int position)
    {
        if (!Bytes.StandsAt(_text, position, " dot "u8) || !IsBetweenHosts(position, 5))
        {
            return false;
        }

        if (position < _spokenUntil)
        {
            return _isSpoken;
        }

        int word = position + 5, words = 1;
        int end = EndOfWord(word);
        while (words++ < LongestSpokenName && Bytes.StandsAt(_text, end, " dot "u8) && EndOfWord(end + 5) > end + 5)
        {
            word = end + 5;
            end = EndOfWord(word);
        }

        bool isNumber = Bytes.IsDigit(_text[position - 1]) && Bytes.IsDigit(_text[position + 5]);
        bool endsHere = Bytes.At(_text, end) is not ((byte)'[' or (byte)'(' or (byte)'{')
            && !(Bytes.At(_text, end) == '.' && Bytes.IsHost(Bytes.At(_text, end + 1)));
        _isSpoken = isNumber || (endsHere && SpokenTopLevels.Contains(_text[word..end]));
        _spokenUntil = word;
        return _isSpoken;
    }

    private readonly int EndOfWord(int position)
    {
        int limit = Math.Min(_text.Length, position + 64);
        while (position < limit && Bytes.IsHost(_text[position]))
        {
            position++;
        }

        return position;
    }

    private readonly bool IsBetweenHosts(int position, int length) =>
        Bytes.IsHost(Bytes.At(_text, position - 1)) && Bytes.IsHost(Bytes.At(_text, position + length));

    private readonly bool IsBetweenAscii(int position, int length) =>
        Bytes.IsAlphaNumeric(Bytes.At(_text, position - 1)) && Bytes.IsAlphaNumeric(Bytes.At(_text, position + length));

    private readonly bool IsBetweenBlanks(int position, int length) =>
        Bytes.At(_text, position - 1) == ' ' && Bytes.At(_text, position + length) == ' '
        && Bytes.IsHost(Bytes.At(_text, position - 2)) && Bytes.IsHost(Bytes.At(_text, position + length + 1));

    private readonly bool Has(int position, ReadOnlySpan<byte> bytes) =>
        position <= _text.Length && _text[position..].StartsWith(bytes);
}
