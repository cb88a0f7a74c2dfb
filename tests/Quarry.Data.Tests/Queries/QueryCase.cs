namespace Quarry.Data.Tests.Queries;

/// <summary>A query with parameters, and the rows that it gives on the samples.</summary>
internal sealed record QueryCase(string Title, string Name, IReadOnlyDictionary<string, object?> Parameters, IReadOnlyList<string> Columns, IReadOnlyList<string> Rows)
{
    /// <summary>The cases of ShippedQueries.txt.</summary>
    public static IReadOnlyList<QueryCase> All { get; } = [.. Read(File.ReadAllLines(Path.Combine(SampleTables.Folder, "..", "ShippedQueries.txt")))];

    private static IEnumerable<QueryCase> Read(string[] lines)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("> ", StringComparison.Ordinal))
            {
                continue;
            }

            string title = lines[i][2..];
            string[] columns = lines[++i][2..].Split(" | ");
            string[] rows = [.. lines.Skip(i + 1).TakeWhile(line => line.Length > 0)];
            int space = title.IndexOf(' ', StringComparison.Ordinal);
            string name = space < 0 ? title : title[..space];
            string[] given = space < 0 ? [] : title[(space + 1)..].Split(" ; ");
            yield return new QueryCase(title, name, given.Select(one => one.Split('=', 2)).ToDictionary(one => one[0], one => (object?)one[1]), columns, rows);
        }
    }
}
