using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Quarry.Decoding;

/// <summary>
/// Which of sixty-four bytes are of base64, and at which of them an anchor may stand, as bit masks.
/// </summary>
/// <remarks>
/// Both by table lookups of the two halves of a byte, which a processor does for 32 or 64 bytes at once: a byte is of a class when
/// the entries of its high and its low half share the class's bit. For the anchors there is one pair of tables for each of
/// their three bytes and one bit for each kind; what is left after and-ing all three is nearly always a real one (the
/// algorithm is known as Teddy, from Hyperscan: Wang et al., NSDI 2019).
/// </remarks>
internal static class AnchorMasks
{
    /// <summary>The bytes of a step.</summary>
    public const int Block = 64;

    /// <summary>The bytes behind a block that are read with it.</summary>
    public const int LookAhead = 2;

    // The kinds of anchors, a bit each.
    private const byte SwitchLetter = 1, SwitchEnd = 2, Number64 = 4, Call = 8, Cast = 16, List = 32, Escape = 64, Percent = 128;

    private static readonly Vector512<byte> AlphabetHigh = Table([0x20, 0, 0x08, 0x04, 0x01, 0x12, 0x01, 0x02, 0, 0, 0, 0, 0, 0, 0, 0]);
    private static readonly Vector512<byte> AlphabetLow = AlphabetLowTable();

    private static readonly Vector512<byte> FirstHigh = Halves(true, First);
    private static readonly Vector512<byte> FirstLow = Halves(false, First);
    private static readonly Vector512<byte> SecondHigh = Halves(true, Second);
    private static readonly Vector512<byte> SecondLow = Halves(false, Second);
    private static readonly Vector512<byte> ThirdHigh = Halves(true, Third);
    private static readonly Vector512<byte> ThirdLow = Halves(false, Third);

    /// <summary>The masks of the block that begins at a byte, behind which at least 65 more can be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Compute(ref byte at, out ulong alphabet, out ulong anchors)
    {
        if (Vector512.IsHardwareAccelerated && Avx512BW.IsSupported)
        {
            ComputeWhole(ref at, out alphabet, out anchors);
            return;
        }

        ComputeHalf(ref at, out uint lowAlphabet, out uint lowAnchors);
        ComputeHalf(ref Unsafe.Add(ref at, 32), out uint highAlphabet, out uint highAnchors);
        alphabet = lowAlphabet | ((ulong)highAlphabet << 32);
        anchors = lowAnchors | ((ulong)highAnchors << 32);
    }

