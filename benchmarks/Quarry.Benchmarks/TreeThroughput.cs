using System.Globalization;
using Quarry.Processes;
using Quarry.Tables;

namespace Quarry.Benchmarks;

/// <summary>Process trees of made-up events in memory: many, and one chain that goes deep.</summary>
internal static class TreeThroughput
{
    public static void Run()
    {
        foreach (int rows in (int[])[100_000, 1_000_000])
        {
            Table events = Events(rows);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"tree: {rows:N0} process events, {events.Schema.Count} columns"));
            Measure.Print("trees (library result), one core", Measure.Seconds(() => ProcessTree.Build(events), 3, 0.5), "s", rows == 1_000_000 ? "wanted about 1" : "reference 2.0 whole");
            Measure.Print("trees (library result), two cores", Measure.Seconds(() => ProcessTree.Build(events, degree: 2), 3, 0.5), "s");
            Measure.Print("the whole verb on a table, two cores", Measure.Seconds(() => Verb.Run("tree", events, 2), 3, 0.5), "s");
        }

        Table chain = Chain(10_000);
        Measure.Print("a chain of 10,000, the whole verb", Measure.Seconds(() => Verb.Run("tree", chain, 2), 3), "s");
        Table million = Events(1_000_000);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Table result = million.BuildProcessTree();
        long held = GC.GetTotalMemory(forceFullCollection: true) - before;
        Measure.Print("memory that a result of 1,000,000 holds", held / 1e6, "MB");
        GC.KeepAlive(result);
        GC.KeepAlive(million);
    }

    /// <summary>Events of a hundred hosts with ids that are used again, each started by one of the hundred before it on its host.</summary>
    private static Table Events(int rows)
    {
        const int Hosts = 100, Ids = 4000;
        var random = new Random(1);
        var running = new List<(int Id, string Name)>[Hosts];
        for (int host = 0; host < Hosts; host++)
        {
            running[host] = [(4, @"C:\Windows\System32\services.exe")];
        }

        var builder = new TableBuilder(
            ("EventID", ColumnType.Long), ("TimeGenerated", ColumnType.DateTime), ("Computer", ColumnType.String), ("SubjectUserName", ColumnType.String),
            ("SubjectLogonId", ColumnType.String), ("TargetLogonId", ColumnType.String), ("NewProcessId", ColumnType.String), ("NewProcessName", ColumnType.String),
            ("ProcessId", ColumnType.String), ("ParentProcessName", ColumnType.String), ("CommandLine", ColumnType.String));
        var time = new DateTime(2026, 3, 3, 0, 0, 0, DateTimeKind.Utc);
        for (int row = 0; row < rows; row++)
        {
            int host = random.Next(Hosts);
            (int parent, string parentName) = running[host][random.Next(running[host].Count)];
            int id = 8 + (4 * random.Next(Ids));
            string name = string.Create(CultureInfo.InvariantCulture, $@"C:\Windows\System32\program{random.Next(300)}.exe");
            running[host].Add((id, name));
            if (running[host].Count > 100)
            {
                running[host].RemoveAt(0);
            }

            time = time.AddTicks(random.Next(10_000_000));
            builder.AddRow(
                4688L, time, $"WS-{host:000}.example.com", "user" + random.Next(50), "0x3e7", "0x0", $"0x{id:x}", name, $"0x{parent:x}", parentName,
                $"\"{name}\" /run {row}");
        }

        return builder.Build();
    }

    private static Table Chain(int rows)
    {
        var builder = new TableBuilder(
            ("NewProcessName", ColumnType.String), ("NewProcessId", ColumnType.Long), ("ProcessId", ColumnType.Long), ("TimeGenerated", ColumnType.DateTime));
        var time = new DateTime(2026, 3, 3, 0, 0, 0, DateTimeKind.Utc);
        for (int row = 1; row <= rows; row++)
        {
            builder.AddRow(@"C:\a.exe", (long)row, (long)(row - 1), time.AddSeconds(row));
        }

        return builder.Build();
    }
}
