using System.Globalization;
using System.Text;
using System.Text.Json;
using Quarry.Tables;

namespace Quarry.Signatures;

/// <summary>Signatures as text for a person.</summary>
internal static class SignatureText
{
    private const int LongestValue = 200;

    /// <summary>Writes the table of any view.</summary>
    public static void Write(Table result, SignatureOptions options, TextWriter writer, int width)
    {
        switch (SignatureTables.FormOf(options))
        {
            case SignatureTables.Form.Signatures: WriteList(result, writer, width); break;
            case SignatureTables.Form.Detail: WriteDetail(result, writer, width); break;
            default: WriteRows(result, writer); break;
        }
    }

    private static void WriteList(Table result, TextWriter writer, int width)
    {
        for (int row = 0; row < result.RowCount; row++)
        {
            string[] present = Names(result.Text("present_features")[row]);
            string[] missing = Names(result.Text("missing_features")[row]);
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"signature {result["signature"].GetValue(row)}: {Rows((long)result["count"].GetValue(row)!, (double)result["probability"].GetValue(row)!)}, {present.Length} of {present.Length + missing.Length} columns{((bool)result["too_small"].GetValue(row)! ? ", too small to generalise" : "")}"));
            bool fewMissing = missing.Length <= present.Length;
            WriteNames(fewMissing ? "missing" : "present", fewMissing ? missing : present, writer, width);
        }
    }

    private static void WriteDetail(Table result, TextWriter writer, int width)
    {
        TextColumn kinds = result.Text("kind");
        TextColumn features = result.Text("feature");
        TextColumn values = result.Text("value");
        string last = "";
        var missing = new List<string>();
        for (int row = 0; row < result.RowCount; row++)
        {
            string kind = kinds.GetString(row)!;
            string feature = Safe(features.GetString(row));
            string value = Safe(Cut(values.GetString(row)));
            double share = (double)(result["probability"].GetValue(row) ?? 0.0);
            if (kind != last)
            {
                WriteHeading(kind, writer);
            }

            last = kind;
            switch (kind)
            {
                case "signature": writer.WriteLine($"signature {result["signature"].GetValue(row)}: {Rows((long)result["count"].GetValue(row)!, share)}"); break;
                case "note": writer.WriteLine(value); break;
                case "present": writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {feature}: {Plural((long)result["distinct_values"].GetValue(row)!, "value")}")); break;
                case "missing": missing.Add(features.GetString(row)!); break;
                case "kql": writer.WriteLine("  " + Safe(values.GetString(row))); break;
                default: writer.WriteLine($"  {feature} = {value}{(share < 1 ? $" ({Percent(share)} of the rows with it)" : "")}"); break;
            }

            if (kind == "missing" && (row + 1 == result.RowCount || kinds.GetString(row + 1) != "missing"))
            {
                WriteNames("", missing, writer, width);
            }
        }
    }

    private static void WriteHeading(string kind, TextWriter writer)
    {
        string? heading = kind switch
        {
            "present" => "filled",
            "missing" => "not filled",
            "always" => "the same in all of its rows",
            "unique" => "identifies it",
            "kql" => "KQL",
            _ => null,
        };
        if (heading is not null)
        {
            writer.WriteLine();
            writer.WriteLine(heading);
        }
    }

    // A block of lines a row: what has no better form.
    private static void WriteRows(Table result, TextWriter writer)
    {
        for (int row = 0; row < result.RowCount; row++)
        {
            for (int column = 0; column < result.Columns.Count; column++)
            {
                if (CellReading.ReadText(result[column], row) is { } text)
                {
                    bool isClause = result.Schema[column].Name == "where";
                    writer.WriteLine($"{(column == 0 ? "" : "  ")}{result.Schema[column].Name}: {Safe(isClause ? text : Cut(text))}");
                }
            }
        }
    }

    private static void WriteNames(string heading, IReadOnlyList<string> names, TextWriter writer, int width)
    {
        var line = new StringBuilder("  ").Append(heading).Append(heading.Length > 0 && names.Count > 0 ? ": " : "");
        for (int i = 0; i < names.Count; i++)
        {
            string name = Safe(names[i]) + (i + 1 < names.Count ? ", " : "");
            if (line.Length + name.Length > Math.Max(width, 20) && !string.IsNullOrWhiteSpace(line.ToString()))
            {
                writer.WriteLine(line.ToString().TrimEnd());
                line.Clear().Append("    ");
            }

            line.Append(name);
        }

        if (names.Count > 0)
        {
            writer.WriteLine(line.ToString().TrimEnd());
        }
    }

    private static string Rows(long count, double share) => $"{Plural(count, "row")} ({Percent(share)})";

    private static string Plural(long count, string noun) =>
        Counted.Of(count, noun, noun + "s");

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##} %");

    private static string[] Names(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        return [.. document.RootElement.EnumerateArray().Select(e => e.GetString()!)];
    }

    private static string Cut(string? text) => text is null || text.Length <= LongestValue ? text ?? "" : string.Concat(text.AsSpan(0, LongestValue), "…");

    // Controls, and what turns the direction of text, as escapes: a value must not write on the terminal.
    private static string Safe(string? text)
    {
        var safe = new StringBuilder();
        foreach (char c in text ?? "")
        {
            bool isUnsafe = char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            safe.Append(isUnsafe ? $@"\u{(int)c:x4}" : c.ToString());
        }

        return safe.ToString();
    }
}
