using Quarry.Processes;
using Quarry.Tables;

namespace Quarry.Tests.Processes;

/// <summary>Which process is the parent: the reference's edge cases first, then those it gets wrong or does not know.</summary>
public sealed class ParentRuleTests
{
    [Fact]
    public void Hosts_do_not_mix()
    {
        Table log = ProcessLog.Of(("H1", "0", "0x10", "a.exe", "0x4", "r.exe"), ("H2", "1", "0x20", "b.exe", "0x10", "a.exe"));

        ProcessLog.Show(log, null).ShouldBe(["r.exe 0x4 H1 *", "  a.exe 0x10 H1", "a.exe 0x10 H2 *", "  b.exe 0x20 H2"]);
    }

    [Fact]
    public void Letter_case_of_hosts_and_names_does_not_matter()
    {
        Table log = ProcessLog.Of(("h1", "0", "0x10", @"C:\A.exe", "0x4", "r"), ("H1", "1", "0x20", "b", "0X10", @"c:\a.EXE"));

        log.BuildProcessTree().Text("MatchedBy").GetString(2).ShouldBe("IdAndName");
    }

    [Fact]
    public void A_ring_of_one_time_is_cut_above_its_first()
    {
        Table log = ProcessLog.Of(("H1", "0", "0x10", "a.exe", "0x20", "b.exe"), ("H1", "0", "0x20", "b.exe", "0x10", "a.exe"));

        var tree = ProcessTree.Build(log);

        ProcessLog.Show(tree.ToTable()).ShouldBe(["a.exe 0x10 H1", "  b.exe 0x20 H1"]);
        tree.Report.BrokenCycles.ShouldBe(1);
    }

    [Fact]
    public void A_process_that_names_itself_begins_a_tree()
    {
        var tree = ProcessTree.Build(ProcessLog.Of(("H1", "0", "0x10", "a.exe", "0x10", "a.exe")));

        ProcessLog.Show(tree.ToTable()).ShouldBe(["a.exe 0x10 H1"]);
        tree.Report.SelfParents.ShouldBe(1);
    }

    [Fact]
    public void A_process_id_that_is_used_again_has_each_its_own_children()
    {
        Table log = ProcessLog.Of(
            ("H1", "0", "0x10", "a.exe", "0x4", "r.exe"), ("H1", "1", "0x30", "c.exe", "0x10", "a.exe"),
            ("H1", "3600", "0x10", "a.exe", "0x4", "r.exe"), ("H1", "3601", "0x40", "d.exe", "0x10", "a.exe"));

        ProcessLog.Show(log, null).ShouldBe(["r.exe 0x4 H1 *", "  a.exe 0x10 H1", "    c.exe 0x30 H1", "  a.exe 0x10 H1", "    d.exe 0x40 H1"]);
    }

    [Fact]
    public void A_process_whose_id_another_one_took_since_is_no_parent()
    {
        Table log = ProcessLog.Of(
            ("H1", "0", "0x10", "a.exe", "0x4", "r.exe"), ("H1", "5", "0x10", "b.exe", "0x4", "r.exe"), ("H1", "9", "0x30", "c.exe", "0x10", "a.exe"));

        ProcessLog.Show(log, null).ShouldBe(["r.exe 0x4 H1 *", "  a.exe 0x10 H1", "  b.exe 0x10 H1", "a.exe 0x10 H1 *", "  c.exe 0x30 H1"]);
    }

    [Fact]
    public void A_process_of_the_child_s_own_time_did_not_take_the_id_before_it()
    {
        Table log = ProcessLog.Of(
            ("H1", "0", "0x10", "a.exe", null, null), ("H1", "9", "0x10", "b.exe", null, null), ("H1", "9", "0x30", "c.exe", "0x10", "a.exe"));

        ProcessLog.Show(log, null).ShouldBe(["a.exe 0x10 H1", "  c.exe 0x30 H1", "b.exe 0x10 H1"]);
    }

