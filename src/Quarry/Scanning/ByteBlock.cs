using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Quarry.Scanning;

/// <summary>
/// Sixty-four bytes of text, asked for the positions of bytes of a kind: bit i of an answer speaks of byte i.
/// Answers combine by and, or and shifts, so that a scanner expands only the few positions that remain.
/// </summary>
/// <remarks>One 512-bit vector where the machine has them, else two of 256 bits or four of 128: the JIT keeps one branch.</remarks>
internal readonly ref struct ByteBlock
{
    /// <summary>The number of bytes in a block.</summary>
    public const int Size = 64;

    private readonly ref byte _first;

    /// <summary>The block that begins at a byte of which at least 64 follow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ByteBlock(ref byte first) => _first = ref first;

    /// <summary>The positions of one byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Equal(byte value)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return Vector512.Equals(Load512(), Vector512.Create(value)).ExtractMostSignificantBits();
        }

        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<byte> v = Vector256.Create(value);
            return Vector256.Equals(Load256(0), v).ExtractMostSignificantBits()
                | ((ulong)Vector256.Equals(Load256(32), v).ExtractMostSignificantBits() << 32);
        }

        Vector128<byte> w = Vector128.Create(value);
        return Vector128.Equals(Load128(0), w).ExtractMostSignificantBits()
            | ((ulong)Vector128.Equals(Load128(16), w).ExtractMostSignificantBits() << 16)
            | ((ulong)Vector128.Equals(Load128(32), w).ExtractMostSignificantBits() << 32)
            | ((ulong)Vector128.Equals(Load128(48), w).ExtractMostSignificantBits() << 48);
    }

    /// <summary>
    /// The positions of an ASCII letter of either case, given in lower case; or of any byte and the one that lacks its bit of
    /// 0x20, as <c>{</c> and <c>[</c>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong EqualIgnoringCase(byte lower)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return Vector512.Equals(Load512() | Vector512.Create((byte)0x20), Vector512.Create(lower)).ExtractMostSignificantBits();
        }

        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<byte> v = Vector256.Create(lower), bit = Vector256.Create((byte)0x20);
            return Vector256.Equals(Load256(0) | bit, v).ExtractMostSignificantBits()
                | ((ulong)Vector256.Equals(Load256(32) | bit, v).ExtractMostSignificantBits() << 32);
        }

        return Equal(lower) | Equal((byte)(lower - 0x20));
    }

    /// <summary>The positions of the bytes beyond ASCII.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong High()
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return Load512().ExtractMostSignificantBits();
        }

        if (Vector256.IsHardwareAccelerated)
        {
            return Load256(0).ExtractMostSignificantBits() | ((ulong)Load256(32).ExtractMostSignificantBits() << 32);
        }

        return Load128(0).ExtractMostSignificantBits()
            | ((ulong)Load128(16).ExtractMostSignificantBits() << 16)
            | ((ulong)Load128(32).ExtractMostSignificantBits() << 32)
            | ((ulong)Load128(48).ExtractMostSignificantBits() << 48);
    }

    /// <summary>The positions of the bytes from <paramref name="low"/> to <paramref name="high"/>, both counted in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Between(byte low, byte high)
    {
        byte width = (byte)(high - low);
        if (Vector512.IsHardwareAccelerated)
        {
            return Vector512.LessThanOrEqual(Load512() - Vector512.Create(low), Vector512.Create(width))
                .ExtractMostSignificantBits();
        }

        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<byte> l = Vector256.Create(low), w = Vector256.Create(width);
            return Vector256.LessThanOrEqual(Load256(0) - l, w).ExtractMostSignificantBits()
                | ((ulong)Vector256.LessThanOrEqual(Load256(32) - l, w).ExtractMostSignificantBits() << 32);
        }

        Vector128<byte> lo = Vector128.Create(low), wi = Vector128.Create(width);
        return Vector128.LessThanOrEqual(Load128(0) - lo, wi).ExtractMostSignificantBits()
            | ((ulong)Vector128.LessThanOrEqual(Load128(16) - lo, wi).ExtractMostSignificantBits() << 16)
            | ((ulong)Vector128.LessThanOrEqual(Load128(32) - lo, wi).ExtractMostSignificantBits() << 32)
            | ((ulong)Vector128.LessThanOrEqual(Load128(48) - lo, wi).ExtractMostSignificantBits() << 48);
    }

    /// <summary>The positions of the ASCII letters of either case from <paramref name="low"/> to <paramref name="high"/>, which are given in lower case.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong BetweenIgnoringCase(byte low, byte high)
    {
        byte width = (byte)(high - low);
        if (Vector512.IsHardwareAccelerated)
        {
            return Vector512.LessThanOrEqual((Load512() | Vector512.Create((byte)0x20)) - Vector512.Create(low), Vector512.Create(width))
                .ExtractMostSignificantBits();
        }

        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<byte> l = Vector256.Create(low), w = Vector256.Create(width), bit = Vector256.Create((byte)0x20);
            return Vector256.LessThanOrEqual((Load256(0) | bit) - l, w).ExtractMostSignificantBits()
                | ((ulong)Vector256.LessThanOrEqual((Load256(32) | bit) - l, w).ExtractMostSignificantBits() << 32);
        }

        return Between(low, high) | Between((byte)(low - 0x20), (byte)(high - 0x20));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<byte> Load512() => Vector512.LoadUnsafe(ref _first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<byte> Load256(nuint offset) => Vector256.LoadUnsafe(ref _first, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<byte> Load128(nuint offset) => Vector128.LoadUnsafe(ref _first, offset);
}
