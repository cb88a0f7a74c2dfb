using System.Diagnostics;
using Quarry.Processes;
using Quarry.Tables;

namespace Quarry.Tests.Processes;

/// <summary>Logs written by whoever wants the tree to fail: deep, ringed, long, forged.</summary>
public sealed class HostileTreeTests
{
    [Theory]
    [InlineData(10_000)]
    [InlineData(200_000)]
    public void A_deep_chain_is_one_tree_in_bounded_memory(int depth)
    {
        Table log = Numbered(Enumerable.Range(1, depth).Select(i => ((long)i, (long)i - 1, i)));

        var tree = ProcessTree.Build(log);
        Table table = tree.ToTable();

        tree.Summary.ShouldBe(new ProcessTreeSummary(depth + 1, 1, 1, depth - 1, 0, depth + 1));
        table.Text("path").Buffer.Length.ShouldBeLessThan((64 << 20) + (136 * depth));
        string path = table.Text("path").GetString(depth)!;
        path.ShouldStartWith(table.Text("root_index").GetString(depth)! + "/…/");
        path.ShouldEndWith(table.Text("parent_index").GetString(depth)! + "/" + table.Text("source_index").GetString(depth)!);
        tree.Ancestors(depth).Count.ShouldBe(depth);
    }

    [Fact]
    public void Text_of_a_deep_chain_is_linear()
    {
        Table table = Numbered(Enumerable.Range(1, 10_000).Select(i => ((long)i, (long)i - 1, i))).BuildProcessTree();
        var text = new StringWriter();

        ProcessTreeText.Write(table, new ProcessTreeOptions { Schema = null, ProcessName = "n", ProcessId = "i", ParentId = "p", Time = "t" }, text);

        text.ToString().Length.ShouldBeLessThan(10_000 * 200);
        text.ToString().ShouldContain("[level 10,000] Process: a");
    }

    [Fact]
    public void A_hundred_thousand_rows_of_one_time_id_and_name_take_no_quadratic_time()
    {
        Table log = Numbered(Enumerable.Range(1, 100_000).Select(i => (7L, 8L, 0)).Concat(Enumerable.Range(1, 100_000).Select(i => (8L, 7L, 0))));
        long start = Stopwatch.GetTimestamp();

        var tree = ProcessTree.Build(log);

        // All but one of each are equal rows.
        tree.Report.Duplicates.ShouldBe(199_998);
        tree.Report.BrokenCycles.ShouldBe(1);
        Stopwatch.GetElapsedTime(start).TotalSeconds.ShouldBeLessThan(20);
    }

    [Fact]
    public void Choosing_every_process_of_a_chain_takes_no_quadratic_time()
    {
        Table log = Numbered(Enumerable.Range(1, 50_000).Select(i => ((long)i, (long)i - 1, i)));

        Table table = log.BuildProcessTree(Columns with { Root = "a", Depth = 40_000 });

        table.RowCount.ShouldBe(50_000);
    }

    [Fact]
    public void A_name_of_a_megabyte_does_not_repeat_in_its_children()
    {
        string name = new('x', 1 << 20);
        var builder = new TableBuilder(("n", ColumnType.String), ("i", ColumnType.Long), ("p", ColumnType.Long), ("t", ColumnType.Long));
        builder.AddRow(name, 1L, null, 1_700_000_000L);
        for (int i = 2; i < 2000; i++)
        {
            builder.AddRow("c", (long)i, 1L, 1_700_000_000L + i);
        }

        Table table = builder.Build().BuildProcessTree(Columns);

        table.Text("n").GetString(0)!.Length.ShouldBe(1 << 20);
        table.Text("parent_key").Buffer.Length.ShouldBeLessThan(2000 * 600);
        table.Text("n_par").Buffer.Length.ShouldBeLessThan(2000 * 600);
        table.Text("root_key").Buffer.Length.ShouldBeLessThan(2000 * 600);
        new StringWriter().ShouldSatisfyAllConditions(text =>
        {
            ProcessTreeText.Write(table, Columns, text);
            text.ToString().Length.ShouldBeLessThan(1 << 20);
            text.ToString().ShouldContain("more characters)");
        });
    }

