namespace Quarry.Samples.Tests;

/// <summary>The files below <c>samples/</c> as they are in the repository, copied beside the test.</summary>
internal static class CommittedSamples
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "samples");

    public static IEnumerable<string> Names() => Directory.GetFiles(Folder).Select(path => Path.GetFileName(path)!);

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    public static string[] Lines(string name) => File.ReadAllLines(Path.Combine(Folder, name));

    /// <summary>The rows as <c>src_index</c> counts them: without the header of a csv.</summary>
    public static string[] Rows(string name) =>
        name.EndsWith(".csv", StringComparison.Ordinal) ? Lines(name)[1..] : Lines(name);

    /// <summary>The rows of a csv, cell by column name. No cell of the samples holds a line break.</summary>
    public static IReadOnlyList<Dictionary<string, string>> Table(string name)
    {
        string[] lines = Lines(name);
        string[] header = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => header.Zip(Cells(line)).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    private static List<string> Cells(string line)
    {
        var cells = new List<string>();
        for (int at = 0; at <= line.Length;)
        {
            if (at < line.Length && line[at] == '"')
            {
                int close = at + 1;
                while (line[close] != '"' || (close + 1 < line.Length && line[close + 1] == '"'))
                {
                    close += line[close] == '"' ? 2 : 1;
                }

                cells.Add(line[(at + 1)..close].Replace("\"\"", "\"", StringComparison.Ordinal));
                at = close + 2;
                continue;
            }

            int comma = line.IndexOf(',', at);
            int end = comma < 0 ? line.Length : comma;
            cells.Add(line[at..end]);
            at = end + 1;
        }

        return cells;
    }
}
