using System.Runtime.InteropServices;

namespace Quarry.Indicators;

/// <content>Keeps what was found in a row, and looks again where the row is defanged or percent-encoded.</content>
internal sealed partial class RowScanner
{
    private const int MostDepth = 4, LongestScheme = 12;

    private readonly List<byte> _rewritten = [];
    private RowMatch[] _matches = new RowMatch[16];
    private int _count;
    private bool _isMarked;

    // Whether anything was read in the row, so that there is something to end.
    private bool _isTouched;

    private RowScanner? _again;
    private MappedText? _copy;

    // The live text that is scanned in place of a defanged one.
    private MappedText? _source;

    /// <summary>What the last row holds, when there is no consumer.</summary>
    private ReadOnlySpan<RowMatch> Found => _matches.AsSpan(0, _count);

    private void Add(IndicatorKind kind, int start, int end)
    {
        if (!_plan.Wants(kind))
        {
            return;
        }

        Add(new RowMatch { Kind = kind, Offset = start, Length = end - start, RewrittenAt = -1 });
    }

    private void Add(RowMatch match)
    {
        if (_count == _matches.Length)
        {
            Array.Resize(ref _matches, _count * 2);
        }

        _matches[_count++] = match;
    }

    private bool IsRewritten(int start, int end) => _source is { } source && source.IsRewritten(start, end);

    private void EndRow(ref Rows rows)
    {
        if (!_isTouched && !_plan.HasRowKinds)
        {
            return;
        }

        if (_isMarked)
        {
            ScanLive(rows.Current);
        }

        if (_plan.HasRowKinds && depth == 0)
        {
            ScanRowKinds(rows.Current);
        }

        if (rows.Consumer is { } consumer)
        {
            if (_count > 0)
            {
                consumer.Take(rows.Index, rows.Current, _matches.AsSpan(0, _count), CollectionsMarshal.AsSpan(_rewritten));
            }

            _count = 0;
            _rewritten.Clear();
        }

        BeginRow();
    }

    // What was found in the defanged text is forgotten: the live one holds it too, and whole.
    private void ScanLive(ReadOnlySpan<byte> row)
    {
        _copy ??= new MappedText();
        if (!DefangMarks.Rewrite(row, _copy))
        {
            return;
        }

        _count = 0;
        _rewritten.Clear();
        _again ??= new RowScanner(_plan, depth + 1);
        ScanAgain(_copy, 0, isDefanged: true);
    }

    private void ScanAgain(MappedText copy, int origin, bool isDefanged)
    {
        RowScanner again = _again!;
        again._count = 0;
        again._rewritten.Clear();
        again._source = isDefanged ? copy : null;

        // A text that has been made live is not looked at for marks again.
        again._search.LooksForMarks = !isDefanged && _search.LooksForMarks;
        again.Scan(copy.Text, [0, copy.Text.Length], null);
        ReadOnlySpan<byte> rewritten = CollectionsMarshal.AsSpan(again._rewritten);
        foreach (RowMatch found in again.Found)
        {
            RowMatch match = found;
            int end = found.Offset + found.Length;
            match.Offset = copy.OriginOf(found.Offset);
            match.Length = copy.OriginOf(end) - match.Offset;
            bool isChanged = copy.IsRewritten(found.Offset, end);
            match.Offset += origin;
            if (isChanged || found.RewrittenAt >= 0)
            {
                match.IsDefanged |= isDefanged && isChanged;
                match.IsDecoded |= !isDefanged && isChanged;
                match.RewrittenAt = _rewritten.Count;
                _rewritten.AddRange(found.RewrittenAt >= 0
                    ? rewritten.Slice(found.RewrittenAt, found.RewrittenLength)
                    : copy.Text[found.Offset..end]);
                match.RewrittenLength = _rewritten.Count - match.RewrittenAt;
            }

            Add(match);
        }
    }

    // An encoded :// : the URL it belongs to is decoded and scanned for what it is, names and further URLs in it.
    private void OnPercent(ReadOnlySpan<byte> row, int percent)
    {
        bool isTwice = Bytes.StandsAt(row, percent, "%253a%252f%252f"u8);
        if (percent < _percentEnd || depth >= MostDepth || !(isTwice || Bytes.StandsAt(row, percent, "%3a%2f%2f"u8)))
        {
            return;
        }

        int start = percent, end = percent;
        while (start > _percentEnd && percent - start < LongestScheme && Bytes.IsAlphaNumeric(row[start - 1]))
        {
            start--;
        }

        while (end < row.Length && Bytes.IsUrl(row[end]) && row[end] is not ((byte)'&' or (byte)'\'' or (byte)')'))
        {
            end++;
        }

        _percentEnd = end;
        var decoded = new MappedText();
        decoded.Clear(end - start);
        for (int i = start; i < end; i++)
        {
            bool isEscape = row[i] == '%' && i + 2 < end && Bytes.IsHex(row[i + 1]) && Bytes.IsHex(row[i + 2]);
            decoded.Add(isEscape ? (byte)((Digit(row[i + 1]) << 4) | Digit(row[i + 2])) : row[i], i - start);
            i += isEscape ? 2 : 0;
        }

        decoded.End(end - start);
        _again ??= new RowScanner(_plan, depth + 1);
        ScanAgain(decoded, start, isDefanged: false);
    }

    private static int Digit(byte hex) => Bytes.IsDigit(hex) ? hex - '0' : (hex | 0x20) - 'a' + 10;
}
