using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Quarry.Scanning;

namespace Quarry.Indicators;

/// <summary>
/// Finds the few positions of a text at which indicators can be, by bit masks over blocks of 64 bytes that are combined by
/// shifts. It looks across the borders of rows: who reads the positions judges them by their row. One for each text.
/// </summary>
/// <remarks>
/// It calls nothing, and what a block says to the next stays in local variables: a loop that also read the indicators would
/// spill them all for every block. Looking a few bytes ahead is a second load, cheaper than the mask of the block before.
/// Masks that few blocks need are only made where a cheaper one asks for them.
/// </remarks>
internal sealed class AnchorSearch(ScanPlan plan)
{
    /// <summary>The most blocks that are searched at a time: their text and their anchors stay in the nearest cache.</summary>
    public const int MostBlocks = 32;

    /// <summary>How many bytes behind the last block are looked at.</summary>
    public const int Ahead = 2;

    // All ones where positions of a kind are wanted.
    private readonly ulong _names = All(plan, IndicatorKind.Dns, IndicatorKind.Ipv4, IndicatorKind.Cidr);
    private readonly ulong _mails = All(plan, IndicatorKind.Email);
    private readonly ulong _urls = All(plan, IndicatorKind.Url, IndicatorKind.Email);
    private readonly ulong _addresses = All(plan, IndicatorKind.Ipv6, IndicatorKind.Cidr);
    private readonly ulong _hashes = All(
        plan, IndicatorKind.Md5Hash, IndicatorKind.Sha1Hash, IndicatorKind.Sha256Hash, IndicatorKind.Sha512Hash);

    // All ones where a name must end in a known top-level domain.
    private readonly ulong _knownOnly = plan.IgnoreTlds ? 0 : ulong.MaxValue;

    private readonly Anchors[] _found = new Anchors[MostBlocks];
    private Masks _before;

    /// <summary>Whether marks of defanging are looked for.</summary>
    public bool LooksForMarks { get; set; } = plan.Defanged;

    /// <summary>Forgets what came before: the next block begins a text.</summary>
    public void Begin() => _before = default;

