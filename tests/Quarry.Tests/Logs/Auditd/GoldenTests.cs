using System.Text.Json;
using Quarry.Logs.Auditd;
using Quarry.Tables;
using Quarry.Testing;

namespace Quarry.Tests.Logs.Auditd;

/// <summary>The reference's recorded events: equal, or different in a way that is listed here with its reason.</summary>
public sealed class GoldenTests
{
    /// <summary>Columns that are the reference's and differ from ours in the events that both have.</summary>
    private static readonly Dictionary<string, string> Different = new(StringComparer.Ordinal)
    {
        ["mssg_id"] = "the reference leaves the serial number out, by which events are told apart",
        ["cmdline"] = "all arguments; the reference has three and blanks",
        ["msg"] = "the fields within msg='…' are fields; the reference cuts it at the first blank",
        ["res"] = "without the closing quote of msg='…'",
        ["tty"] = "of every event; the reference has it for LOGIN only",
        ["cwd"] = "also within msg='…' of USER_CMD",
        ["auid"] = "-1 where unset in events of every type; the reference leaves some as they are, and drops LOGIN's",
        ["ses"] = "-1 where unset in events of every type",
        ["old-ses"] = "in fields, with everything that has no column",
    };

    [Fact]
    public void The_recorded_log_has_938_events_with_all_arguments()
    {
        Table rows = LogText.File(Corpus.PathOf("data/auditd_log.txt")).ParseAuditd("Line");
        Dictionary<string, string[]> execve = File.ReadLines(Corpus.PathOf("data/auditd_log.txt"))
            .Where(l => l.StartsWith("type=EXECVE", StringComparison.Ordinal))
            .ToDictionary(l => l[(l.IndexOf('(') + 1)..l.IndexOf(')')], l => l.Split(' ').Where(f => f.Length > 1 && f[0] == 'a' && char.IsAsciiDigit(f[1])).ToArray());

        rows.RowCount.ShouldBe(938);
        int[] programs = [.. Enumerable.Range(0, rows.RowCount).Where(r => rows.Cell(r, "EventType") == "SYSCALL_EXECVE")];
        programs.Length.ShouldBe(146);
        foreach (int row in programs)
        {
            int arguments = JsonDocument.Parse(rows.Cell(row, "args")!).RootElement.GetArrayLength();
            arguments.ShouldBe(int.Parse(rows.Cell(row, "argc")!));
            arguments.ShouldBe(execve[rows.Cell(row, "mssg_id")!].Length);
        }

        Enumerable.Range(0, rows.RowCount).Select(r => rows.Cell(r, "ParseError")).ShouldAllBe(e => e == null);
    }

    [Fact]
    public void The_program_starts_of_the_log_are_the_references_where_it_has_them()
    {
        Table rows = LogText.File(Corpus.PathOf("data/auditd_log.txt")).ParseAuditd("Line");
        ILookup<string, int> byTime = Enumerable.Range(0, rows.RowCount).ToLookup(row => rows.Cell(row, "mssg_id")!.Split(':')[0]);
        var differing = new HashSet<string>();
        int compared = 0;
        foreach (JsonElement golden in Read("golden/auditd/auditd_log_execve.jsonl"))
        {
            // Of several events in one millisecond the reference mixes the records.
            int[] events = [.. byTime[golden.GetProperty("mssg_id").GetString()!]];
            if (events is [var only])
            {
                compared++;
                Compare(golden, rows, only, differing);
            }
        }

        compared.ShouldBeGreaterThan(20);
        differing.Order().ShouldBe(["cmdline", "mssg_id"]);
    }

    [Fact]
    public void The_events_of_the_exported_table_are_the_references_but_for_what_is_listed()
    {
        Table input = LinuxEvents();

        Table rows = input.ParseAuditd("AuditdMessage");

        rows.RowCount.ShouldBe(100);
        var differing = new HashSet<string>();
        int at = 0;
        foreach (JsonElement golden in Read("golden/auditd/linux_events.jsonl"))
        {
            Compare(golden, rows, at++, differing);
        }

        differing.Order().ShouldBe([.. Different.Keys.Where(c => c != "mssg_id").Order()]);
        rows.Cell(0, "Computer").ShouldBe("MSTICAlertsLxVM2");
    }

    private static void Compare(JsonElement golden, Table rows, int row, HashSet<string> differing)
    {
        foreach (JsonProperty property in golden.EnumerateObject())
        {
            if (property.Name is "Unnamed: 0" or "TenantId")
            {
                continue;
            }

            string? expected = property.Value.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.Number => property.Value.GetDouble().ToString(System.Globalization.CultureInfo.InvariantCulture),
                _ => property.Value.GetString()!,
            };
            expected = property.Name == "TimeGenerated" ? expected!.TrimEnd('Z').TrimEnd('0').TrimEnd('.') + "Z" : expected;
            string? actual = rows.Schema.IndexOf(property.Name) >= 0 ? rows.Cell(row, property.Name) : null;
            if (expected != actual)
            {
                differing.Add(property.Name);
            }
        }
    }

    private static Table LinuxEvents()
    {
        // A csv whose quoted cells hold no line breaks.
        var table = new TableBuilder(("Computer", ColumnType.String), ("mssg_id", ColumnType.String), ("AuditdMessage", ColumnType.String));
        foreach (string line in File.ReadLines(Corpus.PathOf("data/linux_events.csv")).Skip(1))
        {
            string[] fields = line.Split(',', 6);
            table.AddRow(fields[3], fields[4], fields[5].Trim('"').Replace("\"\"", "\""));
        }

        return table.Build();
    }

    private static IEnumerable<JsonElement> Read(string file) => File.ReadLines(Corpus.PathOf(file)).Select(l => JsonDocument.Parse(l).RootElement);
}
