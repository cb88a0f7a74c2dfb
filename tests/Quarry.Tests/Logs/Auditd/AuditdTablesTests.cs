using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Quarry.Logs.Auditd;
using Quarry.Tables;

namespace Quarry.Tests.Logs.Auditd;

public sealed class AuditdTablesTests
{
    private const string Id = "msg=audit(1551487424.869:752): ";

    [Fact]
    public void Every_argument_of_a_program_is_there_in_full()
    {
        Table rows = Parse(
            "type=SYSCALL " + Id + "arch=c000003e syscall=59 success=yes exit=0 ppid=1305 pid=19197 auid=4294967295 uid=0 gid=0 euid=0 egid=0 tty=(none) ses=4294967295 comm=\"sh\" exe=\"/bin/dash\" key=(null)",
            "type=EXECVE " + Id + "argc=5 a0=\"/bin/sh\" a1=\"-c\" a2=6C73202D6C a3_len=8 a3[0]=\"abcd\"",
            "type=EXECVE " + Id + "a3[1]=65666768 a4=\"last\"",
            "type=CWD " + Id + "cwd=\"/root\"",
            "type=PATH " + Id + "item=0 name=2F746D702F6120 nametype=NORMAL",
            "type=PROCTITLE " + Id + "proctitle=2F62696E2F7368002D63");

        rows.RowCount.ShouldBe(1);
        Row(rows, 0, "EventType", "mssg_id", "TimeGenerated", "success", "ppid", "pid", "auid", "ses", "exe", "comm", "cwd", "argc", "a0", "a1", "a2", "cmdline", "proctitle", "args", "records", "ParseError")
            .ShouldBe(["SYSCALL_EXECVE", "1551487424.869:752", "2019-03-02T00:43:44.869Z", "yes", "1305", "19197", "-1", "-1", "/bin/dash", "sh", "/root", "5",
                "/bin/sh", "-c", "ls -l", "/bin/sh -c ls -l abcdefgh last", "/bin/sh\0-c", """["/bin/sh","-c","ls -l","abcdefgh","last"]""", "6", null]);
        JsonDocument.Parse(rows.Cell(0, "fields")!).RootElement.GetProperty("PATH")[0].GetProperty("name").GetString().ShouldBe("/tmp/a ");
    }

    [Theory]
    [InlineData("argc=4 a0=\"sh\" a3=\"x\"", "sh […] x", """["sh",null,"x"]""", "arguments a1 to a2 are missing")]
    [InlineData("argc=3 a0=\"sh\"", "sh […]", """["sh",null]""", "arguments a1 to a2 are missing")]
    [InlineData("argc=4000000000 a0=\"sh\"", "sh […]", """["sh",null]""", "are missing")]
    [InlineData("argc=2 a0=\"sh\" a1[1]=\"y\"", "sh […]y", """["sh","[…]y"]""", "part 0 of argument a1 is missing")]
    [InlineData("argc=2 a0=\"sh\" a1_len=90 a1[0]=\"abc\"", "sh abc", """["sh","abc"]""", "argument a1 is cut")]
    [InlineData("argc=2 a0=\"sh\" a1=\"cut he", "sh cut he", """["sh","cut he"]""", null)]
    [InlineData("argc=2 a0=\"sh\" a0=\"zsh\" a1=\"x\"", "shzsh x", """["shzsh","x"]""", "several times")]
    [InlineData("argc=2 a0=\"sh\" a1=FF41", "sh \\xffA", """["sh","\\xffA"]""", null)]
    [InlineData("argc=2 a0=\"sh\" a1=ABC", "sh ABC", """["sh","ABC"]""", null)]
    [InlineData("argc=0", null, null, null)]
    public void Missing_repeated_and_cut_arguments_are_said(string body, string? commandLine, string? args, string? fault)
    {
        Table rows = Parse("type=SYSCALL " + Id + "success=yes pid=1", "type=EXECVE " + Id + body);

        Row(rows, 0, "EventType", "cmdline", "args").ShouldBe(["SYSCALL_EXECVE", commandLine, args]);
        if (fault is null)
        {
            rows.Cell(0, "ParseError").ShouldBeNull();
        }
        else
        {
            rows.Cell(0, "ParseError")!.ShouldContain(fault);
        }
    }