    /// <summary>As <see cref="ComputeHalf"/>, with one vector for all sixty-four bytes: half as many instructions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ComputeWhole(ref byte at, out ulong alphabet, out ulong anchors)
    {
        Vector512<byte> zero = Vector512<byte>.Zero;
        Vector512<byte> v0 = Vector512.LoadUnsafe(ref at), v1 = Vector512.LoadUnsafe(ref at, 1), v2 = Vector512.LoadUnsafe(ref at, 2);
        Vector512<byte> low0 = v0 & Vector512.Create((byte)15), high0 = High(v0);
        alphabet = ~Vector512.Equals(Lookup(AlphabetLow, low0) & Lookup(AlphabetHigh, high0), zero).ExtractMostSignificantBits();

        Vector512<byte> kinds = Lookup(FirstLow, low0) & Lookup(FirstHigh, high0)
            & Lookup(SecondLow, v1 & Vector512.Create((byte)15)) & Lookup(SecondHigh, High(v1))
            & Lookup(ThirdLow, v2 & Vector512.Create((byte)15)) & Lookup(ThirdHigh, High(v2));
        anchors = ~Vector512.Equals(kinds, zero).ExtractMostSignificantBits() | Vector512.Equals(v0 | v2, zero).ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ComputeHalf(ref byte at, out uint alphabet, out uint anchors)
    {
        Vector256<byte> zero = Vector256<byte>.Zero;
        Vector256<byte> v0 = Vector256.LoadUnsafe(ref at), v1 = Vector256.LoadUnsafe(ref at, 1), v2 = Vector256.LoadUnsafe(ref at, 2);
        Vector256<byte> low0 = v0 & Vector256.Create((byte)15), high0 = High(v0);
        alphabet = ~Vector256.Equals(Lookup(AlphabetLow.GetLower(), low0) & Lookup(AlphabetHigh.GetLower(), high0), zero).ExtractMostSignificantBits();

        Vector256<byte> kinds = Lookup(FirstLow.GetLower(), low0) & Lookup(FirstHigh.GetLower(), high0)
            & Lookup(SecondLow.GetLower(), v1 & Vector256.Create((byte)15)) & Lookup(SecondHigh.GetLower(), High(v1))
            & Lookup(ThirdLow.GetLower(), v2 & Vector256.Create((byte)15)) & Lookup(ThirdHigh.GetLower(), High(v2));
        Vector256<byte> wide = Vector256.Equals(v0 | v2, zero);
        anchors = (~Vector256.Equals(kinds, zero) | wide).ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> High(Vector512<byte> v) => (v.AsUInt16() >> 4).AsByte() & Vector512.Create((byte)15);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> High(Vector256<byte> v) => (v.AsUInt16() >> 4).AsByte() & Vector256.Create((byte)15);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Lookup(Vector512<byte> table, Vector512<byte> index) => Avx512BW.Shuffle(table, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Lookup(Vector256<byte> table, Vector256<byte> index) => Avx2.IsSupported
        ? Avx2.Shuffle(table, index)
        : Vector256.Create(
            Vector128.ShuffleNative(table.GetLower(), index.GetLower()),
            Vector128.ShuffleNative(table.GetUpper(), index.GetUpper()));

    /// <summary>The kinds of anchors a byte may be the first of.</summary>
    private static byte First(int b) => (byte)(
        (b is '-' or '/' or 0x93 or 0x94 or 0x95 ? SwitchLetter | SwitchEnd : 0)
        | (b is 'e' or 'E' or 'b' or 'B' ? Number64 : 0)
        | (b is 'e' or 'E' or 'b' or 'B' or 'r' or 'R' ? Call : 0)
        | (b is 'r' or 'R' ? Cast : 0)
        | (b == ',' ? List : 0) | (b == '\\' ? Escape : 0) | (b == '%' ? Percent : 0));

    private static byte Second(int b) => (byte)(
        (b is 'e' or 'E' ? SwitchLetter | SwitchEnd : 0)
        | (b == '6' ? Number64 : 0) | (b == '(' ? Call : 0) | (b is '[' or ']' ? Cast : 0)
        | (b is '0' or ' ' ? List : 0) | (b is 'x' or 'X' ? Escape : 0) | (IsHex(b) ? Percent : 0));

    private static byte Third(int b) => (byte)(
        (b is 'n' or 'N' or 'c' or 'C' ? SwitchLetter : 0)
        | (b is ' ' or '\t' or '\r' or '\n' or ':' or '=' or '"' or '\'' or '\\' or 0xC2 ? SwitchEnd : 0)
        | (b == '4' ? Number64 : 0) | Call | Cast
        | (b is 'x' or 'X' or '0' ? List : 0) | (IsHex(b) ? Escape | Percent : 0));

    private static bool IsHex(int b) => b < 128 && char.IsAsciiHexDigit((char)b);

    private static Vector512<byte> Halves(bool high, Func<int, byte> kinds)
    {
        byte[] table = new byte[16];
        for (int b = 0; b < 256; b++)
        {
            table[high ? b >> 4 : b & 15] |= kinds(b);
        }

        return Table(table);
    }

    /// <summary>Of the low half: bit 0 with letters of 4x and 6x, 1 of 5x and 7x, 2 digits, 3 <c>+ - /</c>, 4 <c>_</c>, 5 line breaks.</summary>
    private static Vector512<byte> AlphabetLowTable()
    {
        byte[] table = new byte[16];
        for (int low = 0; low < 16; low++)
        {
            table[low] = (byte)((low >= 1 ? 0x01 : 0) | (low <= 10 ? 0x02 : 0) | (low <= 9 ? 0x04 : 0)
                | (low is 0xB or 0xD or 0xF ? 0x08 : 0) | (low == 0xF ? 0x10 : 0) | (low is 0xA or 0xD ? 0x20 : 0));
        }

        return Table(table);
    }

    private static Vector512<byte> Table(ReadOnlySpan<byte> sixteen)
    {
        Vector128<byte> lane = Vector128.Create(sixteen);
        Vector256<byte> lanes = Vector256.Create(lane, lane);
        return Vector512.Create(lanes, lanes);
    }
}
