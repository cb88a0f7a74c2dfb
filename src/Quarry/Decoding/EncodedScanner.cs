using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Quarry.Decoding;

/// <summary>
/// Finds, at memory speed, the places of a text where something encoded may stand: runs of base64 characters that are
/// long enough, and anchors, the few bytes that every announcement of encoded text contains. Most text has neither.
/// </summary>
/// <remarks>
/// Sixty-four bytes a step. The base64 characters become a bit mask, in which a run is found by and-ing shifted copies. All
/// anchors are compared and combined while still in vector registers, with loads at the next four offsets, so that
/// they cost one mask between them. What an anchor is: see <see cref="Compute"/>.
/// </remarks>
internal ref struct EncodedScanner
{
    private const int Block = 64;
    private const int LookAhead = 4;

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
        while ((_anchors | _runs) == 0)
        {
            if (_next >= _text.Length)
            {
                return false;
            }

            ReadBlock();
        }

        int anchor = BitOperations.TrailingZeroCount(_anchors), run = BitOperations.TrailingZeroCount(_runs);
        IsRun = run < anchor;
        if (IsRun)
        {
            // The other starts of the same run say nothing new.
            _runs &= _runs + (1UL << run);
            Position = _block + run;
        }
        else
        {
            _anchors &= _anchors - 1;
            Position = _block + anchor;
        }

        return true;
    }

    private void ReadBlock()
    {
        ulong alphabet;
        _block = _next;
        _next += Block;
        ref byte first = ref MemoryMarshal.GetReference(_text);
        if (_block + Block + LookAhead <= _text.Length)
        {
            Compute(ref Unsafe.Add(ref first, _block), out alphabet, out _anchors);
        }
        else
        {
            ReadTail(out alphabet);
        }

        ulong runs = 0;
        int lead = BitOperations.TrailingZeroCount(~alphabet);
        if (_minimumRun <= Block)
        {
            runs = alphabet;
            for (int have = 1; have < _minimumRun;)
            {
                int step = Math.Min(have, _minimumRun - have);
                runs &= runs >> step;
                have += step;
            }
        }

        if (lead > 0 && _carry + lead >= _minimumRun)
        {
            runs |= 1;
        }

        _runs = runs;
        _carry = alphabet == ulong.MaxValue ? Math.Min(_carry + Block, int.MaxValue / 2) : BitOperations.LeadingZeroCount(~alphabet);
    }

    private void ReadTail(out ulong alphabet)
    {
        Span<byte> padded = stackalloc byte[Block + LookAhead];
        padded.Fill((byte)' ');
        _text[_block..Math.Min(_text.Length, _block + Block + LookAhead)].CopyTo(padded);
        Compute(ref MemoryMarshal.GetReference(padded), out alphabet, out _anchors);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Compute(ref byte at, out ulong alphabet, out ulong anchors)
    {
        ComputeHalf(ref at, out Vector256<byte> lowAlphabet, out Vector256<byte> lowAnchors);
        ComputeHalf(ref Unsafe.Add(ref at, 32), out Vector256<byte> highAlphabet, out Vector256<byte> highAnchors);
        alphabet = lowAlphabet.ExtractMostSignificantBits() | ((ulong)highAlphabet.ExtractMostSignificantBits() << 32);
        anchors = (lowAnchors | highAnchors) == Vector256<byte>.Zero
            ? 0
            : lowAnchors.ExtractMostSignificantBits() | ((ulong)highAnchors.ExtractMostSignificantBits() << 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ComputeHalf(ref byte at, out Vector256<byte> alphabet, out Vector256<byte> anchors)
    {
        Vector256<byte> bit = Vector256.Create((byte)0x20);
        Vector256<byte> v0 = Vector256.LoadUnsafe(ref at), v1 = Vector256.LoadUnsafe(ref at, 1);
        Vector256<byte> v2 = Vector256.LoadUnsafe(ref at, 2), v3 = Vector256.LoadUnsafe(ref at, 3), v4 = Vector256.LoadUnsafe(ref at, 4);
        Vector256<byte> low0 = v0 | bit, low1 = v1 | bit;
        Vector256<byte> dash = Is(v0, '-');
        Vector256<byte> slash = Is(v0, '/');
        alphabet = Within(low0, 'a', 'z') | Within(v0, '0', '9') | slash | dash | Is(v0, '+') | Is(v0, '_') | Is(v0, '\n') | Is(v0, '\r');

        // "-e", "/e", and an en dash, em dash or horizontal bar, of which the last byte is 0x93 to 0x95, before an "e".
        Vector256<byte> e0 = Is(low0, 'e'), b0 = Is(low0, 'b'), r0 = Is(low0, 'r');
        anchors = (dash | slash | Within(v0, (char)0x93, (char)0x95)) & Is(low1, 'e');

        // "e64" of Base64, "b64".
        anchors |= (e0 | b0) & Is(v1, '6') & Is(v2, '4');

        // "b(" of atob, "e(" of fromCharCode, "r(" of chr, "r]" and "r[" of [char] and [char[]].
        anchors |= (e0 | b0 | r0) & Is(v1, '(');
        anchors |= r0 & (Is(v1, ']') | Is(v1, '['));

        // Two of \x41 in a row; 0x4 or 0x41 before a comma; two of %41 in a row; a character between NULs.
        Vector256<byte> x1 = Is(low1, 'x');
        anchors |= Is(v0, '\\') & x1 & Is(v4, '\\');
        anchors |= Is(v0, '0') & x1 & (Is(v3, ',') | Is(v4, ','));
        anchors |= Is(v0, '%') & Is(v3, '%');
        anchors |= Vector256.AndNot(Is(v0, '\0') & Is(v2, '\0'), Is(v1, '\0'));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Is(Vector256<byte> v, char c) => Vector256.Equals(v, Vector256.Create((byte)c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Within(Vector256<byte> v, char low, char high) =>
        Vector256.Equals(Vector256.Min(v - Vector256.Create((byte)low), Vector256.Create((byte)(high - low))), v - Vector256.Create((byte)low));
}