    [Fact]
    public void A_missing_EXECVE_or_SYSCALL_record_is_said()
    {
        Table rows = Parse(
            "type=SYSCALL msg=audit(1.000:1): arch=c000003e syscall=59 success=yes pid=1",
            "type=EXECVE msg=audit(1.000:2): argc=1 a0=\"x\"",
            "type=SYSCALL msg=audit(1.000:3): arch=c000003e syscall=2 success=yes pid=1");

        Row(rows, 0, "EventType", "ParseError").ShouldBe(["SYSCALL", "the EXECVE record is missing"]);
        Row(rows, 1, "EventType", "ParseError").ShouldBe(["EXECVE", "the SYSCALL record is missing"]);
        Row(rows, 2, "EventType", "ParseError").ShouldBe(["SYSCALL", null]);
    }

    [Fact]
    public void Nested_enriched_and_repeated_fields_are_read()
    {
        Table rows = Parse(
            "node=web-01 type=USER_LOGIN msg=audit(1.5:7): pid=15745 uid=0 auid=4294967295 ses=4294967295 subj==unconfined msg='op=login acct=\"it's\" exe=\"/usr/sbin/sshd\" hostname=? addr=36.156.24.99 terminal=sshd res=failed'\u001dUID=\"root\" AUID=\"unset\"",
            "type=USER_CMD msg=audit(2.5:8): pid=1 uid=1000 msg='cwd=\"/root\" cmd=6C73202D6C terminal=pts/0 res=success'",
            "type=ADD_USER msg=audit(3.5:9): pid=1 msg='op=adding user to group acct=\"eve\" exe=\"/sbin/useradd\"'",
            "type=USER_AUTH msg=audit(4.5:10): user pid=12 uid=0 msg='PAM: authentication acct=root : exe=\"/usr/sbin/sshd\" (hostname=h1, addr=10.0.0.1, terminal=ssh res=success)'",
            "type=AVC msg=audit(5.5:11): avc:  denied  { read } for  pid=7 comm=\"x\" name=\"f\" pid=8 pid=9");

        Row(rows, 0, "Computer", "pid", "auid", "acct", "exe", "addr", "terminal", "res", "op").ShouldBe(["web-01", "15745", "-1", "it's", "/usr/sbin/sshd", "36.156.24.99", "sshd", "failed", "login"]);
        rows.Cell(0, "fields").ShouldBe("""{"USER_LOGIN":{"subj":"=unconfined","UID":"root","AUID":"unset"}}""");
        Row(rows, 1, "cmd", "cwd", "res").ShouldBe(["ls -l", "/root", "success"]);
        Row(rows, 2, "op", "acct").ShouldBe(["adding user to group", "eve"]);
        Row(rows, 3, "pid", "acct", "exe", "hostname", "addr", "res").ShouldBe(["12", "root", "/usr/sbin/sshd", "h1", "10.0.0.1", "success"]);
        rows.Cell(4, "fields").ShouldBe("""{"AVC":{"message text":"avc:  denied  { read } for","name":"f","pid":"8","pid 2":"9"}}""");
        rows.Cell(4, "pid").ShouldBe("7");
    }

