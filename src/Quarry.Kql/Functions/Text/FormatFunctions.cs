using System.Globalization;
using System.Text;
using Quarry.Tables;

namespace Quarry.Kql.Functions.Text;

/// <summary>Paths, records of CSV, versions and command lines taken apart.</summary>
internal static class FormatFunctions
{
    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        new("parse_path", [ColumnType.String], ColumnType.Dynamic, ParsePath),
        new("parse_csv", [ColumnType.String], ColumnType.Dynamic, ParseCsv),
        new("parse_version", [ColumnType.String], ColumnType.Decimal, ParseVersion),
        new("$version_key", [ColumnType.String], ColumnType.Dynamic, VersionKey),
        new("parse_command_line", [ColumnType.String, ColumnType.String], ColumnType.Dynamic, ParseCommandLine),
    ];

    private static void ParsePath(in Arguments arguments, ref Result result)
    {
        string path = arguments.String(0);
        int scheme = path.IndexOf("://", StringComparison.Ordinal);
        string schemeName = scheme > 0 ? path[..scheme] : "";
        path = scheme > 0 ? path[(scheme + 3)..].TrimStart('/') is { Length: > 1 } local && local[1] == ':' ? local : path[(scheme + 3)..] : path;
        int drive = path.StartsWith(@"\\?\", StringComparison.Ordinal) ? 4 : 0;
        string root = path.Length > drive + 1 && char.IsAsciiLetter(path[drive]) && path[drive + 1] == ':' ? path.Substring(drive, 2) : "";
        int last = path.AsSpan().LastIndexOfAny('/', '\\');
        string directory = last < 0 ? "" : path[..last];
        string file = last < 0 && root.Length > 0 ? path[(drive + 2)..] : path[(last + 1)..];
        int colon = file.IndexOf(':', StringComparison.Ordinal);
        string stream = colon < 0 ? "" : file[(colon + 1)..];
        file = colon < 0 ? file : file[..colon];
        int dot = file.LastIndexOf('.');
        JsonTexts.WriteObject(
            ref result,
            ("Scheme", schemeName),
            ("RootPath", root),
            ("DirectoryPath", directory),
            ("DirectoryName", directory[(directory.AsSpan().LastIndexOfAny('/', '\\') + 1)..]),
            ("Filename", file),
            ("Extension", dot < 0 ? "" : file[(dot + 1)..]),
            ("AlternateDataStreamName", stream));
    }

    // The first record; a quote is doubled within quotes.
    private static void ParseCsv(in Arguments arguments, ref Result result)
    {
        string text = arguments.String(0);
        var fields = new List<string>();
        var field = new StringBuilder();
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char one = text[i];
            if (isQuoted)
            {
                if (one != '"' || (i + 1 < text.Length && text[i + 1] == '"'))
                {
                    field.Append(one);
                    i += one == '"' ? 1 : 0;
                }
                else
                {
                    isQuoted = false;
                }
            }
            else if (one == '"' && field.Length == 0)
            {
                isQuoted = true;
            }
            else if (one is '\n' or '\r')
            {
                break;
            }
            else if (one == ',')
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(one);
            }
        }

        fields.Add(field.ToString());
        JsonTexts.WriteArray(ref result, fields);
    }

    // Up to four parts of up to eight digits, from the left.
    private static void ParseVersion(in Arguments arguments, ref Result result)
    {
        if (Version(arguments.String(0)) is { } version && version < Int128.Parse("100000000000000000000", CultureInfo.InvariantCulture))
        {
            result.Decimal((decimal)version);
        }
        else
        {
            result.Null();
        }
    }

    // A version as a text that sorts as its number does: of all 32 digits.
    private static void VersionKey(in Arguments arguments, ref Result result) =>
        result.Text(Version(arguments.String(0))?.ToString("D32", CultureInfo.InvariantCulture));

    private static Int128? Version(string text)
    {
        string[] parts = text.Trim().Split('.');
        Int128 version = 0;
        bool isVersion = parts.Length <= 4;
        for (int i = 0; i < 4 && isVersion; i++)
        {
            string part = i < parts.Length ? parts[i] : "0";
            isVersion = int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && part.Length <= 8;
            version = (version * 100_000_000) + number;
        }

        return isVersion ? version : null;
    }

    private static void ParseCommandLine(in Arguments arguments, ref Result result)
    {
        string line = arguments.String(0);
        if (!arguments.String(1).Equals("windows", StringComparison.OrdinalIgnoreCase) || line.Length == 0)
        {
            result.Null();
            return;
        }

        JsonTexts.WriteArray(ref result, WindowsArguments(line));
    }

    // Source: Microsoft's documentation of CommandLineToArgvW: the program's name ends at its quote or at white space; backslashes count only before a quote.
    private static List<string> WindowsArguments(string line)
    {
        var all = new List<string>();
        int at = 0;
        if (line[0] == '"')
        {
            int close = line.IndexOf('"', 1);
            all.Add(close < 0 ? line[1..] : line[1..close]);
            at = close < 0 ? line.Length : close + 1;
        }
        else
        {
            while (at < line.Length && line[at] > ' ')
            {
                at++;
            }

            all.Add(line[..at]);
        }

        while (true)
        {
            while (at < line.Length && line[at] is ' ' or '\t')
            {
                at++;
            }

            if (at >= line.Length)
            {
                return all;
            }

            all.Add(Argument(line, ref at));
        }
    }

    private static string Argument(string line, ref int at)
    {
        var argument = new StringBuilder();
        bool isQuoted = false;
        for (; at < line.Length && (isQuoted || line[at] is not (' ' or '\t')); at++)
        {
            int backslashes = 0;
            while (at < line.Length && line[at] == '\\')
            {
                backslashes++;
                at++;
            }

            bool isQuote = at < line.Length && line[at] == '"';
            argument.Append('\\', isQuote ? backslashes / 2 : backslashes);
            if (at >= line.Length || (!isQuoted && line[at] is ' ' or '\t'))
            {
                break;
            }

            if (!isQuote || backslashes % 2 == 1)
            {
                argument.Append(line[at]);
            }
            else if (isQuoted && at + 1 < line.Length && line[at + 1] == '"')
            {
                argument.Append('"');
                at++;
                isQuoted = false;
            }
            else
            {
                isQuoted = !isQuoted;
            }
        }

        return argument.ToString();
    }
}