    /// <summary>
    /// The blocks with anchors among the next ones of the text. A block is handed over only if it has any; the answer lives
    /// until the next question.
    /// </summary>
    /// <param name="text">At most <see cref="MostBlocks"/> whole blocks, and <see cref="Ahead"/> bytes that follow them.</param>
    /// <param name="position">Where the blocks begin in the text of the rows.</param>
    public ReadOnlySpan<Anchors> Next(ReadOnlySpan<byte> text, int position)
    {
        ulong dotBefore = _before.Dot, hostBefore = _before.Host, digitBefore = _before.Digit, hexBefore = _before.Hex;
        ulong colonBefore = _before.Colon, pairBefore = _before.Pair, secondBefore = _before.Second;
        bool looksForMarks = LooksForMarks;
        Anchors[] found = _found;
        int count = 0;
        for (int start = 0; start <= text.Length - ByteBlock.Size - Ahead; start += ByteBlock.Size)
        {
            ref byte first = ref Unsafe.Add(ref MemoryMarshal.GetReference(text), start);
            var block = new ByteBlock(ref first);
            var next = new ByteBlock(ref Unsafe.Add(ref first, 1));
            var second = new ByteBlock(ref Unsafe.Add(ref first, 2));
            ulong dot = block.Equal((byte)'.');
            ulong digit = block.Between((byte)'0', (byte)'9');
            ulong high = block.High();
            ulong host = digit | high | block.BetweenIgnoringCase((byte)'a', (byte)'z') | block.Equal((byte)'-') | block.Equal((byte)'_');
            ulong afterDot = Shift(dot, dotBefore, 1), afterHost = Shift(host, hostBefore, 1), twoAfterHost = Shift(host, hostBefore, 2);

            ulong names = afterDot & host & twoAfterHost & ~digit & ~(Programs(block) & _knownOnly);
            ulong pair = afterDot & digit & Shift(digit, digitBefore, 2);
            ulong secondPair = 0;
            if (pair != 0)
            {
                secondPair = AfterGroup(pair, pairBefore, pair, digit, digitBefore);
                names |= AfterGroup(secondPair, secondBefore, pair, digit, digitBefore);
            }

            ulong mails = block.Equal((byte)'@');

            ulong colon = block.Equal((byte)':');
            ulong urls = colon & next.Equal((byte)'/') & second.Equal((byte)'/');

            ulong hex = digit | block.BetweenIgnoringCase((byte)'a', (byte)'f');
            ulong addresses = 0;
            if (colon != 0 && ((colon & (colon - 1)) | (colonBefore >> 59)) != 0)
            {
                addresses = AfterColon(hex, hexBefore, colon, colonBefore);
            }

            // 32 hexadecimal digits in a row have 16 within one block.
            ulong hashes = hex & (hex >> 1);
            hashes &= hashes >> 2;
            hashes &= hashes >> 4;
            hashes &= hashes >> 8;

            ulong escapes = block.Equal((byte)'%');
            if (escapes != 0)
            {
                escapes &= next.Between((byte)'2', (byte)'3');
            }

            ulong marks = 0;
            if (looksForMarks)
            {
                // Brackets around or beside a dot and its like, an escaped dot, " dot ", and the first bytes of the wide dots.
                ulong open = block.Equal((byte)'(') | block.EqualIgnoringCase((byte)'{');
                marks = (block.Equal((byte)' ') & next.EqualIgnoringCase((byte)'d') & second.EqualIgnoringCase((byte)'o'))
                    | (dot & ~afterHost & twoAfterHost);
                if (open != 0)
                {
                    marks |= open & (next.Equal((byte)'.') | next.Equal((byte)':') | next.Equal((byte)'/') | next.Equal((byte)'@')
                        | next.EqualIgnoringCase((byte)'d') | next.EqualIgnoringCase((byte)'a'));
                }

                if ((afterDot & ~host) != 0)
                {
                    marks |= afterDot & block.Equal((byte)']') & twoAfterHost;
                }

                if (high != 0)
                {
                    marks |= block.Equal(0xEF) | block.Equal(0xE3);
                }
            }

            dotBefore = dot;
            hostBefore = host;
            digitBefore = digit;
            hexBefore = hex;
            colonBefore = colon;
            pairBefore = pair;
            secondBefore = secondPair;

            names &= _names;
            mails &= _mails;
            urls &= _urls;
            addresses &= _addresses;
            hashes &= _hashes;
            if ((names | mails | urls | addresses | hashes | marks | escapes) != 0)
            {
                found[count++] = new Anchors
                {
                    Position = position + start,
                    Names = names,
                    Mails = mails,
                    Urls = urls,
                    Addresses = addresses,
                    Hashes = hashes,
                    Marks = marks,
                    Escapes = escapes,
                };
            }
        }

        _before = new Masks
        {
            Dot = dotBefore,
            Host = hostBefore,
            Digit = digitBefore,
            Hex = hexBefore,
            Colon = colonBefore,
            Pair = pairBefore,
            Second = secondBefore,
        };
        return found.AsSpan(0, count);
    }

    // The digits after a dot that follow such digits by a group of one to three: pairs are all the digits after digit and dot.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong AfterGroup(ulong from, ulong fromBefore, ulong pairs, ulong digit, ulong digitBefore) =>
        pairs & (Shift(from, fromBefore, 2) | Shift(from, fromBefore, 3) | (Shift(from, fromBefore, 4) & Shift(digit, digitBefore, 3)));

    // The colons that follow a colon at once or after one to four hexadecimal digits. No group is longer than five bytes,
    // so that the block before is enough to know those that reach over.
    private static ulong AfterColon(ulong hex, ulong hexBefore, ulong colon, ulong colonBefore)
    {
        ulong digits = colon, digitsBefore = colonBefore, groups = colon, groupsBefore = colonBefore;
        for (int length = 1; length <= 4; length++)
        {
            digits = hex & Shift(digits, digitsBefore, 1);
            digitsBefore = hexBefore & (digitsBefore << 1);
            groups |= digits;
            groupsBefore |= digitsBefore;
        }

        return colon & Shift(groups, groupsBefore, 1);
    }

    // exe and dll, with which no top-level domain begins: the dots before them are most of those in the logs of Windows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Programs(ByteBlock block)
    {
        ulong d = block.EqualIgnoringCase((byte)'d'), e = block.EqualIgnoringCase((byte)'e');
        ulong x = block.EqualIgnoringCase((byte)'x'), l = block.EqualIgnoringCase((byte)'l');
        return (e & (x >> 1) & (e >> 2)) | (d & (l >> 1) & (l >> 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Shift(ulong mask, ulong before, int count) => (mask << count) | (before >> (64 - count));

    private static ulong All(ScanPlan plan, params ReadOnlySpan<IndicatorKind> kinds) => plan.WantsAny(kinds) ? ulong.MaxValue : 0;

    /// <summary>The masks of a block that those of the next block look back at.</summary>
    private struct Masks
    {
        public ulong Dot, Host, Digit, Hex, Colon, Pair, Second;
    }
}
