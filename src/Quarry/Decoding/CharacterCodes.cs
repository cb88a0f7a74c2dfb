using System.Text;

namespace Quarry.Decoding;

/// <summary>
/// Finds text spelled by its character codes: <c>[char]73+[char]69</c>, <c>[char[]](73,69)</c>, <c>73,69|%{[char]$_}</c>,
/// <c>String.fromCharCode(73,69)</c>, <c>chr(73).chr(69)</c>; decimal or hexadecimal.
/// </summary>
internal static class CharacterCodes
{
    private const int LeastCodes = 3;
    private const int MostBetween = 40;

    /// <summary>Looks for codes at an anchor, the last letter of <c>char</c>, <c>chr</c> or <c>fromCharCode</c>.</summary>
    public static void FindNear(ReadOnlySpan<byte> text, int anchor, ref int done, Budget budget, List<Finding> found)
    {
        if (anchor < done)
        {
            return;
        }

        ReadOnlySpan<byte> head = text[..(anchor + 1)];
        byte next = text[anchor + 1];
        if (next == '(' && EndsWith(head, "fromcharcode"u8))
        {
            int start = anchor + 1 - "fromcharcode"u8.Length;
            start -= EndsWith(text[..start], "string."u8) ? "string."u8.Length : 0;
            TakeList(text, start, anchor + 2, ref done, budget, found);
        }
        else if (next == '(' && EndsWith(head, "chr"u8))
        {
            TakeCalls(text, anchor - 2, "chr("u8, ")"u8, ref done, budget, found);
        }
        else if (next == ']' && EndsWith(head, "[char"u8))
        {
            int start = anchor - "[char"u8.Length + 1;
            if (!TakeCalls(text, start, "[char]"u8, default, ref done, budget, found))
            {
                TakePiped(text, start, ref done, budget, found);
            }
        }
        else if (next == '[' && EndsWith(head, "[char"u8) && text[(anchor + 2)..].StartsWith("]]"u8))
        {
            int open = EscapeFinder.SkipBlanks(text, anchor + 4);
            if (open < text.Length && text[open] is (byte)'(' or (byte)'@')
            {
                open += text[open..].StartsWith("@("u8) ? 2 : 1;
                TakeList(text, anchor - "[char"u8.Length + 1, open, ref done, budget, found);
            }
        }
    }

    /// <summary>Whether an anchor is the last letter of <c>[char</c>, <c>chr</c> or <c>fromCharCode</c>.</summary>
    public static bool IsCall(ReadOnlySpan<byte> text, int anchor)
    {
        ReadOnlySpan<byte> head = text[..(anchor + 1)];
        return EndsWith(head, "chr"u8) || EndsWith(head, "[char"u8) || EndsWith(head, "fromcharcode"u8);
    }

    /// <summary>Codes between commas up to a closing bracket.</summary>
    private static void TakeList(ReadOnlySpan<byte> text, int start, int at, ref int done, Budget budget, List<Finding> found)
    {
        var codes = new List<int>();
        while (TryNumber(text, EscapeFinder.SkipBlanks(text, at), out int code, out int next) && codes.Count < budget.Room / 4)
        {
            codes.Add(code);
            at = EscapeFinder.SkipBlanks(text, next);
            if (at >= text.Length || text[at] != ',')
            {
                break;
            }

            at++;
        }

        done = Math.Max(done, Math.Min(at, text.Length));
        if (at < text.Length && text[at] == ')')
        {
            Take(start, at + 1, codes, budget, found);
        }
    }

    /// <summary>Calls or casts with one code each, joined by an operator: <c>+ &amp; . , ||</c>, blanks, quotes that open and close nothing.</summary>
    private static bool TakeCalls(
        ReadOnlySpan<byte> text, int start, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, ref int done, Budget budget, List<Finding> found)
    {
        var codes = new List<int>();
        int at = start, end = start;
        while (StartsWith(text[at..], before) && codes.Count < budget.Room / 4)
        {
            int number = EscapeFinder.SkipBlanks(text, at + before.Length);
            bool bracketed = after.IsEmpty && number < text.Length && text[number] == '(';
            if (!TryNumber(text, bracketed ? number + 1 : number, out int code, out int next))
            {
                break;
            }

            next = EscapeFinder.SkipBlanks(text, next);
            if (bracketed || !after.IsEmpty)
            {
                if (next >= text.Length || text[next] != ')')
                {
                    break;
                }

                next++;
            }

            codes.Add(code);
            end = after.IsEmpty && !bracketed ? TrimBack(text, next) : next;
            at = SkipJoin(text, next);
        }

        if (codes.Count == 0)
        {
            return false;
        }

        done = Math.Max(done, end);
        Take(start, end, codes, budget, found);
        return true;
    }

