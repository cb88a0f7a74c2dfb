using Quarry.Catalogue;
using Quarry.Charts;
using Quarry.Processes;
using Quarry.Tables;

namespace Quarry.Tests.Processes;

public sealed class ProcessTreeTablesTests
{
    // r (not logged) > a > b > c, and d beside b; e alone on another host, with the id of b.
    private static readonly Table Log = ProcessLog.Of(
        ("H1", "0", "0x10", @"C:\a.exe", "0x4", "r"), ("H1", "1", "0x20", "b", "0x10", @"C:\a.exe"), ("H1", "2", "0x30", "c", "0x20", "b"),
        ("H1", "3", "0x40", "d", "0x10", @"C:\a.exe"), ("H2", "4", "0x20", "e", null, null));

    [Fact]
    public void The_table_has_the_columns_that_the_catalogue_names()
    {
        Log.BuildProcessTree().Schema.Skip(Log.Schema.Count).Select(c => (c.Name, c.Type))
            .ShouldBe(ProcessTreeAnalysis.Entry.Output.Select(c => (c.Name, c.Type)));
    }

    [Fact]
    public void Views_show_their_part_of_the_trees()
    {
        ProcessLog.Show(Log, null).ShouldBe(["e 0x20 H2", "r 0x4 H1 *", @"  c:\a.exe 0x10 H1", "    b 0x20 H1", "      c 0x30 H1", "    d 0x40 H1"]);
        ProcessLog.Show(Log, new() { Root = "32" }).ShouldBe(["e 0x20 H2", "    b 0x20 H1", "      c 0x30 H1"]);
        ProcessLog.Show(Log, new() { Root = "A.EXE", Depth = 1 }).ShouldBe([@"  c:\a.exe 0x10 H1", "    b 0x20 H1", "    d 0x40 H1"]);
        ProcessLog.Show(Log, new() { Root = @"c:\a.exe|0x10|2026-01-01 00:00:00.000000", Depth = 0 }).ShouldBe([@"  c:\a.exe 0x10 H1"]);
        ProcessLog.Show(Log, new() { Depth = 1 }).ShouldBe(["e 0x20 H2", "r 0x4 H1 *", @"  c:\a.exe 0x10 H1"]);
        ProcessLog.Show(Log, new() { View = ProcessView.Roots }).ShouldBe(["e 0x20 H2", "r 0x4 H1 *"]);
        ProcessLog.Show(Log, new() { View = ProcessView.Roots, Root = "c" }).ShouldBe(["r 0x4 H1 *"]);
        ProcessLog.Show(Log, new() { View = ProcessView.Ancestors, Root = "c" }).ShouldBe(["r 0x4 H1 *", @"  c:\a.exe 0x10 H1", "    b 0x20 H1", "      c 0x30 H1"]);
        ProcessLog.Show(Log, new() { View = ProcessView.Siblings, Root = "d" }).ShouldBe(["    b 0x20 H1", "    d 0x40 H1"]);
    }

    [Fact]
    public void The_summary_counts_the_whole_or_what_is_chosen()
    {
        Counts(new() { View = ProcessView.Summary }).ShouldBe([6, 2, 3, 2, 1, 4, 1, 2, 0, 0]);
        Counts(new() { View = ProcessView.Summary, Root = "a.exe" }).ShouldBe([4, 1, 2, 1, 0, 3, 0, 2, 0, 0]);
    }

    [Fact]
    public void Refuses_a_process_that_is_not_there_and_a_view_without_one()
    {
        Should.Throw<QuarryException>(() => Log.BuildProcessTree(new() { Root = "0x99" })).Message.ShouldContain("None of the 6 processes");
        Should.Throw<QuarryException>(() => Log.BuildProcessTree(new() { View = ProcessView.Ancestors })).Message.ShouldContain("--root");
    }

    [Fact]
    public void What_is_to_be_known_is_remarked()
    {
        var remarks = new List<string>();
        var options = new ProcessTreeOptions { Root = "0x20" };
        using TableStream result = ProcessTreeAnalysis.Entry.Run(TableStream.Of(Log, 2), options, new AnalysisContext { Remark = remarks.Add });
        remarks.ShouldBeEmpty();

        result.Gather().RowCount.ShouldBe(3);

        remarks.ShouldBe(
        [
            "Read as WIN: name NewProcessName, id NewProcessId, parent ProcessId, time TimeGenerated, host Computer.",
            "1 parent is not in the log; it was added and is marked IsSynthetic.",
            "1 process names no parent and begins a tree.",
            "2 processes are '0x20', on different hosts or one after another; all are shown.",
        ]);
    }

    [Fact]
    public void A_column_of_the_input_that_is_called_as_one_of_the_result_is_renamed_and_the_tree_can_be_made_again()
    {
        Table once = Log.BuildProcessTree();
        Table twice = once.BuildProcessTree();

        twice.Schema.IndexOf("path_input").ShouldBeGreaterThan(0);
        twice.Schema.Count.ShouldBe(once.Schema.Count + ProcessTreeAnalysis.Entry.Output.Count);
        twice.Text("NewProcessName").GetString(0).ShouldBe("r");
        ProcessTreeText.Write(twice, new(), new StringWriter());
    }

