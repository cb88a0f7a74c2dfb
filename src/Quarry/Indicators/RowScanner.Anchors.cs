using System.Runtime.CompilerServices;

namespace Quarry.Indicators;

/// <content>Reads what stands at the positions that the masks left.</content>
internal sealed partial class RowScanner
{
    private const int MostNested = 8;

    private int _dottedEnd, _colonEnd, _hexEnd, _urlEnd, _authorityEnd, _percentEnd, _nested;

    private void BeginRow()
    {
        _dottedEnd = _colonEnd = _hexEnd = _urlEnd = _authorityEnd = _percentEnd = _nested = 0;
        _isMarked = _isTouched = false;
    }

    // Whether a dot between two characters of a host can stand in an address, or before a top-level domain.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsPromising(ReadOnlySpan<byte> row, int dot) =>
        dot >= _dottedEnd
        && ((Bytes.IsDigit(row[dot - 1]) && Bytes.IsDigit(row[dot + 1])) || _plan.IgnoreTlds || TopLevelDomains.MayBegin(row, dot + 1));

    // Reads the whole dotted run around such a dot, once.
    private void OnDot(ReadOnlySpan<byte> row, int dot)
    {
        int end = dot + 1, lastDot = dot;
        int high = 0;
        for (; end < row.Length; end++)
        {
            byte b = row[end];
            if (b == '.' && Bytes.IsHost(Bytes.At(row, end + 1)))
            {
                lastDot = end;
            }
            else if (!Bytes.IsHost(b))
            {
                break;
            }

            high |= b;
        }

        _dottedEnd = end;
        bool isNumeric = Bytes.IsDigit(row[dot - 1]) && Bytes.IsDigit(row[dot + 1]);
        if (high < 0x80 && !isNumeric && !_plan.IgnoreTlds && !TopLevelDomains.Contains(row[(lastDot + 1)..end].TrimEnd("-_"u8)))
        {
            return;
        }

        int start = dot;
        while (start > 0 && (Bytes.IsHost(row[start - 1]) || (row[start - 1] == '.' && Bytes.IsHost(Bytes.At(row, start - 2)))))
        {
            high |= row[--start];
        }

        if (high < 0x80)
        {
            OnName(row, start, end);
        }
        else
        {
            OnWideName(row, start, end);
        }
    }

    // Text beyond ASCII can be part of a name, or be what stands around it: quotation marks, and scripts without blanks.
    private void OnWideName(ReadOnlySpan<byte> row, int start, int end)
    {
        int piece = start;
        while (piece < end)
        {
            int next = piece;
            bool isWide = false, isMixed = false;
            while (next < end)
            {
                int length = row[next] < 0x80 ? 1 : UrlShape.LetterLength(row[next..end]);
                if (length == 0)
                {
                    break;
                }

                isWide |= length > 1;
                isMixed |= length > 2;
                next += length;
            }

            ReadOnlySpan<byte> name = row[piece..next];
            if (!isWide || isMixed || !OnName(row, piece, next))
            {
                // Names in one script stand whole; else those within the text are looked for.
                bool isWhole = isMixed && !IsGlued(name) && OnName(row, piece, next);
                for (int i = piece; i < next && !isWhole;)
                {
                    int from = i;
                    while (i < next && row[i] < 0x80)
                    {
                        i++;
                    }

                    if (row[from..i].IndexOf((byte)'.') >= 0)
                    {
                        OnName(row, from, i);
                    }

                    i++;
                }
            }

            piece = next + 1;
        }
    }

    // Whether ASCII letters and letters of three bytes and more (Thai, Chinese, Japanese, Korean) share a label.
    private static bool IsGlued(ReadOnlySpan<byte> name)
    {
        bool hasLetters = false, hasWide = false;
        foreach (byte b in name)
        {
            hasLetters = b != '.' && (hasLetters || Bytes.IsAlphaNumeric(b));
            hasWide = b != '.' && (hasWide || b >= 0xE0);
            if (hasLetters && hasWide)
            {
                return true;
            }
        }

        return false;
    }

