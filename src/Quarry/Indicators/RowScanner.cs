using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Quarry.Scanning;

namespace Quarry.Indicators;

/// <summary>
/// Scans rows of text that lie one after the other in a buffer, in one pass over blocks of 64 bytes: bit masks, combined by
/// shifts, leave the few positions where an indicator can be; each is then read in its row. Not for use by several threads.
/// </summary>
/// <remarks>
/// Every byte is read a bounded number of times: what an anchor reads, it marks as read (<c>_dottedEnd</c> and its like), and
/// looks back and ahead are bounded. A row with defanged text is rewritten and scanned again, once.
/// </remarks>
internal sealed partial class RowScanner(ScanPlan plan, int depth = 0)
{
    private readonly ScanPlan _plan = plan;

    // All ones where positions of a kind are wanted.
    private readonly ulong _names = All(plan, IndicatorKind.Dns, IndicatorKind.Ipv4, IndicatorKind.Cidr);
    private readonly ulong _mails = All(plan, IndicatorKind.Email);
    private readonly ulong _urls = All(plan, IndicatorKind.Url, IndicatorKind.Email);
    private readonly ulong _addresses = All(plan, IndicatorKind.Ipv6, IndicatorKind.Cidr);
    private readonly ulong _hashes = All(
        plan, IndicatorKind.Md5Hash, IndicatorKind.Sha1Hash, IndicatorKind.Sha256Hash, IndicatorKind.Sha512Hash);

    // All ones where a name must end in a known top-level domain.
    private readonly ulong _knownOnly = plan.IgnoreTlds ? 0 : ulong.MaxValue;

    // Whether what stands around a name decides if it is a domain.
    private readonly bool _judges = plan.NeedsEvidence && !plan.IgnoreTlds;

    private readonly byte[] _tail = new byte[ByteBlock.Size];

