using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Quarry.Decoding;

/// <summary>Decides by evidence whether bytes are text and in which encoding, and turns them into UTF-8.</summary>
internal static class TextReading
{
    /// <summary>How many characters outside ASCII are looked up in the Unicode tables: enough to judge by.</summary>
    private const int SampledRunes = 2048;

    private const int SampledUnits = 1 << 15;

    /// <summary>How the bytes read as text. A cut text may end within a character.</summary>
    public static TextEncodingKind Decide(ReadOnlySpan<byte> bytes, bool isCut = false)
    {
        if (bytes.IsEmpty)
        {
            return TextEncodingKind.Utf8;
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) && IsPlausibleUtf16(bytes[2..], bigEndian: false, trusted: true))
        {
            return TextEncodingKind.Utf16LittleEndian;
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) && IsPlausibleUtf16(bytes[2..], bigEndian: true, trusted: true))
        {
            return TextEncodingKind.Utf16BigEndian;
        }

        if (IsPlausibleUtf8(bytes, isCut))
        {
            return TextEncodingKind.Utf8;
        }

        if ((bytes.Length & 1) != 0 && !isCut)
        {
            return TextEncodingKind.None;
        }

        (int even, int odd) = CountNuls(bytes);
        int pairs = Math.Min(bytes.Length, SampledUnits) / 2;
        if (odd * 10 >= pairs * 4 && even * 20 <= pairs && IsPlausibleUtf16(bytes, bigEndian: false, trusted: true))
        {
            return TextEncodingKind.Utf16LittleEndian;
        }

        if (even * 10 >= pairs * 4 && odd * 20 <= pairs && IsPlausibleUtf16(bytes, bigEndian: true, trusted: true))
        {
            return TextEncodingKind.Utf16BigEndian;
        }

        // Scripts other than Latin have no NULs to go by: every character has to be of one script's block.
        return pairs < 11 ? TextEncodingKind.None
            : IsPlausibleUtf16(bytes, bigEndian: false, trusted: false) ? TextEncodingKind.Utf16LittleEndian
            : IsPlausibleUtf16(bytes, bigEndian: true, trusted: false) ? TextEncodingKind.Utf16BigEndian
            : TextEncodingKind.None;
    }

    /// <summary>The text as UTF-8, without the byte-order mark of UTF-16. The bytes themselves where they are UTF-8.</summary>
    public static ReadOnlyMemory<byte> ToUtf8(ReadOnlyMemory<byte> bytes, TextEncodingKind kind)
    {
        switch (kind)
        {
            case TextEncodingKind.Utf8:
                return bytes;
            case TextEncodingKind.None:
                return default;
            default:
                bool bigEndian = kind == TextEncodingKind.Utf16BigEndian;
                ReadOnlySpan<byte> span = bytes.Span;
                if (span.Length >= 2 && Unit(span, 0, bigEndian) == 0xFEFF)
                {
                    span = span[2..];
                }

                return Transcode(span[..(span.Length & ~1)], bigEndian);
        }
    }

    private static byte[] Transcode(ReadOnlySpan<byte> utf16, bool bigEndian)
    {
        char[] chars = new char[utf16.Length / 2];
        for (int i = 0; i < chars.Length; i++)
        {
            chars[i] = (char)Unit(utf16, i, bigEndian);
        }

        return Encoding.UTF8.GetBytes(chars);
    }

    private static bool IsPlausibleUtf8(ReadOnlySpan<byte> bytes, bool isCut)
    {
        int valid = bytes.Length;
        if (!Utf8.IsValid(bytes))
        {
            if (!isCut)
            {
                return false;
            }

            // A character cut in two: at most three of its bytes are there.
            valid = Math.Max(0, bytes.Length - 3);
            while (valid < bytes.Length && (bytes[valid] & 0xC0) == 0x80)
            {
                valid++;
            }

            int whole = valid;
            while (whole < bytes.Length && Rune.DecodeFromUtf8(bytes[whole..], out _, out int used) == System.Buffers.OperationStatus.Done)
            {
                whole += used;
            }

            if (!Utf8.IsValid(bytes[..whole]) || whole == 0)
            {
                return false;
            }

            valid = whole;
        }

        return HasPlausibleShare(bytes[..valid]);
    }

    private static bool HasPlausibleShare(ReadOnlySpan<byte> utf8)
    {
        int odd = 0, allowed = utf8.Length / 20, beyondAscii = -1;
        for (int i = 0; i < utf8.Length; i++)
        {
            byte b = utf8[i];
            if (b < 0x20 ? b is not ((byte)'\t' or (byte)'\n' or (byte)'\r') : b == 0x7F)
            {
                if (++odd > allowed)
                {
                    return false;
                }
            }
            else if (b >= 0x80 && beyondAscii < 0)
            {
                beyondAscii = i;
            }
        }

        return beyondAscii < 0 || HasPlausibleRunes(utf8[beyondAscii..]);
    }

    private static bool HasPlausibleRunes(ReadOnlySpan<byte> utf8)
    {
        int seen = 0, odd = 0;
        while (!utf8.IsEmpty && seen < SampledRunes)
        {
            Rune.DecodeFromUtf8(utf8, out Rune rune, out int used);
            utf8 = utf8[used..];
            if (rune.Value >= 0x80)
            {
                seen++;
                odd += IsPlausible(rune) ? 0 : 1;
            }
        }

        return odd * 10 <= seen;
    }

    private static bool IsPlausible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate);

    private static (int Even, int Odd) CountNuls(ReadOnlySpan<byte> bytes)
    {
        int even = 0, odd = 0, end = Math.Min(bytes.Length, SampledUnits) & ~1;
        for (int i = 0; i < end; i += 2)
        {
            even += bytes[i] == 0 ? 1 : 0;
            odd += bytes[i + 1] == 0 ? 1 : 0;
        }

        return (even, odd);
    }

    /// <summary>
    /// Whether the bytes are plausible as UTF-16. Trusted: there is a mark or NULs in every second place, so that
    /// only implausible characters speak against it. Not trusted: all characters have to belong to the script of most.
    /// </summary>
    private static bool IsPlausibleUtf16(ReadOnlySpan<byte> bytes, bool bigEndian, bool trusted)
    {
        int units = Math.Min(bytes.Length, SampledUnits) / 2, odd = 0, ideographs = 0;
        Span<int> blocks = stackalloc int[256];
        blocks.Clear();
        for (int i = 0; i < units; i++)
        {
            int unit = Unit(bytes, i, bigEndian);
            if (char.IsHighSurrogate((char)unit) && i + 1 < units && char.IsLowSurrogate((char)Unit(bytes, i + 1, bigEndian)))
            {
                odd += trusted ? 0 : 1;
                i++;
            }
            else if (char.IsSurrogate((char)unit) || !IsPlausibleUnit(unit))
            {
                odd++;
            }

            blocks[unit >> 8]++;
            ideographs += unit is >= 0x3000 and <= 0x9FFF or >= 0xAC00 and <= 0xD7A3 ? 1 : 0;
        }

        if (trusted)
        {
            return odd * 20 <= units;
        }

        blocks[0x20] = 0;
        int ascii = blocks[0];
        blocks[0] = 0;
        int most = 0;
        foreach (int count in blocks)
        {
            most = Math.Max(most, count);
        }

        return odd == 0 && ((most + ascii >= units && most * 2 >= units)
            || (units >= 16 && ideographs + ascii >= units && ideographs * 2 >= units && most * 3 < units * 2));
    }

    private static bool IsPlausibleUnit(int unit) => unit switch
    {
        < 0x20 => unit is '\t' or '\n' or '\r',
        < 0x7F => true,
        _ => IsPlausible(new Rune((char)unit)),
    };

    private static int Unit(ReadOnlySpan<byte> bytes, int index, bool bigEndian) => bigEndian
        ? (bytes[index * 2] << 8) | bytes[(index * 2) + 1]
        : bytes[index * 2] | (bytes[(index * 2) + 1] << 8);
}