    [Fact]
    public void Lines_that_are_no_record_are_kept_with_the_reason()
    {
        string[] lines = ["type=SYSCALL msg=audit(155148", "hello", "type=X msg=audit(1.0): a", "type= msg=audit(1.0:1): a", "type=X msg=audit(-1.0:1): a", "type=X msg=audit(1.0:99999999999999999999999): a", "audit(1.0:1): a"];
        var remarks = new List<string>();

        Table rows = LogText.Lines([.. lines, "", " "]).ParseAuditd("Line", LogText.At("2026-01-01T00:00:00Z", remarks));

        rows.RowCount.ShouldBe(lines.Length);
        Enumerable.Range(0, lines.Length).Select(r => rows.Cell(r, "RawLine")).ShouldBe(lines);
        Enumerable.Range(0, lines.Length).Select(r => rows.Cell(r, "EventType")).ShouldAllBe(t => t == null);
        remarks.ShouldBe(["7 lines are no audit records; they are kept in RawLine, with the reason in ParseError.", "2 blank lines were passed over."]);
    }

    [Fact]
    public void Records_behind_a_syslog_header_and_the_kernels_own_are_read()
    {
        Table rows = Parse(
            "Mar  1 00:00:01 db-01 audispd: node=db-02 type=CWD msg=audit(1.000:1): cwd=\"/\"",
            "Mar  1 00:00:01 db-01 kernel: [1.5] audit: type=1400 audit(1.000:2): apparmor=\"DENIED\" pid=5",
            "type=UNKNOWN[1999] msg=audit(1.000:3): x=1");

        Row(rows, 0, "Computer", "EventType").ShouldBe(["db-02", "CWD"]);
        Row(rows, 1, "Computer", "EventType", "pid").ShouldBe(["db-01", "AVC", "5"]);
        Row(rows, 2, "Computer", "EventType", "fields").ShouldBe([null, "UNKNOWN[1999]", """{"UNKNOWN[1999]":{"x":"1"}}"""]);
    }

    [Fact]
    public void Equal_ids_of_two_machines_are_two_events()
    {
        Parse("node=a type=CWD msg=audit(1.000:1): cwd=\"/a\"", "node=b type=CWD msg=audit(1.000:1): cwd=\"/b\"").RowCount.ShouldBe(2);
    }

    [Fact]
    public void Records_mixed_at_random_give_the_events_of_the_ordered_log()
    {
        string[] ordered = [.. Synthetic(new Random(1), 300)];
        string[] expected = Sorted(Parse(ordered));

        for (int seed = 0; seed < 10; seed++)
        {
            string[] mixed = [.. ordered];
            new Random(seed).Shuffle(mixed);

            Sorted(Parse(mixed)).ShouldBe(expected);
        }
    }

    [Fact]
    public void Gives_the_same_on_any_number_of_threads_and_in_batches_of_any_size()
    {
        Table lines = LogText.Lines([.. Synthetic(new Random(2), 3000), "broken"]);
        string[] expected = lines.ParseAuditd("Line").Rows();

        foreach ((int size, int threads) in new[] { (1, 1), (7, 2), (1000, 4) })
        {
            using TableStream stream = TableStream.Of(lines, size).ParseAuditd(["Line"], LogText.At("2026-01-01T00:00:00Z", null, threads));
            stream.TakeBatches().SelectMany(b => b.Table.Rows()).ShouldBe(expected);
        }
    }

    [Fact]
    public void A_record_that_comes_too_late_has_a_row_of_its_own_that_says_so()
    {
        IEnumerable<string> between = Enumerable.Range(2, EventAssembler.LookAheadLines).Select(i => $"type=CWD msg=audit(1.000:{i}): cwd=\"/\"");
        var remarks = new List<string>();

        Table rows = LogText.Lines(["type=SYSCALL msg=audit(1.000:1): pid=1", .. between, "type=CWD msg=audit(1.000:1): cwd=\"/late\""])
            .ParseAuditd("Line", LogText.At("2026-01-01T00:00:00Z", remarks));
        Table inTime = Parse(["type=SYSCALL msg=audit(1.000:1): pid=1", .. between.SkipLast(2), "type=CWD msg=audit(1.000:1): cwd=\"/late\""]);

        rows.RowCount.ShouldBe(EventAssembler.LookAheadLines + 2);
        Row(rows, rows.RowCount - 1, "cwd", "ParseError").ShouldBe(["/late", "came late: other records of the event stand in an earlier row"]);
        remarks.Count(r => r.StartsWith("1 event has records that came")).ShouldBe(1);
        Row(inTime, 0, "pid", "cwd", "ParseError").ShouldBe(["1", "/late", null]);
    }