    private bool OnName(ReadOnlySpan<byte> row, int start, int end)
    {
        int runStart = start;
        if (Bytes.At(row, start - 1) == '%' && end - start > 2 && Bytes.IsHex(row[start]) && Bytes.IsHex(row[start + 1]))
        {
            start += 2;
        }

        while (start < end && row[start] is (byte)'-' or (byte)'.')
        {
            start++;
        }

        while (end > start && row[end - 1] is (byte)'-' or (byte)'_' or (byte)'.')
        {
            end--;
        }

        // The part of a path that a single backslash begins is the most common of all that are no domains.
        bool isPart = _judges && Bytes.At(row, start - 1) == '\\' && Bytes.At(row, start - 2) != '\\' && _source is null;
        if (!isPart && _plan.Wants(IndicatorKind.Dns) && DomainRules.IsName(row[start..end], _plan.IgnoreTlds)
            && !MailboxRules.IsLocalPart(row, end)
            && (!_judges || IsRewritten(start, end) || DomainRules.IsMeant(row, start, end)))
        {
            Add(IndicatorKind.Dns, start, end);
            return true;
        }

        return OnNumbers(row, runStart, start, end);
    }

    // Four numbers that are not part of a longer dotted number, of a name's end (lib.so.1.2.3.4), or of a version (_1.2.3.4_).
    private bool OnNumbers(ReadOnlySpan<byte> row, int runStart, int start, int end)
    {
        // The letter of an escaped line end or tab, as JSON leaves it.
        if (start == runStart && Bytes.At(row, start - 1) == '\\' && Bytes.At(row, start) is (byte)'n' or (byte)'r' or (byte)'t')
        {
            start++;
        }

        if (Bytes.At(row, start - 1) == '.' && Bytes.At(row, start - 2) != '.')
        {
            return false;
        }

        bool found = false;
        for (int stop; (stop = Ipv4Shape.Read(row, start)) > 0 && stop <= end; start = stop + 1)
        {
            byte after = Bytes.At(row, stop);
            bool isRange = after == '-' && Bytes.IsDigit(Bytes.At(row, stop + 1));
            if (stop < end && !isRange && !(after == '.' && !Bytes.IsDigit(Bytes.At(row, stop + 1))))
            {
                break;
            }

            found = true;
            Add(IndicatorKind.Ipv4, start, stop);
            OnPrefix(row, start, stop, 32);
            if (!isRange)
            {
                break;
            }
        }

        return found;
    }

    // The length of the prefix that makes an address a network.
    private void OnPrefix(ReadOnlySpan<byte> row, int start, int end, int most)
    {
        int digits = 0, value = 0;
        while (_plan.Wants(IndicatorKind.Cidr) && digits < 4 && Bytes.IsDigit(Bytes.At(row, end + 1 + digits)))
        {
            value = (value * 10) + row[end + 1 + digits++] - '0';
        }

        byte after = Bytes.At(row, end + 1 + digits);
        if (Bytes.At(row, end) == '/' && digits is > 0 and < 4 && value <= most && !(digits > 1 && row[end + 1] == '0')
            && !Bytes.IsHost(after) && !(after == '.' && Bytes.IsHost(Bytes.At(row, end + 2 + digits))) && after != '/')
        {
            Add(IndicatorKind.Cidr, start, end + 1 + digits);
        }
    }

    private void OnAt(ReadOnlySpan<byte> row, int at)
    {
        if (at < _authorityEnd)
        {
            return;
        }

        int start = MailboxRules.LocalPartStart(row, at);
        int end = at + 1;
        for (int limit = Math.Min(row.Length, end + 1024); end < limit; end++)
        {
            byte b = row[end];
            if (!Bytes.IsHost(b) && !(b == '.' && Bytes.IsHost(Bytes.At(row, end + 1))))
            {
                break;
            }
        }

        while (end > at && row[end - 1] is (byte)'-' or (byte)'_')
        {
            end--;
        }

        if (start < 0)
        {
            return;
        }

        ReadOnlySpan<byte> domain = row[(at + 1)..end];
        if (!DomainRules.IsName(domain, _plan.IgnoreTlds))
        {
            // What stands behind it without a blank may not be ASCII.
            int ascii = domain.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            end = at + 1 + Math.Max(ascii, 0);
            if (ascii <= 0 || !DomainRules.IsName(domain[..ascii], _plan.IgnoreTlds))
            {
                return;
            }
        }

        Add(IndicatorKind.Email, start, end);
    }