    [Fact]
    public void A_command_line_forges_no_line_of_the_text()
    {
        var builder = new TableBuilder(
            ("NewProcessName", ColumnType.String), ("NewProcessId", ColumnType.String), ("ProcessId", ColumnType.String), ("TimeGenerated", ColumnType.String),
            ("CommandLine", ColumnType.String), ("Computer", ColumnType.String));
        builder.AddRow("a\u001b[2J.exe", "1\n+  Process: forged  PID: 0", "0", "2026-01-01", "x\r\n+  Process: forged  PID: 1\u202e\u2028", "h\n+  Process: forged");
        Table table = builder.Build().BuildProcessTree();
        var text = new StringWriter();

        ProcessTreeText.Write(table, new ProcessTreeOptions(), text);

        text.ToString().Split('\n').Count(line => line.TrimStart().StartsWith("+  Process: forged", StringComparison.Ordinal)).ShouldBe(0);
        text.ToString().ShouldNotContain('\u001b');
        text.ToString().ShouldNotContain('\u202e');
        text.ToString().ShouldContain(@"\x1b[2J");
        text.ToString().ShouldContain(@"x\r\n");
    }

    [Fact]
    public void Random_cells_make_a_tree_and_no_error()
    {
        string[] odd =
        [
            "", " ", "0", "0x", "0xffffffffffffffff", "0x1ffffffffffffffff", "-1", "-0x1", "1e5", "1.", "1.0.0", ".5", "NaN", "99999999999999999999999", "\0", "\ud800",
            "İ", "|", "/", "{}", "9999-12-31T23:59:59.9999999Z", "0001-01-01", "1970-01-01", "1700000000", "null",
        ];
        for (int seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var builder = new TableBuilder(
                new[] { "FileName", "ProcessId", "InitiatingProcessId", "Timestamp", "ProcessCreationTime", "InitiatingProcessCreationTime", "InitiatingProcessFileName",
                    "InitiatingProcessParentId", "InitiatingProcessParentFileName", "InitiatingProcessParentCreationTime", "ProcessUniqueId", "InitiatingProcessUniqueId", "DeviceName" }
                .Select(name => (name, ColumnType.String)));
            for (int row = 0; row < 60; row++)
            {
                builder.AddRow([.. Enumerable.Range(0, 13).Select(_ => random.Next(9) == 0 ? null : (object)odd[random.Next(odd.Length)])]);
            }

            var tree = ProcessTree.Build(builder.Build());
            Table table = tree.ToTable();
            Enumerable.Range(0, table.RowCount).Select(row => table["src_index"].GetValue(row)).OfType<long>().Count().ShouldBe(60 - tree.Report.Duplicates);
            ProcessTreeText.Write(table, new ProcessTreeOptions(), new StringWriter());
            foreach (string text in odd)
            {
                tree.Find(text);
            }
        }
    }

    private static ProcessTreeOptions Columns { get; } = new() { ProcessName = "n", ProcessId = "i", ParentId = "p", Time = "t" };

    private static Table Numbered(IEnumerable<(long Id, long Parent, int Second)> events)
    {
        var builder = new TableBuilder(("n", ColumnType.String), ("NewProcessName", ColumnType.String), ("i", ColumnType.Long), ("NewProcessId", ColumnType.Long),
            ("p", ColumnType.Long), ("ProcessId", ColumnType.Long), ("t", ColumnType.DateTime), ("TimeGenerated", ColumnType.DateTime));
        var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        foreach ((long id, long parent, int second) in events)
        {
            builder.AddRow("a", "a", id, id, parent, parent, start.AddSeconds(second), start.AddSeconds(second));
        }

        return builder.Build();
    }
}