    [Fact]
    public void Events_that_never_end_do_not_fill_the_memory()
    {
        // 64 MB of records of events that get no end, and one that goes on for ever.
        byte[] filler = Encoding.ASCII.GetBytes(new string('x', 1000));
        long most = 0;
        IEnumerable<TableBatch> Batches()
        {
            for (int batch = 0; batch < 64; batch++)
            {
                Table lines = LogText.Lines(Enumerable.Range(0, 1000).Select(i => $"type=SYSCALL msg=audit(1.000:{(i % 2 == 0 ? 1 : (batch * 1000) + i)}): data={Encoding.ASCII.GetString(filler)}"));
                yield return new TableBatch(lines, batch * 1000);
            }
        }

        long records = 0;
        using var stream = new TableStream(new TableSchema(new ColumnSchema("Line", ColumnType.String)), Batches());
        long before = GC.GetTotalMemory(true);
        using TableStream result = stream.ParseAuditd(["Line"]);
        foreach (TableBatch batch in result.TakeBatches())
        {
            records += ((ValueColumn<int>)batch.Table["records"]).Values.ToArray().Sum(r => (long)r);
            most = Math.Max(most, GC.GetTotalMemory(false) - before);
        }

        records.ShouldBe(64_000);
        most.ShouldBeLessThan(400L << 20);
    }

    [Fact]
    public void The_assembled_events_agree_with_the_obvious_way_on_random_logs()
    {
        var random = new Random(77);
        for (int round = 0; round < 20; round++)
        {
            string[] lines = [.. Synthetic(random, 60)];
            random.Shuffle(lines);
            lines = [.. lines.Select(l => random.Next(12) == 0 ? l[..random.Next(l.Length)] : l)];
            string[] filled = [.. lines.Where(l => l.Trim().Length > 0)];
            Regex header = new(@"^type=(\S+) msg=audit\((\d+\.\d+:\d+)\)");
            var groups = filled.Where(l => header.IsMatch(l)).GroupBy(l => header.Match(l).Groups[2].Value).ToDictionary(g => g.Key, g => g.ToArray());

            Table rows = Parse(lines);

            rows.RowCount.ShouldBe(groups.Count + filled.Count(l => !header.IsMatch(l)));
            Enumerable.Range(0, rows.RowCount).Sum(r => (int)rows["records"].GetValue(r)!).ShouldBe(filled.Length);
            for (int row = 0; row < rows.RowCount; row++)
            {
                if (rows.Cell(row, "mssg_id") is { } id)
                {
                    string[] records = groups[id];
                    int.Parse(rows.Cell(row, "records")!).ShouldBe(records.Length);
                    rows.Cell(row, "cmdline").ShouldBe(ObviousCommandLine(records), string.Join('\n', records));
                }
            }
        }
    }

    [Fact]
    public void Nothing_throws_and_no_line_is_lost_whatever_it_holds()
    {
        var random = new Random(99);
        string[] seeds = [.. Synthetic(random, 40), "type=USER_LOGIN msg=audit(1.5:7): pid=1 msg='op=x acct=\"a\" (h=?, b=c) res=failed'\u001dUID=\"root\"", "[{'SYSCALL': ['a=b', \"msg='x\"]}]"];
        string[] lines = [.. Enumerable.Range(0, 20_000).Select(_ => Damage(seeds[random.Next(seeds.Length)], random))];

        Table rows = Parse(lines);

        Enumerable.Range(0, rows.RowCount).Sum(r => (int)rows["records"].GetValue(r)!).ShouldBe(lines.Count(l => !string.IsNullOrWhiteSpace(l)));
        for (int row = 0; row < rows.RowCount; row++)
        {
            foreach (string column in new[] { "fields", "args" })
            {
                if (rows.Cell(row, column) is { } json)
                {
                    JsonDocument.Parse(json).Dispose();
                }
            }
        }
    }

