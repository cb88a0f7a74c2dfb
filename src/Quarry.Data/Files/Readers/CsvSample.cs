using System.Text;
using Quarry.Tables;

namespace Quarry.Data.Files.Readers;

/// <summary>What the beginning of delimited text says: delimiter, header, types.</summary>
internal static class CsvSample
{
    private const int MostLines = 50;

    /// <summary>The delimiters that are known, the likelier first.</summary>
    private static ReadOnlySpan<byte> Delimiters => ",\t;|"u8;

    /// <summary>The delimiter that cuts most of the first lines into the same number of fields, at least two; else a comma.</summary>
    public static byte Delimiter(byte[] sample)
    {
        byte best = (byte)',';
        double bestShare = 0;
        foreach (byte delimiter in Delimiters)
        {
            double share = Agreement(sample, delimiter, out _);
            if (share > bestShare)
            {
                best = delimiter;
                bestShare = share;
            }
        }

        return best;
    }

    /// <summary>Whether text that is not known to be delimited looks so: every line with as many fields as the first, which reads like a header.</summary>
    public static bool LooksDelimited(byte[] sample, out byte delimiter)
    {
        delimiter = Delimiter(sample);
        return Agreement(sample, delimiter, out int lines) >= 1 && lines > 1 && HeaderLooksLikeOne(sample, delimiter);
    }

    /// <summary>The plan of a delimited file.</summary>
    public static FilePlan Plan(InputSource source, FileFormat format, byte[] sample, bool isWhole, InputOptions options, ReadReport report)
    {
        byte delimiter = format == FileFormat.Tsv ? (byte)'\t' : Delimiter(sample);
        CsvRows rows = Rows(sample, delimiter, options.LargestRow);
        if (!rows.Next(0, options.LargestColumnCount))
        {
            return new FilePlan(source, format, []) { IsWhole = true };
        }

        if (rows.Fault is { } fault)
        {
            throw new QuarryException(
                $"{source.Name}: the header cannot be read: {fault}. If the file is not delimited text, say what it is with --input-format.");
        }

        string[] names = Names(rows, source.Name, report);
        var guesses = new ColumnGuess[names.Length];
        for (int i = 0; i < guesses.Length; i++)
        {
            guesses[i] = new ColumnGuess();
        }

        bool quotesMeanText = options.Typing == ValueTyping.Inferred && HasUnquotedValue(sample, delimiter, names.Length, options.LargestRow);
        if (options.Typing == ValueTyping.Inferred)
        {
            Guess(rows, isWhole, guesses, quotesMeanText);
        }

        return new FilePlan(source, format, names) { Guesses = guesses, IsWhole = isWhole, Delimiter = delimiter, QuotesMeanText = quotesMeanText };
    }

    private static CsvRows Rows(byte[] sample, byte delimiter, int largestRow) =>
        new(new TextBuffer(new MemoryStream(sample)), delimiter, largestRow);

    private static string[] Names(CsvRows header, string source, ReadReport report)
    {
        byte[] buffer = [];
        var names = new List<string>(header.FieldCount);
        foreach (CsvField field in header.Fields)
        {
            names.Add(Encoding.UTF8.GetString(CsvReader.Content(header.Text, field, ref buffer)));
        }

        return UniqueNames.Of(names, (i, name) => report.AddRenamed(new RenamedColumn(source, i + 1, names[i], name)));
    }

    // The last row of a part may be cut, and its value look like something else.
    private static void Guess(CsvRows rows, bool isWhole, ColumnGuess[] guesses, bool quotesMeanText)
    {
        var json = new JsonScanner();
        byte[] buffer = [];
        var row = new List<(byte[] Text, bool IsQuoted)>(guesses.Length);
        while (rows.Next(guesses.Length))
        {
            AddRow();
            if (rows.Fault is not null)
            {
                continue;
            }

            foreach (CsvField field in rows.Fields)
            {
                row.Add((CsvReader.Content(rows.Text, field, ref buffer).ToArray(), field.IsQuoted));
            }
        }

        if (isWhole)
        {
            AddRow();
        }

        void AddRow()
        {
            for (int i = 0; i < row.Count; i++)
            {
                (byte[] text, bool isQuoted) = row[i];
                if (text.Length > 0 || (isQuoted && quotesMeanText))
                {
                    guesses[i].AddField(text, isQuoted && quotesMeanText, json);
                }
            }

            row.Clear();
        }
    }

    private static bool HasUnquotedValue(byte[] sample, byte delimiter, int count, int largestRow)
    {
        CsvRows rows = Rows(sample, delimiter, largestRow);
        rows.Next(0);
        while (rows.Next(count))
        {
            foreach (CsvField field in rows.Fields)
            {
                if (rows.Fault is null && field is { IsQuoted: false, Length: > 0 })
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static double Agreement(byte[] sample, byte delimiter, out int lines)
    {
        CsvRows rows = Rows(sample, delimiter, sample.Length + 1);
        int count = 0, same = 0;
        lines = 0;
        while (lines < MostLines && rows.Next(0))
        {
            count = lines == 0 ? rows.FieldCount : count;
            same += rows.Fault is null && rows.FieldCount == count ? 1 : 0;
            lines++;
        }

        // The last of many lines may be cut by the end of the sample.
        int needed = lines > 2 && lines < MostLines ? lines - 1 : lines;
        return count < 2 || needed == 0 ? 0 : Math.Min(1, same / (double)needed);
    }

    private static bool HeaderLooksLikeOne(byte[] sample, byte delimiter)
    {
        CsvRows rows = Rows(sample, delimiter, sample.Length + 1);
        rows.Next(0);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        byte[] buffer = [];
        foreach (CsvField field in rows.Fields)
        {
            ReadOnlySpan<byte> name = CsvReader.Content(rows.Text, field, ref buffer);
            bool isValue = TypedText.TryReal(name, out _) || TypedText.TryDateTime(name, out _) || TypedText.TryBool(name, out _);
            bool isNamed = name.Length is > 0 and <= 64 && (name[0] == '_' || name[0] >= 0x80 || char.IsAsciiLetter((char)name[0]));
            if (!isNamed || isValue || !seen.Add(Encoding.UTF8.GetString(name)))
            {
                return false;
            }
        }

        return true;
    }
}
