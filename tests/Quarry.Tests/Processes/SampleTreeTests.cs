using Quarry.Processes;

namespace Quarry.Tests.Processes;

/// <summary>The planted intrusion of samples/README.md, by its row numbers.</summary>
public sealed class SampleTreeTests
{
    private static readonly Lazy<ProcessTree> Tree = new(() => ProcessTree.Build(CsvTable.Read(Path.Combine(AppContext.BaseDirectory, "samples", "windows-process-events.csv"))));

    [Fact]
    public void The_document_s_tree_holds_what_came_of_it()
    {
        int word = ProcessOf(1299);

        ParentRow(1300).ShouldBe(1299);
        ParentRow(1303).ShouldBe(1300);
        ParentRow(1305).ShouldBe(1300);
        int?[] below = [.. Tree.Value.Descendants(word).Select(Tree.Value.SourceRow)];
        foreach (int row in (int[])[1300, 1303, 1305, 1312, 1352, 1385, 1392, 1411, 1413, 1475])
        {
            below.ShouldContain(row);
        }
    }

    [Fact]
    public void On_the_server_the_provider_starts_it_and_not_the_other_machine()
    {
        ParentRow(1477).ShouldBe(ParentRow(1481));
        ParentRow(1484).ShouldBe(1481);
        Tree.Value.RootOf(ProcessOf(1477)).ShouldNotBe(Tree.Value.RootOf(ProcessOf(1475)));
        int?[] below = [.. Tree.Value.Descendants(ProcessOf(2204)).Select(Tree.Value.SourceRow)];
        below.ShouldContain(2208);
        below.ShouldContain(2211);
    }

    [Fact]
    public void Every_row_is_a_process()
    {
        Tree.Value.Report.Rows.ShouldBe(3165);
        (Tree.Value.Count - Tree.Value.Report.Synthetic + Tree.Value.Report.Duplicates).ShouldBe(3165);
        Tree.Value.Report.Hosts.ShouldBe(3);
        Tree.Value.Report.BrokenCycles.ShouldBe(0);
    }

    private static int ProcessOf(int row) => Enumerable.Range(0, Tree.Value.Count).Single(process => Tree.Value.SourceRow(process) == row);

    private static int? ParentRow(int row) => Tree.Value.ParentOf(ProcessOf(row)) is { } parent ? Tree.Value.SourceRow(parent) : null;
}