    /// <summary>
    /// Scans the rows of a buffer: row i is the text from offsets[i] to offsets[i + 1]. Without a consumer the matches of the
    /// last row stay to be asked for.
    /// </summary>
    public void Scan(ReadOnlySpan<byte> text, ReadOnlySpan<int> offsets, IRowConsumer? consumer)
    {
        if (offsets.Length < 2)
        {
            return;
        }

        var rows = new Rows(text, offsets, consumer);
        BeginRow();
        ref byte first = ref MemoryMarshal.GetReference(text);
        var before = default(Masks);
        int start = offsets[0], end = offsets[^1], position = start;
        for (; position <= end - ByteBlock.Size; position += ByteBlock.Size)
        {
            ScanBlock(new ByteBlock(ref Unsafe.Add(ref first, position)), position, ref before, ref rows);
        }

        if (position < end)
        {
            _tail.AsSpan().Clear();
            text[position..end].CopyTo(_tail);
            ScanBlock(new ByteBlock(ref _tail[0]), position, ref before, ref rows);
        }

        do
        {
            EndRow(ref rows);
        }
        while (rows.Next());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ScanBlock(ByteBlock block, int position, ref Masks before, ref Rows rows)
    {
        var masks = new Masks
        {
            Dot = block.Equal((byte)'.'),
            Colon = block.Equal((byte)':'),
            Slash = block.Equal((byte)'/'),
            At = block.Equal((byte)'@'),
        };
        ulong digit = block.Between((byte)'0', (byte)'9');
        ulong high = block.Between(0x80, 0xFF);
        masks.Host = digit | high | block.BetweenIgnoringCase((byte)'a', (byte)'z')
            | block.Equal((byte)'-') | block.Equal((byte)'_');
        ulong hex = digit | block.BetweenIgnoringCase((byte)'a', (byte)'f');

        ulong labels = Shift(masks.Dot, before.Dot, 1) & masks.Host & Shift(masks.Host, before.Host, 2) & _names;
        ulong names = (labels & ~digit & ~(Programs(block) & _knownOnly)) | (Numbers(ref masks, in before, digit) & _names);
        ulong mails = Shift(masks.At, before.At, 1) & masks.Host & _mails;
        ulong urls = masks.Slash & Shift(masks.Slash, before.Slash, 1) & Shift(masks.Colon, before.Colon, 2) & _urls;
        ulong anchors = names | mails | urls;

        masks.Group1 = hex & Shift(masks.Colon, before.Colon, 1);
        masks.Group2 = hex & Shift(masks.Group1, before.Group1, 1);
        masks.Group3 = hex & Shift(masks.Group2, before.Group2, 1);
        masks.Group = masks.Group1 | masks.Group2 | masks.Group3 | (hex & Shift(masks.Group3, before.Group3, 1));
        ulong addresses = masks.Colon
            & (Shift(masks.Colon, before.Colon, 1) | Shift(masks.Group, before.Group, 1)) & _addresses;

        // 32 hexadecimal digits in a row have 16 within one block.
        ulong hashes = hex & (hex >> 1);
        hashes &= hashes >> 2;
        hashes &= hashes >> 4;
        hashes &= (hashes >> 8) & _hashes;

        ulong marks = _mayBeDefanged ? Marks(block, ref masks, in before, high) : 0;

        masks.Percent = block.Equal((byte)'%');
        ulong escapes = Shift(masks.Percent, before.Percent, 1) & (block.Equal((byte)'3') | block.Equal((byte)'2'));
        before = masks;

        anchors |= addresses | hashes | marks | escapes;
        while (anchors != 0)
        {
            int bit = BitOperations.TrailingZeroCount(anchors);
            ulong flag = 1ul << bit;
            anchors &= anchors - 1;
            int at = position + bit;
            while (at >= rows.End)
            {
                EndRow(ref rows);
                rows.Next();
            }

            int column = at - rows.Start;
            ReadOnlySpan<byte> row = rows.Current;
            if ((names & flag) != 0 && column > 1 && IsPromising(row, column - 1))
            {
                OnDot(row, column - 1);
            }

            if ((mails & flag) != 0 && column > 1)
            {
                OnAt(row, column - 1);
            }

            if ((urls & flag) != 0 && column > 2)
            {
                OnUrl(row, column - 2);
            }

            if ((addresses & flag) != 0)
            {
                OnColon(row, column);
            }

            if ((hashes & flag) != 0)
            {
                OnHex(row, column);
            }

            if ((marks & flag) != 0)
            {
                _isMarked = _isMarked || DefangMarks.MayStandAt(row, column);
            }

            if ((escapes & flag) != 0 && column > 0)
            {
                OnPercent(row, column - 1);
            }
        }
    }

    // The third dot of d.d.d.d, one place further: a dot after a digit and three groups of one to three digits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Numbers(ref Masks masks, in Masks before, ulong digit)
    {
        masks.Digit = digit;
        masks.First1 = digit & Shift(masks.Dot, before.Dot, 1) & Shift(digit, before.Digit, 2);
        masks.First2 = digit & Shift(masks.First1, before.First1, 1);
        masks.First = masks.First1 | masks.First2 | (digit & Shift(masks.First2, before.First2, 1));
        masks.SecondDot = masks.Dot & Shift(masks.First, before.First, 1);
        masks.Second1 = digit & Shift(masks.SecondDot, before.SecondDot, 1);
        masks.Second2 = digit & Shift(masks.Second1, before.Second1, 1);
        masks.Second = masks.Second1 | masks.Second2 | (digit & Shift(masks.Second2, before.Second2, 1));
        masks.ThirdDot = masks.Dot & Shift(masks.Second, before.Second, 1);
        return digit & Shift(masks.ThirdDot, before.ThirdDot, 1);
    }

    // exe and dll, with which no top-level domain begins: the dots before them are most of those in the logs of Windows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Programs(ByteBlock block)
    {
        ulong e = block.BetweenIgnoringCase((byte)'e', (byte)'e'), l = block.BetweenIgnoringCase((byte)'l', (byte)'l');
        return (e & (block.BetweenIgnoringCase((byte)'x', (byte)'x') >> 1) & (e >> 2))
            | (block.BetweenIgnoringCase((byte)'d', (byte)'d') & (l >> 1) & (l >> 2));
    }

    private static ulong All(ScanPlan plan, params ReadOnlySpan<IndicatorKind> kinds) => plan.WantsAny(kinds) ? ulong.MaxValue : 0;

    // Brackets around or beside a dot and its like, an escaped dot, " dot ", and the first bytes of the wide dots.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Marks(ByteBlock block, ref Masks masks, in Masks before, ulong high)
    {
        ulong d = block.BetweenIgnoringCase((byte)'d', (byte)'d');
        masks.Open = block.Equal((byte)'[') | block.Equal((byte)'(') | block.Equal((byte)'{');
        masks.Close = block.Equal((byte)']');
        masks.Backslash = block.Equal((byte)'\\');
        masks.Blank = block.Equal((byte)' ');
        masks.D = d;
        ulong inner = masks.Dot | masks.Colon | masks.Slash | masks.At | d | block.BetweenIgnoringCase((byte)'a', (byte)'a');
        ulong marks = (Shift(masks.Open, before.Open, 1) & inner)
            | (Shift(masks.Dot, before.Dot, 1) & masks.Close & Shift(masks.Host, before.Host, 2))
            | (Shift(masks.Backslash, before.Backslash, 1) & masks.Dot & Shift(masks.Host, before.Host, 2))
            | (masks.Blank & Shift(masks.Blank, before.Blank, 4) & Shift(masks.D, before.D, 3));
        return high == 0 ? marks : marks | block.Equal(0xEF) | block.Equal(0xE3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Shift(ulong mask, ulong before, int count) => (mask << count) | (before >> (64 - count));

    /// <summary>The masks of a block that those of the next block look back at.</summary>
    private struct Masks
    {
        public ulong Dot, Colon, Slash, At, Host, Percent;
        public ulong Group1, Group2, Group3, Group;
        public ulong Digit, First1, First2, First, SecondDot, Second1, Second2, Second, ThirdDot;
        public ulong Open, Close, Backslash, Blank, D;
    }

    /// <summary>The row that the scan has come to.</summary>
    private ref struct Rows(ReadOnlySpan<byte> text, ReadOnlySpan<int> offsets, IRowConsumer? consumer)
    {
        private readonly ReadOnlySpan<byte> _text = text;
        private readonly ReadOnlySpan<int> _offsets = offsets;

        public readonly IRowConsumer? Consumer = consumer;

        public int Index { get; private set; }

        public int Start { get; private set; } = offsets[0];

        public int End { get; private set; } = offsets[1];

        public readonly ReadOnlySpan<byte> Current => _text[Start..End];

        public bool Next()
        {
            if (Index + 2 >= _offsets.Length)
            {
                return false;
            }

            Index++;
            Start = End;
            End = _offsets[Index + 1];
            return true;
        }
    }
}