    private static string? ObviousCommandLine(string[] records)
    {
        var parts = new SortedDictionary<int, string>();
        int argc = -1;
        foreach (string record in records.Where(r => r.StartsWith("type=EXECVE")))
        {
            foreach (string field in record.Split(' ').Skip(2))
            {
                if (field.StartsWith("argc="))
                {
                    argc = int.TryParse(field[5..], out int n) ? n : -1;
                }
                else if (Regex.Match(field, @"^a(\d+)=(.*)$") is { Success: true } match)
                {
                    string value = match.Groups[2].Value;
                    parts[int.Parse(match.Groups[1].Value)] = value.StartsWith('"') ? value.Trim('"')
                        : Regex.IsMatch(value, "^([0-9A-F]{2})+$") ? Encoding.UTF8.GetString(Convert.FromHexString(value)).Replace("\uFFFD", "\\xc3") : value; // cut within ö
                }
            }
        }

        var words = new List<string>();
        int expected = 0;
        foreach ((int index, string value) in parts)
        {
            words.AddRange(index > expected ? ["[…]", value] : [value]);
            expected = index + 1;
        }

        words.AddRange(argc > expected ? ["[…]"] : []);
        return words.Count == 0 ? null : string.Join(' ', words);
    }

    private static IEnumerable<string> Synthetic(Random random, int events)
    {
        for (int serial = 1; serial <= events; serial++)
        {
            string id = $"msg=audit(15514874{random.Next(10, 12)}.8{random.Next(10)}0:{serial}): ";
            if (random.Next(3) == 0)
            {
                yield return $"type=USER_AUTH {id}pid={serial} uid=0 msg='op=PAM:authentication acct=\"u{serial}\" res=success'";
                continue;
            }

            int arguments = random.Next(1, 20);
            yield return $"type=SYSCALL {id}arch=c000003e syscall=59 success=yes ppid={serial} pid={serial + 1} comm=\"x\" exe=\"/bin/x\"";
            string[] values = [.. Enumerable.Range(0, arguments).Select(i => random.Next(3) == 0 ? Convert.ToHexString(Encoding.UTF8.GetBytes($"wört{i} x")) : $"\"arg{i}\"")];
            int split = random.Next(arguments + 1);
            yield return $"type=EXECVE {id}argc={arguments}" + string.Concat(values.Take(split).Select((v, i) => $" a{i}={v}"));
            if (split < arguments)
            {
                yield return $"type=EXECVE {id}" + string.Join(' ', values.Skip(split).Select((v, i) => $"a{i + split}={v}"));
            }

            yield return $"type=CWD {id}cwd=\"/home/{serial}\"";
            for (int item = random.Next(3); item >= 0; item--)
            {
                yield return $"type=PATH {id}item={item} name=\"/bin/{item}\" inode={serial}";
            }

            if (random.Next(2) == 0)
            {
                yield return $"type=EOE {id}";
            }
        }
    }

    private static string Damage(string line, Random random) => random.Next(5) switch
    {
        0 => line[..random.Next(line.Length + 1)],
        1 => line.Remove(random.Next(line.Length), 1),
        2 => line.Replace(line[random.Next(line.Length)], "='\"[]() \u001d\0"[random.Next(10)]),
        _ => line.Insert(random.Next(line.Length), "='\"[]() \u001d\0"[random.Next(10)].ToString()),
    };

    // By event, without what says where the first record stood.
    private static string[] Sorted(Table rows) =>
        [.. rows.Select(AuditdTables.Schema.Select(c => c.Name).Where(n => n != "SourceIndex")).Rows().Order(StringComparer.Ordinal)];

    private static Table Parse(params IEnumerable<string> lines) => LogText.Lines(lines).ParseAuditd("Line");

    private static string?[] Row(Table rows, int row, params string[] columns) => [.. columns.Select(c => rows.Cell(row, c))];
}