    /// <summary>A list that is piped into <c>%{[char]$_}</c>: it stands before the anchor.</summary>
    private static void TakePiped(ReadOnlySpan<byte> text, int anchor, ref int done, Budget budget, List<Finding> found)
    {
        int end = anchor, limit = Math.Max(done, anchor - MostBetween);
        while (end > limit && !char.IsAsciiDigit((char)text[end - 1]) && text[end - 1] is not ((byte)',' or (byte)';'))
        {
            end--;
        }

        if (end <= limit || !text[end..anchor].Contains((byte)'|') || !char.IsAsciiDigit((char)text[end - 1]))
        {
            return;
        }

        int start = end;
        while (start > done && text[start - 1] is >= (byte)'0' and <= (byte)'9' or (byte)',' or (byte)' ' or (byte)'x' or (byte)'X'
            or >= (byte)'a' and <= (byte)'f' or >= (byte)'A' and <= (byte)'F')
        {
            start--;
        }

        while (start < end && !char.IsAsciiDigit((char)text[start]))
        {
            start++;
        }

        var codes = new List<int>();
        int at = start;
        while (at < end && TryNumber(text, EscapeFinder.SkipBlanks(text, at), out int code, out int next))
        {
            codes.Add(code);
            at = EscapeFinder.SkipBlanks(text, next);
            if (at >= end || text[at] != ',')
            {
                break;
            }

            at++;
        }

        done = Math.Max(done, anchor);
        if (at >= end)
        {
            Take(start, end, codes, budget, found);
        }
    }

    private static void Take(int start, int end, List<int> codes, Budget budget, List<Finding> found)
    {
        if (codes.Count < LeastCodes)
        {
            return;
        }

        var text = new StringBuilder(codes.Count);
        foreach (int code in codes)
        {
            if (code <= char.MaxValue)
            {
                text.Append((char)code);
            }
            else
            {
                text.Append(new Rune(code));
            }
        }

        EscapeFinder.AddIfStrong(start, end, "charcodes", Encoding.UTF8.GetBytes(text.ToString()), budget, found);
    }

    private static int SkipJoin(ReadOnlySpan<byte> text, int at)
    {
        int limit = Math.Min(text.Length, at + 8);
        while (at < limit && text[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'+' or (byte)'&' or (byte)'.' or (byte)',' or (byte)'|' or (byte)'(' or (byte)')')
        {
            at++;
        }

        return Math.Min(at, text.Length);
    }

    private static int TrimBack(ReadOnlySpan<byte> text, int end)
    {
        while (end > 0 && text[end - 1] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            end--;
        }

        return end;
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, int at, out int value, out int next)
    {
        const int HighestCode = 0x10FFFF;
        value = 0;
        next = at;
        bool isHex = at + 2 < text.Length && text[at] == '0' && (text[at + 1] | 0x20) == 'x';
        isHex |= at + 2 < text.Length && text[at] == '&' && (text[at + 1] | 0x20) == 'h';
        next += isHex ? 2 : 0;
        int first = next;
        while (next < text.Length && next < first + 8 && EscapeFinder.HexValue(text[next]) is int digit and >= 0 && (isHex || digit < 10))
        {
            value = (value * (isHex ? 16 : 10)) + digit;
            next++;
        }

        return next > first && value is >= 0 and <= HighestCode;
    }

    private static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lowerCase) =>
        text.Length >= lowerCase.Length && Ascii.EqualsIgnoreCase(text[..lowerCase.Length], lowerCase);

    private static bool EndsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lowerCase) =>
        text.Length >= lowerCase.Length && Ascii.EqualsIgnoreCase(text[^lowerCase.Length..], lowerCase);
}
