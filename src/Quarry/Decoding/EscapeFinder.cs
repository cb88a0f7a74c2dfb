using System.Buffers;

namespace Quarry.Decoding;

/// <summary>Finds bytes written out one by one: hexadecimal runs, <c>\x41</c>, <c>0x41,0x42</c>, <c>%41</c>, and characters with NULs between them.</summary>
internal static class EscapeFinder
{
    private const int LeastEscapes = 4;
    private const int LeastElements = 8;
    private const int LeastPercent = 6;
    private const int LeastWide = 8;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789ABCDEFabcdef"u8);

    /// <summary>A run of hexadecimal digits; taken only for what decodes to text or a known file type, which a hash never does.</summary>
    public static bool TryHexRun(ReadOnlySpan<byte> text, int start, int end, Budget budget, List<Finding> found)
    {
        ReadOnlySpan<byte> run = text[start..end];
        bool hasBreaks = run.IndexOfAny((byte)'\r', (byte)'\n') >= 0;
        int digits = Base64Text.CountDigits(run);
        if ((digits & 1) != 0 || digits / 2 > budget.Room || IsGlued(text, start - 1) || IsGlued(text, end))
        {
            return false;
        }

        byte[] bytes = new byte[digits / 2];
        int made = 0, high = -1;
        bool anyLetter = false;
        foreach (byte b in run)
        {
            int value = HexValue(b);
            if (value < 0)
            {
                continue;
            }

            anyLetter |= value > 9;
            if (high < 0)
            {
                high = value;
            }
            else
            {
                bytes[made++] = (byte)((high << 4) | value);
                high = -1;
            }
        }

        Reading reading = Reading.Of(bytes, announced: false, isCut: false, budget);
        if (!reading.IsStrong || (reading.FileType is null && !anyLetter && !SpellsWords(bytes)) || (hasBreaks && made < LeastElements))
        {
            return false;
        }

        bool prefixed = start >= 2 && (text[start - 1] | 0x20) == 'x' && text[start - 2] == '0';
        int from = prefixed ? start - 2 : start;
        return Add(from, end, "hex", bytes, reading, found);
    }

    /// <summary>Consecutive <c>\x41</c> escapes.</summary>
    public static void FindEscapes(ReadOnlySpan<byte> text, int position, ref int done, Budget budget, List<Finding> found)
    {
        if (position < done)
        {
            return;
        }

        int start = position;
        while (start - 4 >= done && IsEscape(text, start - 4))
        {
            start -= 4;
        }

        int end = position;
        while (IsEscape(text, end))
        {
            end += 4;
        }

        done = Math.Max(end, position + 1);
        int count = (end - start) / 4;
        if (count < LeastEscapes || count > budget.Room)
        {
            return;
        }

        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            bytes[i] = HexPair(text, start + (i * 4) + 2);
        }

