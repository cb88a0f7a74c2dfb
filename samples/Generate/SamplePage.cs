using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Quarry.Samples;

/// <summary>Writes <c>samples/README.md</c> from its template, with what was planted where.</summary>
internal static class SamplePage
{
    /// <summary>The page for the files.</summary>
    /// <param name="files">The files it describes.</param>
    /// <param name="audit">What is to be told of the audit log, by name.</param>
    public static SampleFile Generate(IReadOnlyList<SampleFile> files, IReadOnlyDictionary<string, string> audit)
    {
        var page = new StringBuilder(Template());
        page.Replace("\r\n", "\n");
        foreach (SampleFile file in files)
        {
            page.Replace($"{{{{size:{file.Name}}}}}", Rows(file));
            page.Replace($"{{{{planted:{file.Name}}}}}", Table(file));
        }

        foreach ((string name, string fact) in audit)
        {
            page.Replace($"{{{{audit:{name}}}}}", fact);
        }

        page.Replace("{{layer:outer}}", Encoded.Outer);
        page.Replace("{{layer:loader}}", Encoded.Loader.ReplaceLineEndings("\n").TrimEnd());
        page.Replace("{{layer:downloader}}", Encoded.Downloader);
        page.Replace("{{layer:tasking}}", Encoded.Tasking.ReplaceLineEndings("\n").TrimEnd());
        page.Replace("{{layer:inventory}}", Encoded.Inventory);
        page.Replace("{{md5:outer}}", Md5(Encoding.Unicode.GetBytes(Encoded.Outer)));
        page.Replace("{{md5:loader}}", Md5(Encoding.ASCII.GetBytes(Encoded.Loader)));
        page.Replace("{{md5:downloader}}", Md5(Encoding.ASCII.GetBytes(Encoded.Downloader)));
        page.Replace("{{md5:outertasking}}", Md5(Encoding.Unicode.GetBytes(Encoded.OuterTasking)));
        page.Replace("{{md5:tasking}}", Md5(Encoding.ASCII.GetBytes(Encoded.Tasking)));
        page.Replace("{{md5:payload}}", Md5(Encoding.ASCII.GetBytes(AuditIntrusion.Payload)));
        page.Replace("{{md5:inventory}}", Md5(Encoding.Unicode.GetBytes(Encoded.Inventory)));
        return new SampleFile("README.md", page.Utf8(), []);
    }

    private static string Template()
    {
        using Stream stream = typeof(SamplePage).Assembly.GetManifestResourceStream("README.template.md")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static string Rows(SampleFile file)
    {
        int lines = file.Content.AsSpan().Count((byte)'\n') + (file.Content[^1] == '\n' ? 0 : 1);
        int rows = file.Name.EndsWith(".csv", StringComparison.Ordinal) ? lines - 1 : lines;
        return string.Create(CultureInfo.InvariantCulture, $"{rows:N0}");
    }

    private static string Table(SampleFile file)
    {
        var table = new StringBuilder($"| rows of {file.Name} | time (UTC) | what | evidence |\n|---|---|---|---|\n");
        foreach (IGrouping<string, PlantedRow> entry in file.Planted.GroupBy(row => row.What))
        {
            PlantedRow first = entry.First();
            PlantedRow last = entry.Last();
            string time = Minute(first.Time) + (first == last ? "" : " – " + Minute(last.Time));
            string evidence = string.Join("<br>", entry.Select(row => row.Evidence).Distinct().Select(Code));
            table.Append(CultureInfo.InvariantCulture, $"| {Ranges(entry)} | {time} | {entry.Key} | {evidence} |\n");
        }

        return table.ToString().TrimEnd();
    }

    // 3, 5-8, 12
    private static string Ranges(IEnumerable<PlantedRow> rows)
    {
        var ranges = new List<(int First, int Last)>();
        foreach (PlantedRow row in rows)
        {
            if (ranges.Count > 0 && ranges[^1].Last == row.Index - 1)
            {
                ranges[^1] = (ranges[^1].First, row.Index);
            }
            else
            {
                ranges.Add((row.Index, row.Index));
            }
        }

        return string.Join(", ", ranges.Select(range => range.First == range.Last
            ? range.First.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{range.First}-{range.Last}")));
    }

    private static string Minute(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Code(string text) => "`" + text.Trim().Replace("|", "\\|", StringComparison.Ordinal) + "`";

    private static string Md5(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
}
