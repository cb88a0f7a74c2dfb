using Quarry.Logs;
using Quarry.Logs.Syslog;
using Quarry.Tables;

namespace Quarry.Tests.Logs.Syslog;

public sealed class SyslogTablesTests
{
    [Fact]
    public void The_raw_sample_gives_the_rows_of_the_sample_table()
    {
        string[] lines = File.ReadAllLines(LogText.Repository("samples/syslog.log"));
        string[][] expected = [.. File.ReadAllLines(LogText.Repository("samples/syslog.csv")).Skip(1).Select(Fields)];

        Table rows = LogText.Lines(lines).ParseSyslog("Line", null, LogText.At("2026-11-24T00:00:00Z"));

        rows.RowCount.ShouldBe(lines.Length);
        int[] read = [.. Enumerable.Range(0, rows.RowCount).Where(r => rows.Cell(r, "ParseError") is null)];
        read.Length.ShouldBe(expected.Length);
        for (int i = 0; i < read.Length; i++)
        {
            // TimeGenerated has milliseconds that the raw line does not have; HostIP is not in it.
            string?[] row = [.. ((string[])["Computer", "Facility", "HostName", "SeverityLevel", "SyslogMessage", "ProcessID", "ProcessName", "Type"]).Select(c => rows.Cell(read[i], c) ?? "")];
            string[] e = expected[i];
            row.ShouldBe([e[3], e[5], e[6], e[7], e[8], e[9], e[11], e[14]]);
            DateTime.Parse(rows.Cell(read[i], "EventTime")!).ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ").ShouldBe(e[4]);
        }
    }

    [Fact]
    public void Gives_the_same_on_any_number_of_threads_and_in_batches_of_any_size()
    {
        string[] lines = [.. File.ReadLines(LogText.Repository("samples/syslog.log")), "", "Dec 31 23:59:59 h a: x", "Jan  1 00:00:00 h a: x"];
        string[] expected = LogText.Lines(lines).ParseSyslog("Line", null, LogText.At("2026-11-24T00:00:00Z")).Rows();

        foreach ((int size, int threads) in new[] { (1, 1), (7, 2), (64, 4), (5000, 3) })
        {
            using TableStream stream = TableStream.Of(LogText.Lines(lines), size).ParseSyslog(["Line"], null, LogText.At("2026-11-24T00:00:00Z", null, threads));
            TableBatch[] batches = [.. stream.TakeBatches()];
            batches.SelectMany(b => b.Table.Rows()).ShouldBe(expected);
            batches.Select(b => b.FirstRow).ShouldBe(batches.Select((_, i) => batches.Take(i).Sum(b => (long)b.Table.RowCount)));
        }
    }

    [Theory]
    [InlineData(null, "2026-03-04", "Mar  4 10:00:00", "2026-03-04T10:00:00Z")]
    [InlineData(null, "2026-03-04", "Mar  5 23:00:00", "2025-03-05T23:00:00Z")]
    [InlineData(null, "2026-03-04", "Dec 31 10:00:00", "2025-12-31T10:00:00Z")]
    [InlineData(null, "2026-03-04", "Feb 29 10:00:00", "2024-02-29T10:00:00Z")]
    [InlineData(2020, "2026-03-04", "Feb 29 10:00:00", "2020-02-29T10:00:00Z")]
    [InlineData(2021, "2026-03-04", "Feb 29 10:00:00", null)]
    [InlineData(2030, "2026-03-04", "Jan  1 10:00:00", "2030-01-01T10:00:00Z")]
    public void A_time_without_a_year_gets_the_one_that_was_given_or_the_latest_that_is_not_in_the_future(int? year, string now, string time, string? expected)
    {
        Table rows = LogText.Lines($"{time} h a: x").ParseSyslog("Line", new ParseOptions { Year = year }, LogText.At(now + "T00:00:00Z"));

        rows.Cell(0, "TimeGenerated").ShouldBe(expected);
        rows.Cell(0, "ParseError").ShouldBe(expected is null ? "the day is none of the year" : null);
    }

    [Fact]
    public void The_year_goes_up_at_New_Year_and_down_for_a_line_that_came_late()
    {
        var remarks = new List<string>();
        Table rows = LogText.Lines("Dec 31 23:59:59 h a: x", "Jan  1 00:00:00 h a: x", "Dec 31 23:59:58 h a: late", "Jan  2 00:00:00 h a: x")
            .ParseSyslog("Line", new ParseOptions { Year = 2019 }, LogText.At("2026-03-04T00:00:00Z", remarks));

        Enumerable.Range(0, 4).Select(r => rows.Cell(r, "TimeGenerated")![..10]).ShouldBe(["2019-12-31", "2020-01-01", "2019-12-31", "2020-01-02"]);
        remarks.ShouldHaveSingleItem().ShouldContain("2019 to 2020");
    }

    [Fact]
    public void Lines_with_a_year_tell_that_of_the_others_and_none_is_pushed_into_the_future()
    {
        string[] lines = ["Mar  3 00:00:00 h a: x", "<14>1 2019-03-03T00:00:00Z h a - - - x", "Mar  4 00:00:00 h a: x"];

        Table rows = LogText.Lines(lines).ParseSyslog("Line", null, LogText.At("2026-03-04T00:00:00Z"));
        Table forged = LogText.Lines("Aug 20 00:00:00 h a: x", "Jan 25 00:00:00 h a: x", "Jul  1 00:00:00 h a: x", "Dec  1 00:00:00 h a: x", "Mar  1 00:00:00 h a: x", "Aug  1 00:00:00 h a: x")
            .ParseSyslog("Line", new ParseOptions { Year = 2025 }, LogText.At("2026-03-04T00:00:00Z"));

        rows.Cell(0, "TimeGenerated").ShouldBe("2019-03-03T00:00:00Z");
        rows.Cell(2, "TimeGenerated").ShouldBe("2019-03-04T00:00:00Z");
        Enumerable.Range(0, 6).Select(r => forged.Cell(r, "TimeGenerated")).ShouldAllBe(t => string.CompareOrdinal(t, "2026-03-06") < 0);
    }