    private void OnUrl(ReadOnlySpan<byte> row, int colon)
    {
        UrlScheme scheme = UrlScheme.Before(row, colon, _plan.Defanged);
        int start = colon - scheme.Length;
        bool isNested = start < _urlEnd;
        _nested = isNested ? _nested + 1 : 0;
        if (scheme.Length == 0 || _nested > MostNested)
        {
            return;
        }

        bool isParameter = isNested && Bytes.At(row, start - 1) == '=';
        if (UrlShape.Read(row, start, colon, isNested ? _urlEnd : row.Length, isParameter) is not { } url)
        {
            return;
        }

        _authorityEnd = url.AuthorityEnd;
        _urlEnd = Math.Max(_urlEnd, url.End);
        if (!_plan.Wants(IndicatorKind.Url))
        {
            return;
        }

        Add(IndicatorKind.Url, start, url.End);
        if (scheme.IsDefanged)
        {
            ref RowMatch match = ref _matches[_count - 1];
            match.IsDefanged = true;
            match.RewrittenAt = _rewritten.Count;
            _rewritten.AddRange(UrlScheme.Live(row[start..colon]));
            _rewritten.AddRange(row[colon..url.End]);
            match.RewrittenLength = _rewritten.Count - match.RewrittenAt;
        }
    }

    private void OnColon(ReadOnlySpan<byte> row, int colon)
    {
        if (colon < _colonEnd)
        {
            return;
        }

        int start = colon, end = colon;
        while (start > 0 && IsAddressByte(row[start - 1]))
        {
            start--;
        }

        while (end < row.Length && IsAddressByte(row[end]))
        {
            end++;
        }

        _colonEnd = end;
        start += Bytes.At(row, start - 1) == '%' && Bytes.IsHex(row[start]) && Bytes.IsHex(Bytes.At(row, start + 1)) ? 2 : 0;
        byte before = Bytes.At(row, start - 1);
        bool isEscaped = Bytes.At(row, start - 3) == '%';
        if ((Bytes.IsWord(before) && !isEscaped) || Bytes.IsWord(Bytes.At(row, end)))
        {
            return;
        }

        // The dot that ends a sentence, the colon of what follows; but not one of a double colon.
        if (end - start > 2 && row[end - 1] is (byte)'.' or (byte)':' && row[end - 2] != ':' && row[end - 2] != '.')
        {
            end--;
        }

        ReadOnlySpan<byte> address = row[start..end];
        if (!Ipv6Shape.IsAddress(address) || Ipv6Shape.IsDoubtful(address))
        {
            return;
        }

        if (_plan.Wants(IndicatorKind.Ipv6))
        {
            Add(IndicatorKind.Ipv6, start, end);
        }

        OnPrefix(row, start, end, 128);
    }

    private static bool IsAddressByte(byte b) => Bytes.IsHex(b) || b is (byte)':' or (byte)'.';

    private void OnHex(ReadOnlySpan<byte> row, int position)
    {
        if (position < _hexEnd)
        {
            return;
        }

        int start = position, end = position;
        while (start > _hexEnd && Bytes.IsHex(row[start - 1]))
        {
            start--;
        }

        while (end < row.Length && Bytes.IsHex(row[end]))
        {
            end++;
        }

        _hexEnd = end;
        start += Bytes.At(row, start - 1) == '%' ? 2 : 0; // the end of an escape
        IndicatorKind? kind = (end - start) switch
        {
            32 => IndicatorKind.Md5Hash,
            40 => IndicatorKind.Sha1Hash,
            64 => IndicatorKind.Sha256Hash,
            128 => IndicatorKind.Sha512Hash,
            _ => null,
        };
        if (kind is { } found && _plan.Wants(found))
        {
            Add(found, start, end);
        }
    }
}
