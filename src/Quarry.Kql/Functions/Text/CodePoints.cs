using System.Text;

namespace Quarry.Kql.Functions.Text;

/// <summary>UTF-8 counted in characters (code points), as KQL counts.</summary>
internal static class CodePoints
{
    /// <summary>How many there are.</summary>
    public static int Count(ReadOnlySpan<byte> utf8)
    {
        if (Ascii.IsValid(utf8))
        {
            return utf8.Length;
        }

        int count = 0;
        foreach (byte one in utf8)
        {
            count += (one & 0xC0) != 0x80 ? 1 : 0;
        }

        return count;
    }

    /// <summary>Where a character begins, in bytes; the end for any beyond the last.</summary>
    public static int Offset(ReadOnlySpan<byte> utf8, long index)
    {
        int limit = (int)Math.Min(index, utf8.Length);
        if (Ascii.IsValid(utf8[..limit]))
        {
            return limit;
        }

        int at = 0;
        for (long left = index; left > 0 && at < utf8.Length; left--)
        {
            at++;
            while (at < utf8.Length && (utf8[at] & 0xC0) == 0x80)
            {
                at++;
            }
        }

        return at;
    }

    /// <summary>How many characters a part of UTF-16 has.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        int count = text.Length;
        foreach (char one in text)
        {
            count -= char.IsLowSurrogate(one) ? 1 : 0;
        }

        return count;
    }
}
