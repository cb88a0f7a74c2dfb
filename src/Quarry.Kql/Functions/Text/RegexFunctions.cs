using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Quarry.Tables;

namespace Quarry.Kql.Functions.Text;

/// <summary>Functions of regular expressions. A pattern that is not one is the query's error.</summary>
internal static class RegexFunctions
{
    // What a regular expression has a meaning for outside a class, as RE2's and Rust's quoting have in common.
    private const string Quoted = @"\.+*?()|[]{}^$#&-~";

    [ThreadStatic]
    private static ArgumentCache<RegexPattern>? _starts;

    [ThreadStatic]
    private static ArgumentCache<RegexPattern>? _ends;

    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        new("$matches_regex", [ColumnType.String, ColumnType.String], ColumnType.Bool, Matches),
        new("extract", [ColumnType.String, ColumnType.Long, ColumnType.String], ColumnType.String, Extract),
        .. new[] { "extract_all", "extractall" }.SelectMany(name => new ScalarFunction[]
        {
            new(name, [ColumnType.String, ColumnType.String], ColumnType.Dynamic, (in Arguments arguments, ref Result result) =>
                ExtractAll(RegexPattern.Of(arguments.Text(0), result.Row), default, arguments.Text(1), ref result)),
            new(name, [ColumnType.String, ColumnType.Dynamic, ColumnType.String], ColumnType.Dynamic, (in Arguments arguments, ref Result result) =>
                ExtractAll(RegexPattern.Of(arguments.Text(0), result.Row), arguments.Text(1), arguments.Text(2), ref result)),
        }),
        new("replace_regex", [ColumnType.String, ColumnType.String, ColumnType.String], ColumnType.String, (in Arguments arguments, ref Result result) =>
            Replace(arguments.Text(0), arguments.Text(1), arguments.Text(2), ref result)),
        new("replace", [ColumnType.String, ColumnType.String, ColumnType.String], ColumnType.String, (in Arguments arguments, ref Result result) =>
            Replace(arguments.Text(2), arguments.Text(0), arguments.Text(1), ref result)),
        new("trim", [ColumnType.String, ColumnType.String], ColumnType.String, (in Arguments arguments, ref Result result) =>
            Trim(arguments, start: true, end: true, ref result)),
        new("trim_start", [ColumnType.String, ColumnType.String], ColumnType.String, (in Arguments arguments, ref Result result) =>
            Trim(arguments, start: true, end: false, ref result)),
        new("trim_end", [ColumnType.String, ColumnType.String], ColumnType.String, (in Arguments arguments, ref Result result) =>
            Trim(arguments, start: false, end: true, ref result)),
        new("regex_quote", [ColumnType.String], ColumnType.String, Quote),
    ];

    private static void Matches(in Arguments arguments, ref Result result)
    {
        ReadOnlySpan<byte> text = arguments.Text(0);
        using var chars = new Utf16Text(text);
        result.Bool(RegexPattern.Of(arguments.Text(1), result.Row).For(text).IsMatch(chars.Span));
    }

    private static void Extract(in Arguments arguments, ref Result result)
    {
        ReadOnlySpan<byte> utf8 = arguments.Text(2);
        RegexPattern pattern = RegexPattern.Of(arguments.Text(0), result.Row);
        long group = arguments.IsNull(1) ? -1 : arguments.Long(1);
        if (group < 0 || group > pattern.Groups)
        {
            result.Text("");
        }
        else
        {
            Match match = pattern.For(utf8).Match(Encoding.UTF8.GetString(utf8));
            result.Text(match.Success ? match.Groups[(int)group].Value : "");
        }
    }

    private static void ExtractAll(RegexPattern pattern, ReadOnlySpan<byte> groups, ReadOnlySpan<byte> utf8, ref Result result)
    {
        if (pattern.Groups == 0)
        {
            throw new QuarryException("extract_all() needs a regular expression with at least one group in parentheses.");
        }

        int[] wanted = groups.IsEmpty ? [.. Enumerable.Range(1, pattern.Groups)] : Wanted(pattern, groups);
        Match match = pattern.For(utf8).Match(Encoding.UTF8.GetString(utf8));
        if (!match.Success)
        {
            result.Null();
            return;
        }

        JsonTexts.Write(ref result, writer =>
        {
            writer.WriteStartArray();
            for (; match.Success; match = match.NextMatch())
            {
                if (wanted.Length == 1)
                {
                    writer.WriteStringValue(match.Groups[wanted[0]].ValueSpan);
                    continue;
                }

                writer.WriteStartArray();
                foreach (int group in wanted)
                {
                    writer.WriteStringValue(match.Groups[group].ValueSpan);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        });
    }

    private static int[] Wanted(RegexPattern pattern, ReadOnlySpan<byte> groups)
    {
        string[] names = [.. JsonTexts.Flatten(groups)];
        return names.Length == 0 ? [.. Enumerable.Range(1, pattern.Groups)] : [.. names.Select(Number)];

        int Number(string name) =>
            int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= pattern.Groups ? number
            : pattern.Names.TryGetValue(name, out number) ? number
            : throw new QuarryException($"extract_all() has no group {name}: the regular expression has {pattern.Groups}, counted from 1.");
    }

    private static void Replace(ReadOnlySpan<byte> source, ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> rewrite, ref Result result)
    {
        Regex regex = RegexPattern.Of(pattern, result.Row).For(source);
        using (var chars = new Utf16Text(source))
        {
            if (!regex.IsMatch(chars.Span))
            {
                result.Text(source);
                return;
            }
        }

        string text = Encoding.UTF8.GetString(rewrite);
        result.Text(regex.Replace(Encoding.UTF8.GetString(source), text.Contains('\\', StringComparison.Ordinal) ? match => Rewritten(match, text) : _ => text));
    }

    // \0 is the whole match, \1 to \9 are groups, \\ is a backslash.
    private static string Rewritten(Match match, string rewrite)
    {
        var text = new StringBuilder();
        for (int i = 0; i < rewrite.Length; i++)
        {
            char next = rewrite[i] == '\\' && i + 1 < rewrite.Length ? rewrite[i + 1] : '\0';
            if (char.IsAsciiDigit(next))
            {
                text.Append(match.Groups[next - '0'].ValueSpan);
                i++;
            }
            else
            {
                text.Append(rewrite[i]);
                i += next == '\\' ? 1 : 0;
            }
        }

        return text.ToString();
    }

    // One match at each end.
    private static void Trim(in Arguments arguments, bool start, bool end, ref Result result)
    {
        ReadOnlySpan<byte> pattern = arguments.Text(0);
        ReadOnlySpan<byte> utf8 = arguments.Text(1);
        if (pattern.IsEmpty || utf8.IsEmpty)
        {
            result.Text(utf8);
            return;
        }

        using var chars = new Utf16Text(utf8);
        ReadOnlySpan<char> text = chars.Span;
        if (start)
        {
            _starts ??= new ArgumentCache<RegexPattern>(16, key => new RegexPattern(Encoding.UTF8.GetString(key), @"\A(?:{0})"));
            foreach (ValueMatch match in _starts.Of(pattern, result.Row).For(utf8).EnumerateMatches(text))
            {
                text = text[match.Length..];
                break;
            }
        }

        if (end)
        {
            _ends ??= new ArgumentCache<RegexPattern>(16, key => new RegexPattern(Encoding.UTF8.GetString(key), @"(?:{0})\z"));
            foreach (ValueMatch match in _ends.Of(pattern, result.Row).For(utf8).EnumerateMatches(text))
            {
                text = text[..match.Index];
                break;
            }
        }

        byte[] buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        result.Text(buffer.AsSpan(0, Encoding.UTF8.GetBytes(text, buffer)));
        System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
    }

    private static void Quote(in Arguments arguments, ref Result result)
    {
        var quoted = new StringBuilder();
        foreach (char one in arguments.String(0))
        {
            if (Quoted.Contains(one, StringComparison.Ordinal))
            {
                quoted.Append('\\');
            }

            quoted.Append(one);
        }

        result.Text(quoted.ToString());
    }
}
