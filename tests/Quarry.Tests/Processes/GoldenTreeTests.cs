using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Quarry.Processes;
using Quarry.Tables;
using Quarry.Testing;

namespace Quarry.Tests.Processes;

/// <summary>The reference's recorded trees: equal, or listed here with the reason why the reference is wrong.</summary>
public sealed partial class GoldenTreeTests
{
    /// <summary>The columns, by file, in which a row differs from the reference's on purpose.</summary>
    private static readonly Dictionary<string, string> Different = new(StringComparer.Ordinal)
    {
        ["win_proc_test timestamp_orig_par"] = "the time of a parent that is not in the log is not known; the reference says 1970",
        ["process_tree_pkl timestamp_orig_par"] = "likewise",
        ["win_proc_test source_index"] = "events of one time stand in the order of the log; in the reference in that of an unstable sort",
        ["win_proc_test path"] = "likewise",
        ["win_proc_test parent_index"] = "likewise",
        ["mde_procs_cs1_pkl_infer source_index"] = "rows are numbered in order of time, as for the other schemas",
        ["mde_procs_cs1_pkl_infer path"] = "likewise",
        ["mde_procs_cs1_pkl_infer parent_index"] = "likewise",
    };

    private static readonly ConcurrentDictionary<string, Table> Tables = new();

    /// <summary>The data sets whose counts differ on purpose.</summary>
    private static readonly Dictionary<string, string> DifferentCounts = new(StringComparer.Ordinal);

    [Theory]
    [InlineData("process_tree", "process_tree_pkl")]
    [InlineData("test_win_proc_test", "win_proc_test")]
    [InlineData("mde_procs_cs1", "mde_procs_cs1_pkl_infer")]
    public void Every_process_has_the_parent_that_the_reference_gives_it(string data, string golden)
    {
        Table tree = Data(data).BuildProcessTree();

        (string?, string?)[] expected = [.. Golden(golden).Select(row => (Text(row, "proc_key"), Text(row, "parent_key"))).Order()];
        (string?, string?)[] actual = [.. Enumerable.Range(0, tree.RowCount).Select(row => (Cell(tree, "proc_key", row), Cell(tree, "parent_key", row))).Order()];
        actual.SequenceEqual(expected).ShouldBeTrue(string.Join("\n", actual.Except(expected).Take(5)) + "\nreference:\n" + string.Join("\n", expected.Except(actual).Take(5)));
    }

    [Theory]
    [InlineData("process_tree", "process_tree_pkl")]
    [InlineData("test_win_proc_test", "win_proc_test")]
    [InlineData("mde_procs_cs1", "mde_procs_cs1_pkl_infer")]
    public void Every_column_is_as_the_reference_has_it_except_where_that_is_wrong(string data, string golden)
    {
        string[] columns = ["source_index", "path", "parent_index", "IsRoot", "IsLeaf", "IsBranch", "new_process_lc", "parent_proc_lc", "EffectiveLogonId", "timestamp_orig_par"];
        Table tree = Data(data).BuildProcessTree();
        var rows = Enumerable.Range(0, tree.RowCount).ToDictionary(row => Cell(tree, "proc_key", row)!);
        JsonElement[] expected = [.. Golden(golden)];
        var wrong = new List<string>();

        foreach (string column in columns.Where(column => expected[0].TryGetProperty(column, out _)))
        {
            string? difference = expected
                .Select(row => (Reference: Text(row, column), Here: Cell(tree, column, rows[Text(row, "proc_key")!]), Key: Text(row, "proc_key")))
                .Where(pair => pair.Reference != pair.Here)
                .Select(pair => $"{pair.Key}: reference {pair.Reference ?? "null"}, here {pair.Here ?? "null"}")
                .FirstOrDefault();
            if (difference is null == Different.ContainsKey($"{golden} {column}"))
            {
                wrong.Add($"{golden} {column}: {difference ?? "is listed as different and is equal"}");
            }
        }

        wrong.ShouldBeEmpty(string.Join("\n", wrong));
    }

    [Theory]
    [InlineData("process_tree", "process_tree_pkl")]
    [InlineData("test_win_proc_test", "win_proc_test")]
    [InlineData("mde_procs_cs1", "mde_procs_cs1_pkl_infer")]
    [InlineData("mde_procs_cs1", "mde_proc_cs1_csv")]
    [InlineData("processes_on_host", "processes_on_host")]
    public void Counts_and_depths_are_the_reference_s(string data, string golden)
    {
        JsonElement recorded = Summary(golden);
        var tree = ProcessTree.Build(Data(data));

        string expected = Counts(recorded.GetProperty("summary").Deserialize<ProcessTreeSummary>()!, recorded.GetProperty("depth_histogram").Deserialize<Dictionary<int, int>>()!);
        string actual = Counts(tree.Summary, tree.Depths.ToArray().GroupBy(depth => depth + 1).ToDictionary(group => group.Key, group => group.Count()));
        (actual == expected).ShouldBe(!DifferentCounts.ContainsKey(golden), $"reference {expected}\nhere {actual}");
    }

