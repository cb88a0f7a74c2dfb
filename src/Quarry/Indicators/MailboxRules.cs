namespace Quarry.Indicators;

/// <summary>The part of a mail address before the at sign, as it is met in text.</summary>
internal static class MailboxRules
{
    private const int Longest = 64;

    /// <summary>Where the local part begins that ends at an at sign; -1 if there is no real one.</summary>
    public static int LocalPartStart(ReadOnlySpan<byte> row, int at)
    {
        int start = at;
        while (start > 0 && at - start <= Longest + 16 && Bytes.IsMailbox(row[start - 1]))
        {
            start--;
        }

        start = SkipEscapes(row, start, at);
        while (start < at && !Bytes.IsWord(row[start]))
        {
            start++;
        }

        ReadOnlySpan<byte> local = row[start..at];
        bool isReal = local.Length is > 0 and <= Longest && local[^1] != '.' && local.IndexOf(".."u8) < 0
            && local.ContainsAnyInRange((byte)'0', (byte)'z');
        return isReal ? ReturnPathStart(row, start, at) : -1;
    }

    /// <summary>Whether what ends at a position goes on to an at sign, and so is (the beginning of) a local part.</summary>
    public static bool IsLocalPart(ReadOnlySpan<byte> row, int end)
    {
        for (int i = end; i < Math.Min(row.Length - 1, end + Longest); i++)
        {
            if (row[i] == '@')
            {
                return Bytes.IsHost(row[i + 1]);
            }

            if (!Bytes.IsMailbox(row[i]))
            {
                return false;
            }
        }

        return false;
    }

    // %20me@... : what an escape ends is not part of it.
    private static int SkipEscapes(ReadOnlySpan<byte> row, int start, int at)
    {
        for (int i = at - 3; i >= start; i--)
        {
            if (row[i] == '%' && Bytes.IsHex(row[i + 1]) && Bytes.IsHex(row[i + 2]))
            {
                return i + 3;
            }
        }

        return start;
    }

    // list-bounce+me=a.example@b.example: an equals sign separates, but not in a return path.
    private static int ReturnPathStart(ReadOnlySpan<byte> row, int start, int at)
    {
        if (Bytes.At(row, start - 1) != '=' || !DomainRules.IsName(row[start..at], ignoreTopLevel: false))
        {
            return start;
        }

        int path = start - 1;
        bool isPath = false;
        while (path > 0 && at - path < Longest && Bytes.IsMailbox(row[path - 1]))
        {
            isPath |= row[--path] == '+';
        }

        return isPath && Bytes.IsWord(row[path]) ? path : start;
    }
}
