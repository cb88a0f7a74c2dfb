using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Quarry.Kql.Functions.Text;

/// <summary>Which ends of a match have to be ends of a term.</summary>
[Flags]
internal enum TermEdges
{
    /// <summary>None: a substring.</summary>
    None = 0,

    /// <summary>The beginning.</summary>
    Start = 1,

    /// <summary>The end.</summary>
    End = 2,

    /// <summary>Both: whole terms.</summary>
    Both = 3,
}

/// <summary>
/// A text that is searched for in many others, prepared once. Ignoring case is .NET's ordinal rule (both texts in upper case by simple mapping,
/// character for character); by it no character outside ASCII equals one inside, so that an ASCII needle is sought in the bytes of the UTF-8.
/// An end of the needle that is no letter or digit needs no end of a term.
/// </summary>
internal sealed class Needle
{
    // How common a byte is in logs, from rare to common; of what is not listed: symbols and control characters are rare, bytes of non-ASCII too.
    private static ReadOnlySpan<byte> Common => "zqjxkvwyb/_fgh=;:,+upm-cdl\\\"86795423.10nsroiat e"u8;

    private readonly byte[] _bytes;
    private readonly string? _text;
    private readonly bool _ignoreCase;
    private readonly TermEdges _edges;

    // Two places of the needle whose bytes are looked for first, 32 places at a time; letters with the bit of lower case set.
    private readonly int _first;
    private readonly int _second;
    private readonly byte _firstByte;
    private readonly byte _secondByte;
    private readonly byte _firstMask;
    private readonly byte _secondMask;

    /// <summary>A needle of UTF-8.</summary>
    /// <param name="utf8">The text; kept.</param>
    /// <param name="ignoreCase">Whether case is ignored.</param>
    /// <param name="edges">Which ends have to be ends of terms where the needle has a letter or digit there.</param>
    public Needle(byte[] utf8, bool ignoreCase, TermEdges edges)
    {
        _bytes = utf8;
        _ignoreCase = ignoreCase;
        if (ignoreCase && !Ascii.IsValid(utf8))
        {
            _text = Encoding.UTF8.GetString(utf8);
        }
        else if (ignoreCase)
        {
            _bytes = [.. utf8];
            Ascii.ToLowerInPlace(_bytes, out _);
        }

        _edges = (TermEdge.StartsInTerm(utf8) ? edges & TermEdges.Start : 0) | (TermEdge.EndsInTerm(utf8) ? edges & TermEdges.End : 0);
        if (_bytes.Length > 0)
        {
            _first = Rarest(-1);
            _second = _bytes.Length > 1 ? Rarest(_first) : _first;
            (_firstByte, _firstMask) = Folded(_first);
            (_secondByte, _secondMask) = Folded(_second);
        }
    }

    /// <summary>Whether a text has the needle.</summary>
    public bool IsIn(ReadOnlySpan<byte> text) =>
        _bytes.Length == 0 || (_text is null ? text.Length >= _bytes.Length && IsInBytes(text) : !Ascii.IsValid(text) && IsInText(text));

    /// <summary>Whether a text begins with the needle; terms do not matter.</summary>
    public bool IsStartOf(ReadOnlySpan<byte> text) => _text is not null ? AtEnd(text, start: true)
        : text.Length >= _bytes.Length && Equal(text[.._bytes.Length]);

    /// <summary>Whether a text ends with the needle; terms do not matter.</summary>
    public bool IsEndOf(ReadOnlySpan<byte> text) => _text is not null ? AtEnd(text, start: false)
        : text.Length >= _bytes.Length && Equal(text[^_bytes.Length..]);

    /// <summary>Whether a text is the needle.</summary>
    public bool Is(ReadOnlySpan<byte> text)
    {
        if (_text is null)
        {
            return text.Length == _bytes.Length && Equal(text);
        }

        using var chars = new Utf16Text(text);
        return chars.Span.Equals(_text, StringComparison.OrdinalIgnoreCase);
    }

    private static int Rank(byte value) => Common.IndexOf((byte)(char.IsAsciiLetterUpper((char)value) ? value | 0x20 : value));

    // Of several that are equally rare the last: beginnings are often alike.
    private int Rarest(int but)
    {
        int best = -1;
        for (int i = 0; i < _bytes.Length; i++)
        {
            if (i != but && (best < 0 || Rank(_bytes[i]) <= Rank(_bytes[best])))
            {
                best = i;
            }
        }

        return best;
    }

    private (byte Value, byte Mask) Folded(int place) =>
        _ignoreCase && char.IsAsciiLetter((char)_bytes[place]) ? ((byte)(_bytes[place] | 0x20), (byte)0x20) : (_bytes[place], (byte)0);

    // A needle beyond ASCII whose case is ignored does not come here.
    private bool Equal(ReadOnlySpan<byte> part) => _ignoreCase ? Ascii.EqualsIgnoreCase(part, _bytes) : part.SequenceEqual(_bytes);