    [Fact]
    public void The_row_of_a_missing_parent_holds_what_is_known_and_nothing_else()
    {
        Table tree = Log.BuildProcessTree();

        string[] columns = ["Computer", "TimeGenerated", "NewProcessId", "NewProcessName", "ProcessId", "src_index", "parent_key", "MatchedBy", "Occurrences", "proc_key"];
        columns.Select(name => tree[name].GetValue(1)).ShouldBe(["H1", null, "0x4", "r", null, null, null, "None", 0L, "r|0x4|1970-01-01 00:00:00.000000"]);
        tree["source_index_par"].GetValue(3).ShouldBe(0L);
    }

    [Fact]
    public void Text_is_set_in_by_level_and_names_what_is_not_in_the_log()
    {
        var text = new StringWriter();

        ProcessTreeAnalysis.Entry.WriteText(Log.BuildProcessTree(new() { Root = "b" }), new ProcessTreeOptions(), text, 80);
        ProcessTreeAnalysis.Entry.WriteText(Log.BuildProcessTree(new() { Depth = 0 }), new ProcessTreeOptions(), text, 80);

        text.ToString().ShouldBe("""
            +  Process: b  PID: 0x20
               Host: H1
               Time: 2026-01-01T00:00:01Z
               +--  Process: c  PID: 0x30
                    Time: 2026-01-01T00:00:02Z
            +  Process: e  PID: 0x20
               Host: H2
               Time: 2026-01-01T00:00:04Z
            +  Process: r  PID: 0x4  (not in the log)
               Host: H1

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_chart_of_many_processes_shows_the_rarest_pairs_with_their_ancestors()
    {
        Table tree = ProcessLog.Of(
            [("H", "0", "1", "root", null, null), .. Enumerable.Range(2, 500).Select(i => ("H", $"{i}", $"{i}", "svc", "1", "root")), ("H", "600", "900", "odd", "7", "svc")])
            .BuildProcessTree();

        var chart = ProcessTreeAnalysis.Entry.Draw(tree, new ProcessTreeOptions()).ShouldHaveSingleItem().ShouldBeOfType<ProcessTreeChart>();

        chart.Nodes.Count.ShouldBe(200);
        chart.Title.ShouldContain("200 of 502");
        ProcessNode odd = chart.Nodes.Single(node => node.Name == "odd");
        odd.Depth.ShouldBe(2);
        chart.Nodes[odd.Parent].Id.ShouldBe("7");
        chart.Nodes.Select((node, i) => node.Parent < i).ShouldAllBe(isBefore => isBefore);
    }

    [Fact]
    public void A_summary_and_an_empty_table_have_no_chart_and_text_all_the_same()
    {
        Table summary = Log.BuildProcessTree(new() { View = ProcessView.Summary });
        Table empty = ProcessLog.Of().BuildProcessTree();
        var text = new StringWriter();

        ProcessTreeAnalysis.Entry.Draw(summary, new ProcessTreeOptions { View = ProcessView.Summary }).ShouldBeEmpty();
        ProcessTreeAnalysis.Entry.Draw(empty, new ProcessTreeOptions()).ShouldBeEmpty();
        ProcessTreeText.Write(summary, new ProcessTreeOptions(), text);
        ProcessTreeText.Write(empty, new ProcessTreeOptions(), text);
        text.ToString().ShouldStartWith("Processes           6\n");
        text.ToString().ShouldEndWith("No processes.\n");
    }

    [Fact]
    public void Typed_columns_and_text_give_the_same_tree()
    {
        var time = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var builder = new TableBuilder(
            ("EventType", ColumnType.String), ("TimeGenerated", ColumnType.DateTime), ("exe", ColumnType.String), ("pid", ColumnType.Long), ("ppid", ColumnType.Real), ("ses", ColumnType.Int));
        builder.AddRow("SYSCALL_EXECVE", time, "/bin/sh", 10L, 1.0, -1);
        builder.AddRow("SYSCALL_EXECVE", time.AddSeconds(1), "/bin/ls", 11L, 10.0, -1);
        builder.AddRow("LOGIN", time.AddSeconds(1), null, 12L, null, -1);

        Table tree = builder.Build().BuildProcessTree();

        Enumerable.Range(0, 3).Select(row => tree.Text("proc_key").GetString(row)).ShouldBe(
            ["unknown|1|1970-01-01 00:00:00.000000", "/bin/sh|10|2026-01-01 00:00:00.000000", "/bin/ls|11|2026-01-01 00:00:01.000000"]);
        tree["pid"].GetValue(0).ShouldBe(1L);
        tree["EffectiveLogonId"].GetValue(1).ShouldBe("-1");
    }

    [Fact]
    public void Stops_when_told()
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        using TableStream result = ProcessTreeAnalysis.Entry.Run(TableStream.Of(Log), new ProcessTreeOptions(), new AnalysisContext { Cancellation = cancel.Token });

        Should.Throw<OperationCanceledException>(() => result.Gather());
    }

    private static long[] Counts(ProcessTreeOptions options)
    {
        Table summary = Log.BuildProcessTree(options);
        return [.. summary.Columns.Select(column => (long)column.GetValue(0)!)];
    }
}
