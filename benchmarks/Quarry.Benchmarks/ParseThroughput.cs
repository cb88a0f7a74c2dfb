using System.Diagnostics;
using Quarry.Logs;
using Quarry.Tables;

namespace Quarry.Benchmarks;

/// <summary>Raw syslog and audit records into rows.</summary>
internal static class ParseThroughput
{
    private const int Bytes = 100_000_000;

    public static void Run()
    {
        Syslog();
        Auditd();
    }

    private static void Syslog()
    {
        Table lines = Repeated(File.ReadAllLines(Path.Combine(Repository.Root, "samples/syslog.log")), (line, _) => line);
        Print("syslog, samples/syslog.log over and over", lines, LogFormat.Syslog);
    }

    private static void Auditd()
    {
        string? corpus = Environment.GetEnvironmentVariable("QUARRY_CORPUS");
        string[] log = string.IsNullOrEmpty(corpus) ? Synthetic() : File.ReadAllLines(Path.Combine(corpus, "data/auditd_log.txt"));

        // Each round has seconds of its own, so that its events are not those of the round before.
        Table lines = Repeated(log, (line, round) => line.Replace("audit(155", $"audit(1{(550 + round) % 1000:000}", StringComparison.Ordinal));
        Print("auditd, " + (string.IsNullOrEmpty(corpus) ? "made up" : "auditd_log.txt over and over"), lines, LogFormat.Auditd);
    }

    private static void Print(string what, Table lines, LogFormat format)
    {
        double bytes = CommandLines.Bytes((TextColumn)lines[0]);
        Console.WriteLine($"parse: {what}, {lines.RowCount:N0} lines, {bytes / 1e6:N0} MB");
        (double one, double two) = Measure.InTurn(() => Parse(lines, format, 1), () => Parse(lines, format, 2), 3);
        Measure.Print("one core", bytes / one / 1e6, "MB/s", "wanted 200");
        Measure.Print("two cores", bytes / two / 1e6, "MB/s");
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        Parse(lines, format, 1);
        double busy = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
        Measure.Print("one core, by processor time (on a machine that others use)", bytes / busy / 1e6, "MB/s");
    }

    private static void Parse(Table lines, LogFormat format, int threads)
    {
        using TableStream input = TableStream.Of(lines, 16_384);
        using TableStream rows = input.ParseLogs(["Line"], new ParseOptions { As = format }, new() { Threads = threads });
        foreach (TableBatch _ in rows.TakeBatches())
        {
        }
    }

    private static Table Repeated(string[] lines, Func<string, int, string> change)
    {
        var column = new TextColumnBuilder();
        for (int round = 0; column.ByteCount < Bytes; round++)
        {
            foreach (string line in lines)
            {
                column.Append(change(line, round));
            }
        }

        return new Table(new TableSchema(new ColumnSchema("Line", ColumnType.String)), column.Build());
    }

    private static string[] Synthetic() =>
    [
        .. Enumerable.Range(1, 500).SelectMany(serial => new[]
        {
            $"type=SYSCALL msg=audit(1551487424.869:{serial}): arch=c000003e syscall=59 success=yes exit=0 a0=7fdd090dac18 a1=7fdd0657a630 a2=7ffec9cad0c0 a3=9 items=2 ppid=1305 pid={serial} auid=4294967295 uid=0 gid=0 euid=0 suid=0 fsuid=0 egid=0 sgid=0 fsgid=0 tty=(none) ses=4294967295 comm=\"sh\" exe=\"/bin/dash\" key=(null)",
            $"type=EXECVE msg=audit(1551487424.869:{serial}): argc=3 a0=\"/bin/sh\" a1=\"-c\" a2=69707461626C6573202D2D76657273696F6E",
            $"type=CWD msg=audit(1551487424.869:{serial}): cwd=\"/var/lib\"",
            $"type=PATH msg=audit(1551487424.869:{serial}): item=0 name=\"/bin/sh\" inode=27 dev=08:01 mode=0100755 ouid=0 ogid=0 rdev=00:00 nametype=NORMAL cap_fp=0000000000000000 cap_fi=0000000000000000 cap_fe=0 cap_fver=0",
            $"type=PROCTITLE msg=audit(1551487424.869:{serial}): proctitle=2F62696E2F7368002D630069707461626C6573202D2D76657273696F6E",
        }),
    ];
}
