using System.Globalization;
using System.Runtime.InteropServices;
using Quarry.Charts;
using Quarry.Tables;

namespace Quarry.Processes;

/// <summary>Draws a table of trees.</summary>
/// <remarks>
/// A picture holds some hundred processes. Of more, those are drawn whose image was started by its parent's image the fewest times
/// in the table, for a hunter looks for what is rare, each with all its ancestors.
/// </remarks>
internal static class ProcessTreeDrawing
{
    /// <summary>The most processes of a chart.</summary>
    public const int MostNodes = 200;

    private const int LongestText = 500;

    /// <summary>The chart of a result; none if it is no table of trees, or empty.</summary>
    public static IReadOnlyList<Chart> Draw(Table result, ProcessTreeOptions options)
    {
        if (result.RowCount == 0 || TreeRows.Of(result, options) is not { } rows)
        {
            return [];
        }

        int[] shown = Choose(result, rows);
        string title = shown.Length == result.RowCount
            ? "Process trees"
            : string.Create(CultureInfo.InvariantCulture, $"Process trees: {shown.Length:N0} of {result.RowCount:N0} processes, the rarest pairs of parent and child with their ancestors");
        var positions = new Dictionary<int, int>();
        var nodes = new List<ProcessNode>(shown.Length);
        foreach (int row in shown)
        {
            int parent = positions.GetValueOrDefault(rows.Parents[row], -1);
            positions.Add(row, nodes.Count);
            string name = rows.Text(row, ProcessField.ProcessName) ?? rows.Text(row, "new_process_lc") ?? "unknown";
            nodes.Add(new ProcessNode(
                parent,
                parent < 0 ? 0 : nodes[parent].Depth + 1,
                Cut(name[(name.LastIndexOfAny(['\\', '/']) + 1)..])!,
                Cut(rows.Text(row, ProcessField.ProcessId)) ?? "",
                rows.Start(row),
                Cut(rows.Text(row, ProcessField.CommandLine)),
                Cut(rows.Text(row, ProcessField.UserName) ?? rows.Text(row, ProcessField.UserId)),
                Cut(rows.Text(row, ProcessField.Host)),
                rows.IsSynthetic(row)));
        }

        return [new ProcessTreeChart(title, nodes)];
    }

    private static string? Cut(string? text) => text is { Length: > LongestText } ? text[..LongestText] + "…" : text;

    private static int[] Choose(Table result, TreeRows rows)
    {
        if (result.RowCount <= MostNodes)
        {
            return [.. Enumerable.Range(0, result.RowCount)];
        }

        var chosen = new SortedSet<int>();
        var way = new List<int>();
        foreach (int row in ByRarity(result))
        {
            way.Clear();
            for (int at = row; at >= 0 && !chosen.Contains(at) && way.Count <= MostNodes; at = rows.Parents[at])
            {
                way.Add(at);
            }

            if (chosen.Count + way.Count <= MostNodes)
            {
                chosen.UnionWith(way);
            }

            if (chosen.Count == MostNodes)
            {
                break;
            }
        }

        return [.. chosen];
    }

    // A bounded number of candidates: each may cost a walk up.
    private static IEnumerable<int> ByRarity(Table result)
    {
        TextColumn names = result.Text("new_process_lc");
        TextColumn parents = result.Text("parent_proc_lc");
        var texts = new TextInterner();
        var counts = new Dictionary<(int Parent, int Child), int>();
        var pairs = new (int Parent, int Child)[result.RowCount];
        for (int row = 0; row < pairs.Length; row++)
        {
            pairs[row] = (texts.Intern(parents[row]), texts.Intern(names[row]));
            CollectionsMarshal.GetValueRefOrAddDefault(counts, pairs[row], out _)++;
        }

        return Enumerable.Range(0, pairs.Length).OrderBy(row => counts[pairs[row]]).ThenBy(row => row).Take(MostNodes * 10);
    }
}
