using System.Text;
using System.Text.RegularExpressions;
using Quarry.Tables;

namespace Quarry.Kql.Functions.Text;

/// <summary>Where and how often a text is in another.</summary>
internal static class SearchFunctions
{
    private static readonly ColumnType[] SearchTypes = [ColumnType.String, ColumnType.String, ColumnType.Long, ColumnType.Long, ColumnType.Long];

    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        new("indexof", SearchTypes, ColumnType.Long, IndexOf) { Required = 2 },
        new("indexof_regex", SearchTypes, ColumnType.Long, IndexOfRegex) { Required = 2 },
        new("countof", [ColumnType.String, ColumnType.String, ColumnType.String], ColumnType.Long, CountOf) { Required = 2 },
    ];

    // Start, length and occurrence, in characters; false where the result is null.
    private static bool TryRange(in Arguments arguments, int count, bool fromEnd, out long start, out long end, out long occurrence)
    {
        start = arguments.IsNull(2) ? 0 : arguments.Long(2);
        long length = arguments.IsNull(3) ? -1 : arguments.Long(3);
        occurrence = arguments.IsNull(4) ? 1 : arguments.Long(4);
        if (start < 0 && fromEnd)
        {
            start = Math.Max(0, count + start);
        }

        end = length == -1 || length > count - start ? count : start + length;
        return start >= 0 && length >= -1 && occurrence >= 0;
    }

    private static void IndexOf(in Arguments arguments, ref Result result)
    {
        ReadOnlySpan<byte> text = arguments.Text(0);
        ReadOnlySpan<byte> match = arguments.Text(1);
        int count = CodePoints.Count(text);
        if (match.IsEmpty || !TryRange(arguments, count, fromEnd: true, out long start, out long end, out long occurrence))
        {
            result.Null();
            return;
        }

        int at = CodePoints.Offset(text, start);
        for (; ; occurrence--)
        {
            // The length is counted anew for every occurrence: the documented indexof("abcdefgabcdefg", "cde", 1, 10, 2) is 9.
            ReadOnlySpan<byte> rest = text[at..];
            int found = (start >= end ? default : rest[..CodePoints.Offset(rest, end - start)]).IndexOf(match);
            if (found < 0)
            {
                result.Long(-1);
                return;
            }

            at += found;
            if (occurrence <= 1)
            {
                result.Long(CodePoints.Count(text[..at]));
                return;
            }

            // The next may overlap.
            at++;
        }
    }

    private static void IndexOfRegex(in Arguments arguments, ref Result result)
    {
        using var chars = new Utf16Text(arguments.Text(0));
        ReadOnlySpan<char> text = chars.Span;
        if (arguments.Text(1).IsEmpty || !TryRange(arguments, CodePoints.Count(text), fromEnd: false, out long start, out long end, out long occurrence))
        {
            result.Null();
            return;
        }

        Regex regex = RegexPattern.Of(arguments.Text(1), result.Row).For(text);
        int from = Units(text, start);
        ReadOnlySpan<char> part = text[from..Math.Max(from, Units(text, end))];
        foreach (ValueMatch match in regex.EnumerateMatches(part))
        {
            if (--occurrence <= 0)
            {
                result.Long(CodePoints.Count(text[..(from + match.Index)]));
                return;
            }
        }

        result.Long(-1);
    }

    private static int Units(ReadOnlySpan<char> text, long characters)
    {
        int at = 0;
        for (; characters > 0 && at < text.Length; characters--)
        {
            at += char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? 2 : 1;
        }

        return at;
    }

    private static void CountOf(in Arguments arguments, ref Result result)
    {
        ReadOnlySpan<byte> text = arguments.Text(0);
        ReadOnlySpan<byte> search = arguments.Text(1);
        if (search.IsEmpty)
        {
            result.Long(0);
        }
        else if (Ascii.EqualsIgnoreCase(arguments.Text(2), "regex"u8))
        {
            using var chars = new Utf16Text(text);
            result.Long(RegexPattern.Of(search, result.Row).For(text).Count(chars.Span));
        }
        else
        {
            result.Long(Overlapping(text, search));
        }
    }

    private static int Overlapping(ReadOnlySpan<byte> text, ReadOnlySpan<byte> search)
    {
        int count = 0;
        for (int at = text.IndexOf(search); at >= 0; at = text.IndexOf(search))
        {
            count++;
            text = text[(at + 1)..];
        }

        return count;
    }
}
