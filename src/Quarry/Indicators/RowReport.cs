using System.Runtime.InteropServices;

namespace Quarry.Indicators;

/// <summary>
/// Makes a row's matches a report: in the order of the text, each observable once and as its strongest type, in the form
/// that the options ask for.
/// </summary>
internal sealed class RowReport(ScanPlan plan, IndicatorOptions options, IIndicatorSink sink) : IRowConsumer
{
    private const int FewMatches = 8;

    private readonly List<byte> _defanged = [];
    private int[] _slots = [];

    public void Take(int row, ReadOnlySpan<byte> text, Span<RowMatch> matches, ReadOnlySpan<byte> rewritten)
    {
        if (options.Form == ObservableForm.Defanged)
        {
            rewritten = DefangAll(text, matches, rewritten);
        }

        // Repetition costs a look-up, not a place in the sort.
        int count = matches.Length > FewMatches
            ? DistinctOfMany(text, matches, rewritten)
            : DistinctOfFew(text, matches, rewritten);
        if (count > 1)
        {
            MemoryExtensions.Sort(matches[..count], ByPosition);
        }

        foreach (ref RowMatch match in matches[..count])
        {
            ReadOnlySpan<byte> original = text.Slice(match.Offset, match.Length);
            ReadOnlySpan<byte> observable = Observable(in match, text, rewritten);
            bool isAsItStood = !match.IsDefanged && observable.SequenceEqual(original);
            sink.Add(new IndicatorMatch(
                row, plan.NameOf(match.Kind), match.Offset, match.Length, observable, isAsItStood ? default : original));
        }
    }

    private static int ByPosition(RowMatch a, RowMatch b) =>
        a.Offset != b.Offset ? a.Offset.CompareTo(b.Offset)
        : a.Length != b.Length ? b.Length.CompareTo(a.Length)
        : a.Kind.CompareTo(b.Kind);

    private ReadOnlySpan<byte> Observable(ref readonly RowMatch match, ReadOnlySpan<byte> text, ReadOnlySpan<byte> rewritten)
    {
        bool isRewritten = match.RewrittenAt >= 0 && (options.Form != ObservableForm.AsFound || match.IsDecoded);
        return isRewritten
            ? rewritten.Slice(match.RewrittenAt, match.RewrittenLength)
            : text.Slice(match.Offset, match.Length);
    }

    private int DistinctOfFew(ReadOnlySpan<byte> text, Span<RowMatch> matches, ReadOnlySpan<byte> rewritten)
    {
        int count = 0;
        for (int i = 0; i < matches.Length; i++)
        {
            ReadOnlySpan<byte> observable = Observable(in matches[i], text, rewritten);
            int same = 0;
            while (same < count && !Observable(in matches[same], text, rewritten).SequenceEqual(observable))
            {
                same++;
            }

            Keep(matches, i, same, ref count);
        }

        return count;
    }

    private int DistinctOfMany(ReadOnlySpan<byte> text, Span<RowMatch> matches, ReadOnlySpan<byte> rewritten)
    {
        int size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)matches.Length * 2);
        _slots = _slots.Length < size ? new int[size] : _slots;
        Span<int> slots = _slots.AsSpan(0, size);
        slots.Clear();
        int count = 0;
        for (int i = 0; i < matches.Length; i++)
        {
            ReadOnlySpan<byte> observable = Observable(in matches[i], text, rewritten);

            // Seeded by the process: an input cannot be made to collide.
            var hash = default(HashCode);
            hash.AddBytes(observable);
            int slot = hash.ToHashCode() & (size - 1);
            while (slots[slot] != 0 && !Observable(in matches[slots[slot] - 1], text, rewritten).SequenceEqual(observable))
            {
                slot = (slot + 1) & (size - 1);
            }

            int same = slots[slot] == 0 ? count : slots[slot] - 1;
            slots[slot] = same + 1;
            Keep(matches, i, same, ref count);
        }

        return count;
    }

    // An equal text is reported as the type of the smaller priority number, where it stands first.
    private void Keep(Span<RowMatch> matches, int index, int same, ref int count)
    {
        if (same == count)
        {
            matches[count++] = matches[index];
            return;
        }

        RowMatch kept = matches[same], other = matches[index];
        bool isStronger = (plan.PriorityOf(other.Kind), other.Kind).CompareTo((plan.PriorityOf(kept.Kind), kept.Kind)) < 0;
        matches[same] = ByPosition(other, kept) < 0 ? other : kept;
        matches[same].Kind = isStronger ? other.Kind : kept.Kind;
    }

    private ReadOnlySpan<byte> DefangAll(ReadOnlySpan<byte> text, Span<RowMatch> matches, ReadOnlySpan<byte> rewritten)
    {
        _defanged.Clear();
        foreach (ref RowMatch match in matches)
        {
            if (match.Kind is not (IndicatorKind.Ipv4 or IndicatorKind.Ipv6 or IndicatorKind.Dns or IndicatorKind.Url
                or IndicatorKind.Email or IndicatorKind.Cidr))
            {
                continue;
            }

            byte[] dead = Defanging.Defang(match.RewrittenAt >= 0
                ? rewritten.Slice(match.RewrittenAt, match.RewrittenLength)
                : text.Slice(match.Offset, match.Length));
            match.RewrittenAt = _defanged.Count;
            match.RewrittenLength = dead.Length;
            _defanged.AddRange(dead);
        }

        return CollectionsMarshal.AsSpan(_defanged);
    }
}