    [Fact]
    public void A_parent_that_is_logged_later_only_is_added()
    {
        Table log = ProcessLog.Of(("H1", "0", "0x30", "c.exe", "0x10", "a.exe"), ("H1", "5", "0x10", "a.exe", "0x4", "r.exe"));

        ProcessLog.Show(log, null).ShouldBe(["a.exe 0x10 H1 *", "  c.exe 0x30 H1", "r.exe 0x4 H1 *", "  a.exe 0x10 H1"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("-")]
    public void A_parent_without_a_name_is_found_by_its_id(string? name)
    {
        Table log = ProcessLog.Of(("H1", "0", "0x10", "a.exe", null, null), ("H1", "5", "0x30", "c.exe", "0x10", name));

        Table tree = log.BuildProcessTree();

        ProcessLog.Show(tree).ShouldBe(["a.exe 0x10 H1", "  c.exe 0x30 H1"]);
        tree.Text("MatchedBy").GetString(1).ShouldBe("Id");
    }

    [Theory]
    [InlineData(null, "5")]
    [InlineData("0x10", null)]
    [InlineData("", "not a time")]
    public void No_row_is_lost_for_a_missing_id_or_time(string? id, string? time)
    {
        var tree = ProcessTree.Build(ProcessLog.Of(("H1", "0", "0x1", "a.exe", null, null), ("H1", time, id, "b.exe", "0x1", "a.exe")));

        tree.ToTable().Text("NewProcessName").Offsets.Length.ShouldBe(3);
        tree.ParentOf(tree.Find("b.exe").ShouldHaveSingleItem()).ShouldNotBeNull();
        (tree.Report.MissingIds + tree.Report.MissingTimes + tree.Report.UnreadableTimes).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Without_a_time_one_of_several_parents_is_not_guessed()
    {
        Table log = ProcessLog.Of(
            ("H1", "0", "0x10", "a.exe", null, null), ("H1", "5", "0x10", "a.exe", null, null), ("H1", null, "0x30", "c.exe", "0x10", "a.exe"));

        var tree = ProcessTree.Build(log);

        tree.Report.AmbiguousParents.ShouldBe(1);
        tree.Roots.Count().ShouldBe(3);
    }

    [Fact]
    public void An_empty_log_has_no_trees()
    {
        var tree = ProcessTree.Build(ProcessLog.Of());

        tree.Summary.ShouldBe(new ProcessTreeSummary(0, 0, 0, 0, 0, 0));
        tree.ToTable().RowCount.ShouldBe(0);
    }

    [Fact]
    public void Equal_rows_are_one_process_and_counted()
    {
        Table log = ProcessLog.Of(
            ("H1", "0", "0x10", "a.exe", "0x4", "r.exe"), ("H1", "0", "0x10", "a.exe", "0x4", "r.exe"), ("H1", "0", "0x10", "A.exe", "0x4", "r.exe"));

        var tree = ProcessTree.Build(log);

        tree.Report.Duplicates.ShouldBe(1);
        tree.ToTable()["Occurrences"].GetValue(1).ShouldBe(2L);
        tree.Count.ShouldBe(3);
    }

    [Fact]
    public void Ids_are_compared_by_value()
    {
        Table log = ProcessLog.Of(
            ("H1", "0", "500", "a.exe", null, null), ("H1", "1", "501.0", "b.exe", "0x1F4", "a.exe"), ("H1", "2", "0x3", "c.exe", " 501 ", "b.exe"));

        ProcessLog.Show(log, null).ShouldBe(["a.exe 500 H1", "  b.exe 501.0 H1", "    c.exe 0x3 H1"]);
        ProcessTree.Build(log).KeyOf(1).ShouldBe("b.exe|501|2026-01-01 00:00:01.000000");
    }

    [Fact]
    public void One_missing_parent_is_added_once_for_all_its_children()
    {
        Table log = ProcessLog.Of(("H1", "0", "0x20", "a.exe", "0x10", "p.exe"), ("H1", "1", "0x21", "b.exe", "0x10", "p.exe"));

        var tree = ProcessTree.Build(log);

        ProcessLog.Show(tree.ToTable()).ShouldBe(["p.exe 0x10 H1 *", "  a.exe 0x20 H1", "  b.exe 0x21 H1"]);
        tree.Report.Synthetic.ShouldBe(1);
    }

    [Fact]
    public void An_identifier_decides_where_there_is_one()
    {
        Table log = Sysmon(
            ("{A-1}", "10", "a.exe", "{A-0}", "4", 0), ("{A-2}", "10", "a.exe", "{A-0}", "4", 5), ("{A-3}", "30", "c.exe", "{a-1}", "10", 9),
            ("{A-4}", "31", "d.exe", "{A-9}", "10", 9), ("{A-5}", "32", "e.exe", "{00000000-0000-0000-0000-000000000000}", "10", 9));

        Table tree = log.BuildProcessTree();

        Shown(tree).ShouldBe(["a.exe *", "  a.exe", "    c.exe Guid", "  a.exe", "    e.exe IdAndName", "a.exe *", "  d.exe NotLogged"], ignoreOrder: false);
    }

    [Fact]
    public void A_ring_of_identifiers_is_cut_above_the_earliest()
    {
        Table log = Sysmon(("{1}", "1", "a", "{3}", "3", 7), ("{2}", "2", "b", "{1}", "1", 8), ("{3}", "3", "c", "{2}", "2", 9));

        var tree = ProcessTree.Build(log);

        tree.Depths.ToArray().ShouldBe([0, 1, 2]);
        tree.LinkOf(0).ShouldBe(ParentLink.Cycle);
    }

    [Fact]
    public void A_process_that_ended_is_no_parent()
    {
        var builder = new TableBuilder(("Image", ColumnType.String), ("PID", ColumnType.Long), ("PPID", ColumnType.Long), ("Start", ColumnType.DateTime), ("Exit", ColumnType.DateTime));
        var time = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        builder.AddRow("a", 1L, null, time, time.AddSeconds(5));
        builder.AddRow("b", 2L, 1L, time.AddSeconds(4), null);
        builder.AddRow("c", 3L, 1L, time.AddSeconds(6), null);

        var tree = ProcessTree.Build(builder.Build(), new ProcessTreeOptions { ProcessName = "Image", ProcessId = "PID", ParentId = "PPID", Time = "Start", EndTime = "Exit" });

        tree.Find("b").Select(tree.ParentOf).ShouldBe([0]);
        tree.IsSynthetic(tree.ParentOf(tree.Find("c")[0])!.Value).ShouldBeTrue();
    }

    [Fact]
    public void Events_of_the_end_of_processes_tell_when_their_id_was_free()
    {
        var builder = new TableBuilder(
            ("EventID", ColumnType.String), ("TimeGenerated", ColumnType.String), ("NewProcessId", ColumnType.String), ("NewProcessName", ColumnType.String),
            ("ProcessId", ColumnType.String), ("ProcessName", ColumnType.String), ("ParentProcessName", ColumnType.String));
        builder.AddRow("4688", "2026-01-01T00:00:00Z", "0x10", "a.exe", null, null, null);
        builder.AddRow("4688.0", "2026-01-01T00:00:01Z", "0x20", "b.exe", "0x10", null, "a.exe");
        builder.AddRow("4689", "2026-01-01T00:00:02Z", null, null, "0x10", "a.exe", null);
        builder.AddRow("4688", "2026-01-01T00:00:03Z", "0x30", "c.exe", "0x10", null, "a.exe");
        builder.AddRow("4624", "2026-01-01T00:00:03Z", null, null, "0x10", null, null);

        var tree = ProcessTree.Build(builder.Build());

        tree.Report.OtherEvents.ShouldBe(2);
        tree.IsSynthetic(tree.ParentOf(tree.Find("b.exe")[0])!.Value).ShouldBeFalse();
        tree.IsSynthetic(tree.ParentOf(tree.Find("c.exe")[0])!.Value).ShouldBeTrue();
    }

    private static string[] Shown(Table tree) =>
    [
        .. Enumerable.Range(0, tree.RowCount).Select(row => new string(' ', 2 * (int)tree["Depth"].GetValue(row)!) + tree.Text("new_process_lc").GetString(row)
            + ((bool)tree["IsSynthetic"].GetValue(row)! ? " *" : tree.Text("new_process_lc").GetString(row) == "a.exe" ? "" : " " + tree.Text("MatchedBy").GetString(row))),
    ];

    private static Table Sysmon(params (string Guid, string Id, string Name, string ParentGuid, string ParentId, int Second)[] events)
    {
        var builder = new TableBuilder(
            ("UtcTime", ColumnType.DateTime), ("ProcessGuid", ColumnType.String), ("ProcessId", ColumnType.String), ("Image", ColumnType.String),
            ("ParentProcessGuid", ColumnType.String), ("ParentProcessId", ColumnType.String), ("ParentImage", ColumnType.String));
        foreach ((string guid, string id, string name, string parentGuid, string parentId, int second) in events)
        {
            builder.AddRow(new DateTime(2026, 1, 1, 0, 0, second, DateTimeKind.Utc), guid, id, name, parentGuid, parentId, "a.exe");
        }

        return builder.Build();
    }
}