    [Theory]
    [InlineData("+02:00", "Mar  1 00:00:00", "2026-02-28T22:00:00Z")]
    [InlineData("Europe/London", "Jan  1 12:00:00", "2026-01-01T12:00:00Z")]
    [InlineData("Europe/London", "Jul  1 12:00:00", "2025-07-01T11:00:00Z")]
    [InlineData("Europe/London", "Mar 30 01:30:00", "2025-03-30T01:30:00Z")] // skipped in spring
    [InlineData("Europe/London", "Oct 26 01:30:00", "2025-10-26T01:30:00Z")] // twice in autumn
    [InlineData("UTC", "Mar  1 00:00:00", "2026-03-01T00:00:00Z")]
    public void Times_without_a_zone_are_of_the_one_that_was_given(string zone, string time, string expected)
    {
        Table rows = LogText.Lines($"{time} h a: x").ParseSyslog("Line", new ParseOptions { Timezone = zone }, LogText.At("2026-03-04T00:00:00Z"));

        rows.Cell(0, "TimeGenerated").ShouldBe(expected);
    }

    [Fact]
    public void A_zone_or_year_that_is_none_is_refused()
    {
        Should.Throw<QuarryException>(() => new ParseOptions { Timezone = "Europe/Lundon" }).Message.ShouldContain("Europe/London");
        Should.Throw<QuarryException>(() => new ParseOptions { Year = 26 }).Message.ShouldContain("1970");
    }

    [Fact]
    public void No_line_is_lost_and_none_throws_whatever_it_holds()
    {
        var random = new Random(3164);
        string[] seeds = [.. File.ReadLines(LogText.Repository("samples/syslog.log")).Take(40)];
        string[] lines = [.. Enumerable.Range(0, 20_000).Select(i => Damage(seeds[i % seeds.Length], random))];
        var remarks = new List<string>();

        Table rows = LogText.Lines(lines).ParseSyslog("Line", null, LogText.At("2026-03-04T00:00:00Z", remarks));

        int blank = lines.Count(string.IsNullOrWhiteSpace);
        rows.RowCount.ShouldBe(lines.Length - blank);
        for (int row = 0; row < rows.RowCount; row++)
        {
            string line = lines[(long)rows["SourceIndex"].GetValue(row)!];
            line.Contains(rows.Cell(row, "SyslogMessage")!, StringComparison.Ordinal).ShouldBeTrue(line);
            (rows.Cell(row, "ParseError") is null || rows.Cell(row, "SyslogMessage") == line).ShouldBeTrue(line);
        }
    }

    [Fact]
    public void The_format_is_told_by_the_first_lines_and_the_column_by_its_name()
    {
        using TableStream audit = TableStream.Of(LogText.Lines("", "type=EOE msg=audit(1.0:1): ")).ParseLogs([]);
        using TableStream syslog = TableStream.Of(LogText.Lines("neither", "nor")).ParseLogs([]);
        using TableStream none = TableStream.Of(LogText.Lines()).ParseLogs([]);
        using TableStream two = TableStream.Of(new TableBuilder(("A", ColumnType.String), ("B", ColumnType.String)).Build()).ParseLogs([]);

        audit.Schema.IndexOf("mssg_id").ShouldBe(1);
        syslog.Schema.ShouldBe(SyslogTables.Schema);
        syslog.Gather().RowCount.ShouldBe(2);
        none.Gather().RowCount.ShouldBe(0);
        Should.Throw<QuarryException>(() => two.Schema).Message.ShouldContain("--column");
    }

    [Fact]
    public void Nothing_is_read_before_the_result_is_and_only_the_head_for_its_schema()
    {
        int taken = 0;
        IEnumerable<TableBatch> Batches()
        {
            for (int i = 0; i < 100; i++)
            {
                taken++;
                yield return new TableBatch(LogText.Lines(new string('x', 1 << 20)), i);
            }
        }

        using var input = new TableStream(LogText.Lines().Schema, Batches());
        using TableStream rows = input.ParseLogs([]);
        int before = taken;
        _ = rows.Schema;
        int head = taken;

        before.ShouldBe(0);
        head.ShouldBe(16);
        rows.Gather().RowCount.ShouldBe(100);
    }

    private static string Damage(string line, Random random) => random.Next(4) switch
    {
        0 => line[..random.Next(line.Length + 1)],
        1 => line[random.Next(line.Length)..],
        2 => line.Remove(random.Next(line.Length), 1),
        _ => line.Insert(random.Next(line.Length), "<>[]\": -\\=0\uFEFF\0"[random.Next(13)].ToString()),
    };

    private static string[] Fields(string row)
    {
        var fields = new List<string>();
        for (int at = 0; at <= row.Length;)
        {
            int end = at < row.Length && row[at] == '"' ? at + 1 : row.IndexOf(',', at);
            if (at < row.Length && row[at] == '"')
            {
                while (row[end] != '"' || (end + 1 < row.Length && row[end + 1] == '"'))
                {
                    end += row[end] == '"' ? 2 : 1;
                }

                fields.Add(row[(at + 1)..end].Replace("\"\"", "\""));
                at = end + 2;
                continue;
            }

            end = end < 0 ? row.Length : end;
            fields.Add(row[at..end]);
            at = end + 1;
        }

        return [.. fields];
    }
}
