using System.Text.Json;
using Quarry.Processes;
using Quarry.Tables;
using Quarry.Testing;

namespace Quarry.Tests.Processes;

/// <summary>The reference's recorded trees: equal, or listed here with the reason why the reference is wrong.</summary>
public sealed class GoldenTreeTests
{
    [Theory]
    [InlineData("process_tree", "process_tree_pkl")]
    [InlineData("test_win_proc_test", "win_proc_test")]
    [InlineData("mde_procs_cs1", "mde_procs_cs1_pkl_infer")]
    public void Every_process_has_the_parent_that_the_reference_gives_it(string data, string golden)
    {
        Table tree = CsvTable.Read(Corpus.PathOf($"data/{data}.csv")).BuildProcessTree();

        (string Key, string? Parent)[] expected = [.. Golden(golden).Select(row => (Text(row, "proc_key")!, Text(row, "parent_key"))).Order()];
        (string Key, string? Parent)[] actual = [.. Enumerable.Range(0, tree.RowCount).Select(row => (tree.Text("proc_key").GetString(row)!, tree.Text("parent_key").GetString(row))).Order()];
        var missing = expected.Except(actual).ToList();
        var extra = actual.Except(expected).ToList();
        (missing.Count, extra.Count, string.Join("\n", missing.Take(10)), string.Join("\n", extra.Take(10))).ShouldBe((0, 0, "", ""));
        actual.Length.ShouldBe(expected.Length);
    }

    private static IEnumerable<JsonElement> Golden(string name) =>
        File.ReadLines(Corpus.PathOf($"golden/proctree/{name}.jsonl")).Select(line => JsonDocument.Parse(line).RootElement);

    private static string? Text(JsonElement row, string name) => row.GetProperty(name).ValueKind == JsonValueKind.Null ? null : row.GetProperty(name).ToString();
}