    private bool IsInBytes(ReadOnlySpan<byte> text)
    {
        int count = text.Length - _bytes.Length + 1;
        int reach = Math.Max(_first, _second);
        int at = 0;
        ref byte start = ref MemoryMarshal.GetReference(text);
        if (Vector256.IsHardwareAccelerated && text.Length >= reach + Vector256<byte>.Count)
        {
            Vector256<byte> first = Vector256.Create(_firstByte), second = Vector256.Create(_secondByte);
            Vector256<byte> firstMask = Vector256.Create(_firstMask), secondMask = Vector256.Create(_secondMask);
            int last = text.Length - reach - Vector256<byte>.Count;
            while (at < count)
            {
                int from = Math.Min(at, last);
                Vector256<byte> hit = Vector256.Equals(Vector256.LoadUnsafe(ref start, (nuint)(from + _first)) | firstMask, first)
                    & Vector256.Equals(Vector256.LoadUnsafe(ref start, (nuint)(from + _second)) | secondMask, second);
                if (hit != Vector256<byte>.Zero && AnyOf(text, hit.ExtractMostSignificantBits(), from, at, count))
                {
                    return true;
                }

                at = from + Vector256<byte>.Count;
                if (from == last)
                {
                    break;
                }
            }
        }
        else if (Vector128.IsHardwareAccelerated && text.Length >= reach + Vector128<byte>.Count)
        {
            Vector128<byte> first = Vector128.Create(_firstByte), second = Vector128.Create(_secondByte);
            Vector128<byte> firstMask = Vector128.Create(_firstMask), secondMask = Vector128.Create(_secondMask);
            int last = text.Length - reach - Vector128<byte>.Count;
            while (at < count)
            {
                int from = Math.Min(at, last);
                Vector128<byte> hit = Vector128.Equals(Vector128.LoadUnsafe(ref start, (nuint)(from + _first)) | firstMask, first)
                    & Vector128.Equals(Vector128.LoadUnsafe(ref start, (nuint)(from + _second)) | secondMask, second);
                if (hit != Vector128<byte>.Zero && AnyOf(text, hit.ExtractMostSignificantBits(), from, at, count))
                {
                    return true;
                }

                at = from + Vector128<byte>.Count;
                if (from == last)
                {
                    break;
                }
            }
        }

        for (; at < count; at++)
        {
            if ((text[at + _first] | _firstMask) == _firstByte && !IsInsideTerm(text, at) && IsAt(text, at))
            {
                return true;
            }
        }

        return false;
    }

    // The bits are of the places from `from` on; those before `at` have been seen, those from `count` on are too near the end.
    private bool AnyOf(ReadOnlySpan<byte> text, uint bits, int from, int at, int count)
    {
        while (bits != 0)
        {
            int place = from + BitOperations.TrailingZeroCount(bits);
            if (place >= count)
            {
                return false;
            }

            if (place >= at && !IsInsideTerm(text, place) && IsAt(text, place))
            {
                return true;
            }

            bits &= bits - 1;
        }

        return false;
    }

    // Whether an end that has to be a term's has a letter or digit of ASCII beside it: most places that are none are seen by this.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsInsideTerm(ReadOnlySpan<byte> text, int place)
    {
        int end = place + _bytes.Length;
        return ((_edges & TermEdges.Start) != 0 && place > 0 && char.IsAsciiLetterOrDigit((char)text[place - 1]))
            || ((_edges & TermEdges.End) != 0 && end < text.Length && char.IsAsciiLetterOrDigit((char)text[end]));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsAt(ReadOnlySpan<byte> text, int place) =>
        Equal(text.Slice(place, _bytes.Length))
        && ((_edges & TermEdges.Start) == 0 || !TermEdge.EndsInTerm(text[..place]))
        && ((_edges & TermEdges.End) == 0 || !TermEdge.StartsInTerm(text[(place + _bytes.Length)..]));

    private bool IsInText(ReadOnlySpan<byte> utf8)
    {
        using var chars = new Utf16Text(utf8);
        ReadOnlySpan<char> text = chars.Span;
        for (int at = 0; ;)
        {
            int found = text[at..].IndexOf(_text, StringComparison.OrdinalIgnoreCase);
            if (found < 0)
            {
                return false;
            }

            at += found;
            if (((_edges & TermEdges.Start) == 0 || !TermEdge.EndsInTerm(text[..at]))
                && ((_edges & TermEdges.End) == 0 || !TermEdge.StartsInTerm(text[(at + _text!.Length)..])))
            {
                return true;
            }

            at++;
        }
    }

    private bool AtEnd(ReadOnlySpan<byte> utf8, bool start)
    {
        using var chars = new Utf16Text(utf8);
        return start ? chars.Span.StartsWith(_text, StringComparison.OrdinalIgnoreCase) : chars.Span.EndsWith(_text, StringComparison.OrdinalIgnoreCase);
    }
}
