using System.Numerics;
using Quarry.Scanning;

namespace Quarry.Indicators;

/// <summary>
/// Scans rows of text that lie one after the other in a buffer, in one pass: <see cref="AnchorSearch"/> leaves the few
/// positions where an indicator can be, and each is then read in its row. Not for use by several threads.
/// </summary>
/// <remarks>
/// Every byte is read a bounded number of times: what an anchor reads, it marks as read (<c>_dottedEnd</c> and its like), and
/// looks back and ahead are bounded. A row with defanged text is rewritten and scanned again, once. A row without anchors
/// costs nothing but its share of the search.
/// </remarks>
internal sealed partial class RowScanner(ScanPlan plan, int depth = 0)
{
    private readonly ScanPlan _plan = plan;

    // Whether what stands around a name decides if it is a domain.
    private readonly bool _judges = plan.NeedsEvidence && !plan.IgnoreTlds;

    private readonly AnchorSearch _search = new(plan);

    // The last bytes of a text and what is looked at behind them: more than a block, where a whole one had nothing behind it.
    private readonly byte[] _tail = new byte[(2 * ByteBlock.Size) + AnchorSearch.Ahead];

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

        const int Most = AnchorSearch.MostBlocks * ByteBlock.Size;
        var rows = new Rows(text, offsets, consumer);
        _search.Begin();
        BeginRow();
        int position = offsets[0], end = offsets[^1];
        while (end - position >= ByteBlock.Size + AnchorSearch.Ahead)
        {
            int length = Math.Min(end - position - AnchorSearch.Ahead, Most) & -ByteBlock.Size;
            Read(_search.Next(text.Slice(position, length + AnchorSearch.Ahead), position), ref rows);
            position += length;
        }

        _tail.AsSpan().Clear();
        text[position..end].CopyTo(_tail);
        Read(_search.Next(_tail, position), ref rows);
        MoveTo(int.MaxValue, ref rows);
    }

    private void Read(ReadOnlySpan<Anchors> blocks, ref Rows rows)
    {
        foreach (ref readonly Anchors block in blocks)
        {
            ulong names = block.Names, rare = block.Rare, anchors = names | rare;
            while (anchors != 0)
            {
                int bit = BitOperations.TrailingZeroCount(anchors);
                ulong flag = 1ul << bit;
                anchors &= anchors - 1;
                int at = block.Position + bit;
                if (at >= rows.End)
                {
                    MoveTo(at, ref rows);
                }

                int column = at - rows.Start;
                if ((names & flag) != 0 && column > 1 && IsPromising(rows.Current, column - 1))
                {
                    _isTouched = true;
                    OnDot(rows.Current, column - 1);
                }

                if ((rare & flag) != 0)
                {
                    _isTouched = true;
                    OnRare(in block, flag, rows.Current, column);

                    // What a hash has read needs not be asked for again.
                    int unread = rows.Start + _hexEnd - block.Position;
                    anchors &= block.Single | (unread >= ByteBlock.Size ? 0 : ulong.MaxValue << Math.Max(unread, 0));
                }
            }
        }
    }

    private void OnRare(ref readonly Anchors block, ulong flag, ReadOnlySpan<byte> row, int column)
    {
        if ((block.Mails & flag) != 0 && column > 0 && Bytes.IsHost(Bytes.At(row, column + 1)))
        {
            OnAt(row, column);
        }

        if ((block.Urls & flag) != 0 && column > 0 && column + 2 < row.Length)
        {
            OnUrl(row, column);
        }

        if ((block.Addresses & flag) != 0)
        {
            OnColon(row, column);
        }

        if ((block.Hashes & flag) != 0)
        {
            OnHex(row, column);
        }

        if ((block.Marks & flag) != 0)
        {
            _isMarked = _isMarked || DefangMarks.MayStandAt(row, column);
        }

        if ((block.Escapes & flag) != 0)
        {
            OnPercent(row, column);
        }
    }

    // Ends the row, and comes to the one that holds a position; past the last, ends them all. Only types that are looked for
    // row by row want the rows that were passed over.
    private void MoveTo(int position, ref Rows rows)
    {
        EndRow(ref rows);
        while (position >= rows.End && rows.Next())
        {
            if (_plan.HasRowKinds && position >= rows.End)
            {
                EndRow(ref rows);
            }
        }
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