        AddIfStrong(start, end, "hex", bytes, budget, found);
    }

    /// <summary>A list of <c>0x41,0x42</c>.</summary>
    public static void FindByteArray(ReadOnlySpan<byte> text, int position, ref int done, Budget budget, List<Finding> found)
    {
        if (position < done)
        {
            return;
        }

        // The anchor is a comma behind an element: 0x4 or 0x41.
        int first = position - 4 >= done && TryElement(text, position - 4, out _, out int four) && four == position ? position - 4
            : position - 3 >= done && TryElement(text, position - 3, out _, out int three) && three == position ? position - 3
            : -1;
        if (first < 0)
        {
            return;
        }

        var bytes = new List<byte>();
        int at = first, end = first;
        while (TryElement(text, at, out int value, out int next) && bytes.Count < budget.Room)
        {
            bytes.Add((byte)value);
            end = next;
            at = SkipBlanks(text, next);
            if (at >= text.Length || text[at] != ',')
            {
                break;
            }

            at = SkipBlanks(text, at + 1);
        }

        done = Math.Max(end, position + 1);
        if (bytes.Count >= LeastElements)
        {
            AddIfStrong(first, end, "hex", [.. bytes], budget, found);
        }
    }

    /// <summary>
    /// A word that is mostly percent-encoded: at least six escapes, three of them in a row, and more escapes than other characters.
    /// A URL with a blank or two in it is none.
    /// </summary>
    public static void FindPercent(ReadOnlySpan<byte> text, int position, ref int done, Budget budget, List<Finding> found)
    {
        if (position < done || !IsPercent(text, position) || !IsPercent(text, position + 3))
        {
            return;
        }

        int start = position, end = position;
        while (start > done && IsUnreserved(text[start - 1]))
        {
            start--;
        }

        while (start - 3 >= done && IsPercent(text, start - 3))
        {
            start -= 3;
        }

        int escapes = 0, others = 0, row = 0, longest = 0;
        for (int i = start; i < position; i++)
        {
            others += text[i] != '%' && !(i > start && text[i - 1] == '%') && !(i > start + 1 && text[i - 2] == '%') ? 1 : 0;
            escapes += text[i] == '%' ? 1 : 0;
        }

        while (end < text.Length)
        {
            if (IsPercent(text, end))
            {
                escapes++;
                longest = Math.Max(longest, ++row);
                end += 3;
            }
            else if (IsUnreserved(text[end]))
            {
                others++;
                row = 0;
                end++;
            }
            else
            {
                break;
            }
        }

        done = end;
        if (escapes < LeastPercent || longest < 3 || escapes <= others || escapes + others > budget.Room)
        {
            return;
        }

        byte[] bytes = new byte[escapes + others];
        int made = 0;
        for (int i = start; i < end; made++)
        {
            bool isEscape = IsPercent(text, i);
            bytes[made] = isEscape ? HexPair(text, i + 1) : text[i];
            i += isEscape ? 3 : 1;
        }

        AddIfStrong(start, end, "percent", bytes.AsSpan(0, made).ToArray(), budget, found);
    }

    /// <summary>UTF-16 that stands in the text as it is: characters with NULs between them.</summary>
    public static void FindWide(ReadOnlySpan<byte> text, int position, ref int done, Budget budget, List<Finding> found)
    {
        if (position < done)
        {
            return;
        }

        int start = position, end = position + 1;
        if (start > done && text[start - 1] is >= 0x20 and < 0x7F or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            start--;
        }

        while (end < text.Length && (text[end] == 0) != (text[end - 1] == 0))
        {
            end++;
        }

        // The last byte tells the order: a NUL there ends a character of little endian, anything else one of big endian.
        done = end;
        start += (end - start) & 1;
        if ((end - start) / 2 < LeastWide || end - start > budget.Room)
        {
            return;
        }

        byte[] bytes = text[start..end].ToArray();
        TextEncodingKind kind = bytes[0] == 0 ? TextEncodingKind.Utf16BigEndian : TextEncodingKind.Utf16LittleEndian;
        if (TextReading.Decide(bytes) == kind)
        {
            Add(start, end, "utf-16", bytes, new Reading(kind, null), found);
        }
    }

    internal static bool AddIfStrong(int start, int end, string codec, byte[] bytes, Budget budget, List<Finding> found)
    {
        Reading reading = Reading.Of(bytes, announced: false, isCut: false, budget);
        return reading.IsStrong && Add(start, end, codec, bytes, reading, found);
    }

    internal static int HexValue(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        _ => -1,
    };

    internal static int SkipBlanks(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            at++;
        }

        return at;
    }

    private static bool Add(int start, int end, string codec, byte[] bytes, Reading reading, List<Finding> found)
    {
        found.Add(new Finding(start, end - start, codec, bytes, reading));
        return true;
    }

    /// <summary>Whether the character at a position continues a word, so that the digits are a part of it. The x of 0x is none.</summary>
    private static bool IsGlued(ReadOnlySpan<byte> text, int at) =>
        at >= 0 && at < text.Length && char.IsAsciiLetterOrDigit((char)text[at]) && !((text[at] | 0x20) == 'x' && at > 0 && text[at - 1] == '0');

    /// <summary>Whether digits that could as well be a decimal number spell words: mostly letters, or nothing but letters and digits (hexadecimal again).</summary>
    private static bool SpellsWords(ReadOnlySpan<byte> bytes)
    {
        int letters = 0, digits = 0;
        foreach (byte b in bytes)
        {
            letters += char.IsAsciiLetter((char)b) || b == ' ' ? 1 : 0;
            digits += char.IsAsciiDigit((char)b) ? 1 : 0;
        }

        return letters * 10 >= bytes.Length * 6 || (letters + digits) * 10 >= bytes.Length * 9;
    }

    private static bool IsEscape(ReadOnlySpan<byte> text, int at) => at + 4 <= text.Length && text[at] == '\\' && (text[at + 1] | 0x20) == 'x'
        && HexDigits.Contains(text[at + 2]) && HexDigits.Contains(text[at + 3]);

    private static bool IsPercent(ReadOnlySpan<byte> text, int at) =>
        at + 3 <= text.Length && text[at] == '%' && HexDigits.Contains(text[at + 1]) && HexDigits.Contains(text[at + 2]);

    private static bool IsUnreserved(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~';

    private static byte HexPair(ReadOnlySpan<byte> text, int at) => (byte)((HexValue(text[at]) << 4) | HexValue(text[at + 1]));

    private static bool TryElement(ReadOnlySpan<byte> text, int at, out int value, out int next)
    {
        value = 0;
        next = at + 2;
        if (at + 3 > text.Length || text[at] != '0' || (text[at + 1] | 0x20) != 'x')
        {
            return false;
        }

        while (next < text.Length && next < at + 4 && HexDigits.Contains(text[next]))
        {
            value = (value << 4) | HexValue(text[next++]);
        }

        return next > at + 2 && (next >= text.Length || !HexDigits.Contains(text[next]));
    }
}
