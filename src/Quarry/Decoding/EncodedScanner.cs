using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Quarry.Decoding;

/// <summary>
/// Finds, at memory speed, the places of a text where something encoded may stand: runs of base64 characters that are
/// long enough, and anchors, the few bytes that every announcement of encoded text contains. Most text has neither.
/// </summary>
/// <remarks>
/// Sixty-four bytes a step, see <see cref="AnchorMasks"/>. The base64 characters become a bit mask, in which a run is found by
/// and-ing shifted copies.
/// </remarks>
internal ref struct EncodedScanner
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly int _minimumRun;
    private int _next;
    private int _block;
    private ulong _anchors;
    private ulong _runs;
    private int _carry;

    /// <summary>A scanner of a text for runs of at least <paramref name="minimumRun"/> base64 characters, line breaks counted in, and anchors.</summary>
    public EncodedScanner(ReadOnlySpan<byte> text, int minimumRun)
    {
        _text = text;
        _minimumRun = minimumRun;
    }

    /// <summary>The position of the hit: the first byte of an anchor, or some byte of a run.</summary>
    public int Position { get; private set; }

    /// <summary>Whether the hit is a run.</summary>
    public bool IsRun { get; private set; }

    /// <summary>Goes to the next hit. A run may be hit several times: once in every block.</summary>
    public bool MoveNext()
    {
        while ((_anchors | _runs) != 0 || ReadBlocks())
        {
            int anchor = BitOperations.TrailingZeroCount(_anchors), run = BitOperations.TrailingZeroCount(_runs);
            IsRun = run < anchor;
            if (IsRun)
            {
                // The other starts of the same run say nothing new.
                _runs &= _runs + (1UL << run);
                Position = _block + run;
                return true;
            }

            _anchors &= _anchors - 1;
            Position = _block + anchor;
            if (IsAnchor(_text[Position..]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether the text begins with one of the anchors. A dash or slash, an <c>e</c>, and what can follow in an <c>-enc</c> switch; <c>e64</c> and <c>b64</c>;
    /// <c>b(</c> of atob, <c>e(</c> of fromCharCode, <c>r(</c> of chr; <c>r]</c> and <c>r[</c> of [char] and [char[]]; a comma before <c>0x</c>; two of <c>\x41</c>;
    /// two of <c>%41</c>; a character between NULs.
    /// </summary>
    internal static bool IsAnchor(ReadOnlySpan<byte> text)
    {
        byte At(ReadOnlySpan<byte> t, int i) => i < t.Length ? t[i] : (byte)' ';
        byte b0 = text[0], b1 = At(text, 1), b2 = At(text, 2);
        switch (b0)
        {
            case (byte)'-' or (byte)'/' or 0x93 or 0x94 or 0x95:
                return (b1 | 0x20) == 'e' && ((b2 | 0x20) is 'n' or 'c' || b2 is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)':' or (byte)'=' or (byte)'"' or (byte)'\'' or (byte)'\\' or 0xC2);
            case (byte)'e' or (byte)'E' or (byte)'b' or (byte)'B':
                return b1 == '(' || (b1 == '6' && b2 == '4');
            case (byte)'r' or (byte)'R':
                return b1 is (byte)'(' or (byte)'[' or (byte)']';
            case (byte)',':
                return (b1 == '0' && (b2 | 0x20) == 'x') || (b1 == ' ' && b2 == '0' && (At(text, 3) | 0x20) == 'x');
            case (byte)'\\':
                return (b1 | 0x20) == 'x' && At(text, 4) == '\\' && char.IsAsciiHexDigit((char)b2);
            case (byte)'%':
                return At(text, 3) == '%' && char.IsAsciiHexDigit((char)b1) && char.IsAsciiHexDigit((char)b2);
            default:
                return b0 == 0 && b1 != 0 && text.Length > 2 && b2 == 0;
        }
    }

    /// <summary>Reads blocks until one has a hit.</summary>
    private bool ReadBlocks()
    {
        int next = _next, carry = _carry, minimum = _minimumRun;
        ref byte first = ref MemoryMarshal.GetReference(_text);
        while (next < _text.Length)
        {
            ulong alphabet, anchors;
            int block = next;
            next += AnchorMasks.Block;
            if (next + AnchorMasks.LookAhead <= _text.Length)
            {
                FetchAhead(ref first, block);
                AnchorMasks.Compute(ref Unsafe.Add(ref first, block), out alphabet, out anchors);
            }
            else
            {
                (alphabet, anchors) = ReadTail(block);
            }

            ulong runs = LongRuns(alphabet, minimum);
            int lead = BitOperations.TrailingZeroCount(~alphabet);
            if (lead > 0 && carry + lead >= minimum)
            {
                runs |= 1;
            }

            carry = alphabet == ulong.MaxValue ? Math.Min(carry + AnchorMasks.Block, int.MaxValue / 2) : BitOperations.LeadingZeroCount(~alphabet);
            if ((runs | anchors) != 0)
            {
                _next = next;
                _carry = carry;
                _block = block;
                _runs = runs;
                _anchors = anchors;
                return true;
            }
        }

        _next = next;
        return false;
    }

    /// <summary>The positions from which on at least so many bits, 8 or more, are set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong LongRuns(ulong mask, int minimum)
    {
        if (minimum > AnchorMasks.Block)
        {
            return 0;
        }

        // Words of eight to fifteen letters are common, longer ones are not: up to sixteen without a branch that would be
        // guessed wrong half the time, and from there on with one that hardly ever is.
        int have = Math.Min(16, minimum);
        mask &= mask >> 1;
        mask &= mask >> 2;
        mask &= mask >> 4;
        mask &= mask >> (have - 8);
        while (mask != 0 && have < minimum)
        {
            int step = Math.Min(have, minimum - have);
            mask &= mask >> step;
            have += step;
        }

        return mask;
    }

    [SkipLocalsInit]
    private readonly (ulong Alphabet, ulong Anchors) ReadTail(int block)
    {
        Span<byte> padded = stackalloc byte[AnchorMasks.Block + AnchorMasks.LookAhead];
        ReadOnlySpan<byte> tail = _text[block..Math.Min(_text.Length, block + padded.Length)];
        tail.CopyTo(padded);
        padded[tail.Length..].Fill((byte)' ');
        AnchorMasks.Compute(ref MemoryMarshal.GetReference(padded), out ulong alphabet, out ulong anchors);
        return (alphabet, anchors);
    }

    /// <summary>
    /// Asks for the memory half a page ahead: the masks take less time than memory does, and the processor, which reads ahead by itself, stops at the
    /// end of every page. It is a hint, which does nothing where there is no such memory.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void FetchAhead(ref byte first, int block)
    {
        const int HalfPage = 2048;
        if (Sse.IsSupported)
        {
            Sse.Prefetch0((byte*)Unsafe.AsPointer(ref first) + block + HalfPage);
        }
    }
}
