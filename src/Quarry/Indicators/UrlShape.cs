using System.Buffers;
using System.Globalization;
using System.Text;

namespace Quarry.Indicators;

/// <summary>The extent of a URL in a text: where it ends, and where its host lies.</summary>
internal readonly record struct UrlShape(int Start, int End, int AuthorityEnd)
{
    private const int LongestAuthority = 2048;

    /// <summary>
    /// Reads the URL whose <c>://</c> stands at a position and whose scheme begins at another.
    /// </summary>
    /// <param name="text">The row.</param>
    /// <param name="start">Where the scheme begins.</param>
    /// <param name="colon">Where the <c>://</c> stands.</param>
    /// <param name="limit">Where a URL around this one ends, or the end of the row.</param>
    /// <param name="isParameter">Whether it is the value of a parameter, which an ampersand ends.</param>
    public static UrlShape? Read(ReadOnlySpan<byte> text, int start, int colon, int limit, bool isParameter)
    {
        ReadOnlySpan<byte> body = text[..limit];
        int host = HostStart(body, colon + 3);
        int hostEnd = HostEnd(body, host);
        bool isFile = Bytes.StandsAt(text, start, "file"u8) && colon - start == 4;
        if (hostEnd == host && !(isFile && Bytes.At(body, host) == '/'))
        {
            return null;
        }

        int authorityEnd = PortEnd(body, hostEnd);
        byte opening = start > 0 ? text[start - 1] : (byte)0;
        int end = Bytes.At(body, authorityEnd) is (byte)'/' or (byte)'?' or (byte)'#'
            ? PathEnd(body, authorityEnd, opening, isParameter)
            : authorityEnd;
        end = TrimEnd(body, end, authorityEnd);
        return new UrlShape(start, end, authorityEnd);
    }

    // The part before the last at sign of the authority is user information.
    private static int HostStart(ReadOnlySpan<byte> text, int position)
    {
        int limit = Math.Min(text.Length, position + LongestAuthority);
        int host = position;
        for (int i = position; i < limit; i++)
        {
            byte b = text[i];
            if (b == '@')
            {
                host = i + 1;
            }
            else if (b is (byte)'/' or (byte)'?' or (byte)'#' or (byte)'\'' or (byte)')' || !Bytes.IsUrl(b))
            {
                break;
            }
        }

        return host;
    }

    private static int HostEnd(ReadOnlySpan<byte> text, int host)
    {
        if (Bytes.At(text, host) == '[')
        {
            int close = text.Slice(host, Math.Min(64, text.Length - host)).IndexOf((byte)']');
            return close > 2 && Ipv6Shape.IsLiteral(text.Slice(host + 1, close - 1)) ? host + close + 1 : host;
        }

        int end = host;
        while (end < text.Length && (text[end] < 0x80 ? IsRegisteredName(text, end) : LetterLength(text[end..]) > 0))
        {
            end += text[end] < 0x80 ? 1 : LetterLength(text[end..]);
        }

        // A name does not end in a dot or a hyphen in prose, nor begin with one.
        while (end > host && text[end - 1] is (byte)'.' or (byte)'-' or (byte)'_')
        {
            end--;
        }

        return end > host && text[host] is (byte)'.' or (byte)'-' ? host : end;
    }

    private static bool IsRegisteredName(ReadOnlySpan<byte> text, int position)
    {
        byte b = text[position];
        return Bytes.IsWord(b) || b is (byte)'-' or (byte)'.' or (byte)'~'
            || (b == '%' && Bytes.IsHex(Bytes.At(text, position + 1)) && Bytes.IsHex(Bytes.At(text, position + 2)));
    }

    private static int PortEnd(ReadOnlySpan<byte> text, int hostEnd)
    {
        if (Bytes.At(text, hostEnd) != ':')
        {
            return hostEnd;
        }

        int end = hostEnd + 1, port = 0;
        while (end < text.Length && end - hostEnd <= 5 && Bytes.IsDigit(text[end]))
        {
            port = (port * 10) + text[end++] - '0';
        }

        return end > hostEnd + 1 && port <= ushort.MaxValue && !Bytes.IsDigit(Bytes.At(text, end)) ? end : hostEnd;
    }

    private static int PathEnd(ReadOnlySpan<byte> text, int position, byte opening, bool isParameter)
    {
        int round = 0, square = 0, curly = 0;
        while (position < text.Length)
        {
            byte b = text[position];
            int opened = b switch
            {
                (byte)'(' => round++,
                (byte)')' => --round,
                (byte)'[' => square++,
                (byte)']' => --square,
                (byte)'{' => curly++,
                (byte)'}' => --curly,
                _ => 0,
            };
            int letter = b < 0x80 ? 1 : LetterLength(text[position..]);
            if (opened < 0 || letter == 0 || !Bytes.IsUrl(b) || IsProse(text, position, opening, isParameter))
            {
                break;
            }

            position += letter;
        }

        return position;
    }

    private static bool IsProse(ReadOnlySpan<byte> text, int position, byte opening, bool isParameter) => text[position] switch
    {
        (byte)'\'' => opening == '\'' || !Bytes.IsAlphaNumeric(Bytes.At(text, position + 1)),
        (byte)'&' => isParameter || IsEntity(text[position..]),
        (byte)'+' or (byte)'*' or (byte)'_' or (byte)'~' =>
            opening == text[position] && Bytes.At(text, position + 1) == opening,
        _ => false,
    };

    // &quot; and its like close the attribute that the URL stood in.
    private static bool IsEntity(ReadOnlySpan<byte> text) =>
        text.StartsWith("&quot;"u8) || text.StartsWith("&lt;"u8) || text.StartsWith("&gt;"u8) || text.StartsWith("&#39;"u8)
        || text.StartsWith("&#34;"u8) || text.StartsWith("&apos;"u8) || text.StartsWith("&nbsp;"u8);

    private static int TrimEnd(ReadOnlySpan<byte> text, int end, int authorityEnd)
    {
        while (end > authorityEnd)
        {
            byte last = text[end - 1];
            if (last is (byte)'.' or (byte)',' or (byte)';' or (byte)':' or (byte)'!' or (byte)'?' or (byte)'\'' or (byte)'"'
                or (byte)'(' or (byte)'[' or (byte)'{')
            {
                end--;
            }
            else if (last is (byte)'+' or (byte)'*' or (byte)'~' && text[end - 2] == last)
            {
                end -= 2;
            }
            else
            {
                break;
            }
        }

        return Math.Max(end, authorityEnd);
    }

    /// <summary>The length of the letter, mark, digit or symbol beyond ASCII that a text begins with; 0 if it is none.</summary>
    public static int LetterLength(ReadOnlySpan<byte> text)
    {
        if (Rune.DecodeFromUtf8(text, out Rune rune, out int length) != OperationStatus.Done || rune.Value == 0xFFFD)
        {
            return 0;
        }

        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber
                or UnicodeCategory.OtherNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherSymbol => length,
            _ => 0,
        };
    }
}