    [Theory]
    [InlineData("process_tree", "process_tree_pkl")]
    [InlineData("test_win_proc_test", "win_proc_test")]
    [InlineData("mde_procs_cs1", "mde_procs_cs1_pkl_infer")]
    public void Queries_answer_as_the_reference_s(string data, string golden)
    {
        JsonElement util = Summary(golden).GetProperty("util");
        var tree = ProcessTree.Build(Data(data));
        int root = tree.Find(Text(util, "root")!).ShouldHaveSingleItem();
        int bottom = tree.Find(Text(util, "bottom")!).ShouldHaveSingleItem();

        string[] expected = [.. Queries.Select(name => $"{name} {util.GetProperty(name)}")];
        string[] actual =
        [
            $"descendents {tree.Descendants(root, includeSelf: true).Count()}",
            $"descendents_noself {tree.Descendants(root).Count()}",
            $"descendents_max1 {tree.Descendants(root, includeSelf: true, maxLevels: 1).Count()}",
            $"children {tree.Children(root, includeSelf: true).Count()}",
            $"children_noself {tree.Children(root).Count()}",
            $"parent {(tree.ParentOf(bottom) is { } parent ? tree.KeyOf(parent) : "")}",
            $"root_of_bottom {tree.KeyOf(tree.RootOf(bottom))}",
            $"root_tree {tree.RootTree(bottom).Count()}",
            $"siblings {tree.Siblings(bottom, includeSelf: true).Count()}",
            $"siblings_noself {tree.Siblings(bottom).Count()}",
            $"tree_depth {tree.Summary.LargestTreeDepth}",
        ];
        actual.ShouldBe(expected);
        tree.Ancestors(bottom, includeSelf: true).Select(tree.KeyOf).ShouldBe(util.GetProperty("ancestors").EnumerateArray().Select(key => key.GetString()!));
        tree.Ancestors(bottom).Select(tree.KeyOf).ShouldBe(util.GetProperty("ancestors_noself").EnumerateArray().Select(key => key.GetString()!));
    }

    [Theory]
    [InlineData("process_tree", "process_tree_pkl")]
    [InlineData("test_win_proc_test", "win_proc_test")]
    public void Text_has_the_reference_s_processes_in_its_order_and_indentation(string data, string golden)
    {
        Table tree = Data(data).BuildProcessTree();
        var text = new StringWriter();

        ProcessTreeText.Write(tree, new ProcessTreeOptions(), text);

        string[] expected = [.. Outline(File.ReadAllText(Corpus.PathOf($"golden/proctree/{golden}.tree.txt")))];
        string[] actual = [.. Outline(text.ToString().Replace("(not in the log)", "", StringComparison.Ordinal))];
        actual.SequenceEqual(expected).ShouldBeTrue(string.Join("\n", actual.Except(expected).Take(5)) + "\nreference:\n" + string.Join("\n", expected.Except(actual).Take(5)));
        text.ToString().Split('\n').Max(line => line.Length).ShouldBeLessThanOrEqualTo(80);
    }

    private static readonly string[] Queries =
    [
        "descendents", "descendents_noself", "descendents_max1", "children", "children_noself", "parent", "root_of_bottom", "root_tree", "siblings",
        "siblings_noself", "tree_depth",
    ];

    // The lines that begin a process, with those that go on from it, as they would be on one line.
    private static IEnumerable<string> Outline(string text) => Header().Matches(text).Select(match => Blanks().Replace(match.Value, "") + "@" + match.Value.IndexOf('+', StringComparison.Ordinal));

    [GeneratedRegex(@"^ *\+(--)?  Process:[^\n]*(\n +(?! |Time:|Host:|Cmdline:|Account:|LogonId:|\+)[^\n]*)*", RegexOptions.Multiline)]
    private static partial Regex Header();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    private static string Counts(ProcessTreeSummary summary, Dictionary<int, int> depths) =>
        $"{summary} {string.Join(" ", depths.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}:{pair.Value}"))}";

    private static Table Data(string name) => Tables.GetOrAdd(name, static name => CsvTable.Read(Corpus.PathOf($"data/{name}.csv")));

    private static JsonElement Summary(string name)
    {
        using FileStream stream = File.OpenRead(Corpus.PathOf("golden/proctree/summary.json"));
        return JsonDocument.Parse(stream).RootElement.GetProperty(name).Clone();
    }

    private static IEnumerable<JsonElement> Golden(string name) =>
        File.ReadLines(Corpus.PathOf($"golden/proctree/{name}.jsonl")).Select(line => JsonDocument.Parse(line).RootElement);

    private static string? Text(JsonElement row, string name) => row.GetProperty(name) is { ValueKind: not JsonValueKind.Null } value ? value.ToString() : null;

    private static string? Cell(Table table, string name, int row) => table[name].GetValue(row) switch
    {
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture),
        object value => value.ToString(),
        null => null,
    };
}
