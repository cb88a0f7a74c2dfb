using System.Globalization;
using System.Text;
using Quarry.Data.Engine;
using Quarry.Data.Kql;
using Quarry.Tables;

namespace Quarry.Benchmarks;

/// <summary>
/// KQL over 5,000,000 rows beside the SQL that a person would write by hand for the same tables on the same engine; and how
/// long a query takes from its text to its SQL.
/// </summary>
internal static class KqlSpeed
{
    private const int Rows = 5_000_000;
    private const int Other = 1_000_000;

    private static readonly (string What, string Kql, string Sql, string Wanted)[] Queries =
    [
        ("where == + count by", "Events | where EventID == 4625 | summarize count() by Computer",
            "SELECT c2, count(*) FROM {0} WHERE c1 = 4625 GROUP BY c2", "wanted 1.15"),
        ("has + count", "Events | where CommandLine has 'mimikatz' | count",
            "SELECT count(*) FROM {0} WHERE CASE WHEN contains(lower(c4), 'mimikatz') THEN regexp_matches(c4, '(?i)(^|[^\\pL\\pN])mimikatz($|[^\\pL\\pN])') ELSE false END", "wanted 1.15, and 0.3 s"),
        ("dcount + sum by bin", "Events | summarize dcount(Account), sum(Bytes) by bin(TimeGenerated, 1h)",
            "SELECT c0 // 36000000000, count(DISTINCT c3), sum(c5) FROM {0} GROUP BY 1", "wanted 1.15"),
        ("join to 1,000,000 rows", "Events | join kind=inner (Hosts) on $left.Key == $right.Key | count",
            "SELECT count(*) FROM {0} l JOIN {1} r ON l.c6 = r.c0", "wanted 1.15"),
        ("top 10", "Events | top 10 by Bytes desc", "SELECT * FROM {0} ORDER BY c5 DESC LIMIT 10", "wanted 1.15"),
        ("where contains + project", "Events | where CommandLine contains 'PowerShell' | summarize n=count() by EventID",
            "SELECT c1, count(*) FROM {0} WHERE contains(lower(c4), 'powershell') GROUP BY c1", "wanted 1.15"),
        ("extend arithmetic + sum", "Events | extend mb = Bytes / 1024 + 1 | summarize sum(mb)", "SELECT sum(c5 // 1024 + 1) FROM {0}", ""),
    ];

    public static void Run()
    {
        Console.WriteLine("kql: 5,000,000 rows in the engine's storage, KQL : hand-written SQL");
        using var database = KqlDatabase.Create();
        KqlTable events = database.AddRows("Events", new TableStream(EventSchema, Events()));
        KqlTable hosts = database.AddRows("Hosts", new TableStream(HostSchema, Hosts()));
        foreach ((string what, string kql, string sql, string wanted) in Queries)
        {
            KqlQuery query = database.Prepare(kql);
            string statement = string.Format(CultureInfo.InvariantCulture, sql, events.SqlName, hosts.SqlName);
            using DuckDbConnection connection = database.Connect();
            (double ours, double theirs) = Measure.InTurn(
                () => query.RunAsync().GetAwaiter().GetResult(),
                () =>
                {
                    using DuckDbResult result = connection.Query(statement);
                    _ = result.ToTable();
                });
            Measure.Print($"{what}: KQL", ours, "s");
            Measure.Print($"{what}: SQL", theirs, "s");
            Measure.Print($"{what}: KQL of SQL", ours / theirs, "times", wanted);
        }

        Compile(database);
    }

    // From the text to the SQL, the second time and later.
    private static void Compile(KqlDatabase database)
    {
        foreach ((string what, string text, string wanted) in ((string, string, string)[])
        [
            ("a hunting query of 6 operators", Hunt, "wanted 2"),
            ("the same with 3,000 indicators, 73 kB", Long(), "wanted 50"),
        ])
        {
            double seconds = Measure.Seconds(() => database.Prepare(text), runs: 21);
            Measure.Print($"{what} ({text.Length:N0} characters): from text to SQL", seconds * 1000, "ms", wanted);
        }
    }

    private const string Hunt = """
        let lookback = 14d;
        let threshold = 5;
        let suspicious = dynamic(["mimikatz", "procdump", "lsass", "sekurlsa"]);
        Events
        | where TimeGenerated > ago(lookback)
        | where EventID in (4624, 4625, 4688) and CommandLine has_any (suspicious)
        | extend Tool = tostring(extract(@"(?i)([a-z]+)\.exe", 1, CommandLine)), Hour = bin(TimeGenerated, 1h)
        | summarize Attempts = count(), Accounts = make_set(Account, 100), First = min(TimeGenerated), Last = max(TimeGenerated) by Computer, Tool, Hour
        | where Attempts >= threshold
        | join kind=leftouter (Hosts | summarize arg_max(Key, *) by Name) on $left.Computer == $right.Name
        | project-away Name
        | sort by Attempts desc
        """;

    private static string Long()
    {
        var text = new StringBuilder("let indicators = dynamic([");
        var random = new Random(7);
        for (int i = 0; i < 3_000; i++)
        {
            text.Append(i == 0 ? "" : ", ").Append('"').Append(string.Create(CultureInfo.InvariantCulture, $"host{random.Next(1_000_000):000000}.example.net")).Append('"');
        }

        return text.Append("]);\n").Append(Hunt.Replace("has_any (suspicious)", "has_any (indicators)", StringComparison.Ordinal)).ToString();
    }

    private static readonly TableSchema EventSchema = new(
    [
        new("TimeGenerated", ColumnType.DateTime), new("EventID", ColumnType.Int), new("Computer", ColumnType.String), new("Account", ColumnType.String),
        new("CommandLine", ColumnType.String), new("Bytes", ColumnType.Long), new("Key", ColumnType.Long),
    ]);

    private static readonly TableSchema HostSchema = new([new("Key", ColumnType.Long), new("Name", ColumnType.String)]);

    private static IEnumerable<TableBatch> Events()
    {
        var random = new Random(42);
        int[] ids = [4624, 4625, 4634, 4648, 4672, 4688, 4689, 5156];
        string[] programs = ["powershell.exe -NoProfile -EncodedCommand", "cmd.exe /c", "svchost.exe -k", "rundll32.exe shell32.dll,", "chrome.exe --type=renderer", "PowerShell -File"];
        DateTime start = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var builder = new TableBuilder(EventSchema);
        for (int row = 0; row < Rows; row++)
        {
            builder[0].AppendObject(start.AddMilliseconds(row * 300L));
            builder[1].AppendObject(ids[random.Next(ids.Length)]);
            builder[2].AppendObject($"host{random.Next(1_000):000}.corp.example");
            builder[3].AppendObject($"CORP\\user{random.Next(20_000)}");
            builder[4].AppendObject($"C:\\Windows\\System32\\{programs[random.Next(programs.Length)]} {random.NextInt64():x} {(random.Next(10_000) == 0 ? "mimikatz" : "arguments")}");
            builder[5].AppendObject(random.NextInt64(1L << 40));
            builder[6].AppendObject((long)random.Next(Other * 2));
            if (builder.RowCount == 100_000)
            {
                yield return new TableBatch(builder.Build(), row - 99_999);
            }
        }
    }

    private static IEnumerable<TableBatch> Hosts()
    {
        var builder = new TableBuilder(HostSchema);
        for (int row = 0; row < Other; row++)
        {
            builder[0].AppendObject((long)row);
            builder[1].AppendObject($"host{row % 1_000:000}.corp.example");
        }

        yield return new TableBatch(builder.Build(), 0);
    }
}
