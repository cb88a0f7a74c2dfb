using System.Runtime.CompilerServices;

namespace Quarry.Indicators;

/// <summary>Kinds of bytes of UTF-8 text. Bytes above 0x7F count as letters of a host until they are decoded.</summary>
internal static class Bytes
{
    private const byte HostBit = 1, AlphaBit = 2, DigitBit = 4, HexBit = 8, MailboxBit = 16, UrlBit = 32, SchemeBit = 64, PathBit = 128;

    private static readonly byte[] Kinds = Classify();

    /// <summary>Letters, digits, <c>-</c>, <c>_</c> and everything that is not ASCII.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsHost(byte b) => (Kinds[b] & HostBit) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAlpha(byte b) => (uint)((b | 0x20) - 'a') <= 'z' - 'a';

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsDigit(byte b) => (uint)(b - '0') <= 9;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAlphaNumeric(byte b) => IsAlpha(b) || IsDigit(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsHex(byte b) => (Kinds[b] & HexBit) != 0;

    /// <summary>An ASCII letter, digit or underscore.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsWord(byte b) => IsAlphaNumeric(b) || b == '_';

    /// <summary>What may stand in the local part of a mail address met in text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsMailbox(byte b) => (Kinds[b] & MailboxBit) != 0;

    /// <summary>What does not end a URL: ASCII that RFC 3986 allows and single quotes, and everything that is not ASCII.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsUrl(byte b) => (Kinds[b] & UrlBit) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsScheme(byte b) => (Kinds[b] & SchemeBit) != 0;

    /// <summary>What a component of a path is written with where nothing quotes it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsPath(byte b) => (Kinds[b] & PathBit) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsUpper(byte b) => (uint)(b - 'A') <= 'Z' - 'A';

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsLower(byte b) => (uint)(b - 'a') <= 'z' - 'a';

    /// <summary>The byte at a position, or 0 outside the text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte At(ReadOnlySpan<byte> text, int position) => (uint)position < (uint)text.Length ? text[position] : (byte)0;

    /// <summary>Whether ASCII text, given in lower case, stands at a position in any case.</summary>
    public static bool StandsAt(ReadOnlySpan<byte> text, int position, ReadOnlySpan<byte> lower)
    {
        if (position < 0 || lower.Length > text.Length - position)
        {
            return false;
        }

        for (int i = 0; i < lower.Length; i++)
        {
            byte b = text[position + i];
            if ((IsUpper(b) ? b | 0x20 : b) != lower[i])
            {
                return false;
            }
        }

        return true;
    }

    private static byte[] Classify()
    {
        byte[] kinds = new byte[256];
        for (int i = 0; i < 256; i++)
        {
            char c = (char)i;
            bool isAscii = i < 0x80;
            bool isLetter = isAscii && char.IsAsciiLetter(c), isDigit = char.IsAsciiDigit(c);
            kinds[i] = (byte)((isLetter || isDigit || c is '-' or '_' || !isAscii ? HostBit : 0)
                | (isLetter ? AlphaBit : 0)
                | (isDigit ? DigitBit : 0)
                | (isAscii && char.IsAsciiHexDigit(c) ? HexBit : 0)
                | (isLetter || isDigit || ".-_+~%&!#$'*^".Contains(c) ? MailboxBit : 0)
                | (isLetter || isDigit || !isAscii || "-._~:/?#[]@!$&'()*+,;=%{}".Contains(c) ? UrlBit : 0)
                | (isLetter || isDigit || c is '+' or '-' or '.' ? SchemeBit : 0)
                | (isLetter || isDigit || !isAscii || "-_.~+@%=#$!{}[],".Contains(c) ? PathBit : 0));
        }

        return kinds;
    }
}
