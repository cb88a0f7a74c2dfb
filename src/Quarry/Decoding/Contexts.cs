using System.Buffers;
using System.Text;

namespace Quarry.Decoding;

/// <summary>Recognises what announces base64: a PowerShell switch, a function's name, a data URI, the base64 program.</summary>
internal static class Contexts
{
    private static readonly SearchValues<byte> UriEnds = SearchValues.Create(" \t\r\n\"'()"u8);

    /// <summary>
    /// Whether an anchor belongs to an announcement, and where the announced run stands: from <paramref name="start"/> on,
    /// or, where <paramref name="before"/> is set, up to <paramref name="start"/>.
    /// </summary>
    public static bool TryMatch(ReadOnlySpan<byte> text, int anchor, out int start, out bool before)
    {
        before = false;
        return text[anchor] switch
        {
            (byte)'-' or (byte)'/' or 0x93 or 0x94 or 0x95 => TrySwitch(text, anchor, out start),
            (byte)'b' or (byte)'B' or (byte)'e' or (byte)'E' => anchor + 1 < text.Length && text[anchor + 1] == '('
                ? TryAtob(text, anchor, out start)
                : TryBase64(text, anchor, out start, out before),
            _ => (start = 0) < 0,
        };
    }

    /// <summary>A PowerShell switch: -e, -ec, -en, -enc … -EncodedCommand, in any case, with -, / or a dash of typography.</summary>
    private static bool TrySwitch(ReadOnlySpan<byte> text, int anchor, out int start)
    {
        ReadOnlySpan<byte> name = "encodedcommand"u8;
        int at = anchor + 1;
        start = at;
        int before = text[anchor] >= 0x80 ? anchor - 2 : anchor;
        if (before < anchor && (before < 0 || text[before] != 0xE2 || text[before + 1] != 0x80))
        {
            return false;
        }

        if (before > 0 && Base64Text.IsDigit(text[before - 1]) && text[before - 1] != '-')
        {
            return false;
        }

        int length = 0;
        while (at + length < text.Length && length < name.Length && (text[at + length] | 0x20) == name[length])
        {
            length++;
        }

        if (length == 1 && at + 1 < text.Length && (text[at + 1] | 0x20) == 'c')
        {
            length = 2;
        }

        at += length;
        if (at >= text.Length || !(text[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)':' or (byte)'=' or (byte)'"' or (byte)'\'' || text[at] == '\\' || text[at] == 0xC2))
        {
            return false;
        }

        start = SkipToValue(text, at, " \t\r\n:=\"'`\\^\u00A0"u8);
        return true;
    }

    private static bool TryAtob(ReadOnlySpan<byte> text, int anchor, out int start)
    {
        start = SkipToValue(text, anchor + 2, Quotes);
        return EndsWith(text[..(anchor + 1)], "atob"u8);
    }

    /// <summary>FromBase64String(, base64_decode(, b64decode(, ;base64, and base64 -d.</summary>
    private static bool TryBase64(ReadOnlySpan<byte> text, int anchor, out int start, out bool before)
    {
        int at = anchor + 3;
        start = at;
        before = false;
        if (at >= text.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = text[at..];
        bool isBase64 = EndsWith(text[..at], "base64"u8);
        if (isBase64 && rest[0] == ',' && IsInDataUri(text[..(at - 6)]))
        {
            start = at + 1;
            return true;
        }

        int name = isBase64 && StartsWith(rest, "string"u8) && EndsWith(text[..at], "frombase64"u8) ? 6
            : StartsWith(rest, "_decode"u8) || StartsWith(rest, ".decode"u8) || StartsWith(rest, "-decode"u8) ? 7
            : StartsWith(rest, "decode"u8) ? 6
            : -1;
        if (name >= 0)
        {
            int open = at + name;
            open = StartsWith(text[Math.Min(open, text.Length)..], "64"u8) ? open + 2 : open;
            open = SkipToValue(text, open, " \t\r\n"u8);
            if (open >= text.Length || text[open] != '(')
            {
                return false;
            }

            start = SkipToValue(text, open + 1, Quotes);
            return true;
        }

        return isBase64 && TryProgram(text, at, out start, out before);
    }

    /// <summary>base64 -d, -D, -di, --decode: behind it <c>&lt;&lt;&lt; X</c>, or in front of it <c>echo X |</c>.</summary>
    private static bool TryProgram(ReadOnlySpan<byte> text, int at, out int start, out bool before)
    {
        start = at;
        before = false;
        int option = SkipToValue(text, at, " \t"u8);
        if (option == at)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = text[option..];
        if (!(StartsWith(rest, "-d"u8) || StartsWith(rest, "--d"u8) || StartsWith(rest, "-id"u8) || StartsWith(rest, "-a -d"u8)))
        {
            return false;
        }

        int end = option;
        while (end < text.Length && (char.IsAsciiLetter((char)text[end]) || text[end] == '-'))
        {
            end++;
        }

        end = SkipToValue(text, end, " \t"u8);
        if (text[end..].StartsWith("<<<"u8))
        {
            start = SkipToValue(text, end + 3, " \t$\"'\\"u8);
            return true;
        }

        // Backwards: the program's name (with its path, or "openssl base64"), the pipe, and what was echoed into it.
        int back = at;
        while (back > 0 && back > at - 64 && text[back - 1] is not ((byte)'|' or (byte)'\n' or (byte)';'))
        {
            back--;
        }

        if (back == 0 || text[back - 1] != '|')
        {
            return false;
        }

        ReadOnlySpan<byte> echoed = text[..(back - 1)].TrimEnd(" \t\"'\\"u8);
        start = echoed.Length;
        before = true;
        return true;
    }

    private static bool IsInDataUri(ReadOnlySpan<byte> before)
    {
        const int LongestHeader = 120;
        if (before.IsEmpty || before[^1] != ';')
        {
            return false;
        }

        ReadOnlySpan<byte> near = before[Math.Max(0, before.Length - LongestHeader)..];
        int scheme = near.LastIndexOfAny(UriEnds);
        return StartsWith(near[(scheme + 1)..], "data:"u8) || near.LastIndexOf("data:"u8) > scheme;
    }

    private static ReadOnlySpan<byte> Quotes => " \t\r\n\"'`\\bBuU"u8;

    /// <summary>Past the characters that may stand between an announcement and its value; those of a string prefix only before a quote.</summary>
    private static int SkipToValue(ReadOnlySpan<byte> text, int at, ReadOnlySpan<byte> skipped)
    {
        const int MostBetween = 64;
        int limit = Math.Min(text.Length, at + MostBetween);
        while (at < limit && skipped.Contains(text[at]))
        {
            bool isLetter = char.IsAsciiLetter((char)text[at]);
            if (isLetter && (at + 1 >= text.Length || text[at + 1] is not ((byte)'"' or (byte)'\'' or (byte)'\\')))
            {
                break;
            }

            at++;
        }

        return Math.Min(at, text.Length);
    }

    private static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lowerCase) =>
        text.Length >= lowerCase.Length && Ascii.EqualsIgnoreCase(text[..lowerCase.Length], lowerCase);

    private static bool EndsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lowerCase) =>
        text.Length >= lowerCase.Length && Ascii.EqualsIgnoreCase(text[^lowerCase.Length..], lowerCase);
}
