using System.Text.Json;
using Quarry.Catalogue;
using Quarry.Charts;
using Quarry.Logs.Sessions;
using Quarry.Logs.Syslog;
using Quarry.Tables;
using Quarry.Testing;

namespace Quarry.Tests.Logs.Sessions;

public sealed class LogonSessionsTests
{
    /// <summary>The synthetic cases of the recorded outputs in which ours differ.</summary>
    private static readonly Dictionary<string, string> Different = new(StringComparer.Ordinal)
    {
        ["nested"] = "both sessions, each with its own end",
        ["overlap"] = "both sessions",
        ["close_first"] = "the end without a beginning is kept",
        ["no_close"] = "the session that is never closed is kept open",
        ["same_time"] = "both sessions; the reference takes the second for a part of the first",
        ["open_after_last_close"] = "the session that is never closed is kept open",
    };

    [Fact]
    public void The_recorded_synthetic_cases_are_equal_but_for_those_that_are_listed()
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllText(Corpus.PathOf("golden/syslog/summary.json")));
        var differing = new List<string>();
        foreach (JsonProperty one in golden.RootElement.EnumerateObject().Where(p => p.Name.StartsWith("synthetic_sessions.", StringComparison.Ordinal)))
        {
            var begin = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
            Table table = Syslog([.. one.Value.GetProperty("events").EnumerateArray().Select(e => (begin.AddMinutes(e[0].GetInt32()), "sshd", (int?)null,
                $"pam_unix(sshd:session): session {e[1].GetString()} for user {e[2].GetString()}"))]);

            string[] ours = [.. table.FindSessions().Select(s => $"{s.User} {s.Start:s} {s.End:s}")];
            string[] reference = [.. one.Value.GetProperty("sessions").EnumerateArray().Select(s => $"{s[0].GetString()} {s[1].GetString()![..19]} {s[2].GetString()![..19]}")];
            if (!ours.SequenceEqual(reference))
            {
                differing.Add(one.Name.Split('.')[1]);
            }
        }

        differing.Order().ShouldBe(Different.Keys.Order());
    }

    [Fact]
    public void Nested_and_overlapping_sessions_are_paired_by_user_process_and_pid()
    {
        var t = new DateTime(2026, 3, 4, 0, 0, 0, DateTimeKind.Utc);
        Table table = Syslog(
            (t, "sshd", 10, "Accepted publickey for ops from 192.0.2.7 port 51514 ssh2: ED25519 SHA256:x"),
            (t.AddSeconds(1), "sshd", 10, "pam_unix(sshd:session): session opened for user ops(uid=1001) by (uid=0)"),
            (t.AddSeconds(2), "sudo", 20, "pam_unix(sudo:session): session opened for user root(uid=0) by ops(uid=1001)"),
            (t.AddSeconds(3), "sshd", 11, "pam_unix(sshd:session): session opened for user ops(uid=1001) by (uid=0)"),
            (t.AddSeconds(4), "sudo", 20, "pam_unix(sudo:session): session closed for user root"),
            (t.AddSeconds(5), "sshd", 10, "pam_unix(sshd:session): session closed for user ops"),
            (t.AddSeconds(6), "systemd-logind", 1, "New session 7 of user ops."),
            (t.AddSeconds(7), "systemd-logind", 1, "Removed session 7."),
            (t.AddSeconds(8), "su(pam_unix)", 30, "session closed for user eve"),
            (t.AddSeconds(9), "login", 40, "LOGIN ON tty1 BY eve"),
            (t.AddSeconds(9), "sshd", 50, "Accepted password for u from 192.0.2.9 port 1 ssh2"),
            (t.AddSeconds(12), "sshd", 51, "Disconnected from user u 192.0.2.9 port 1"));

        string[] sessions = [.. table.FindSessions().Select(s => $"{s.User} {s.ProcessName} {(s.Start - t)?.TotalSeconds}-{(s.End - t)?.TotalSeconds} {s.State} by:{s.OpenedBy} from:{s.SourceAddress}")];

        sessions.ShouldBe(
        [
            "ops sshd 1-5 Closed by: from:192.0.2.7", "root sudo 2-4 Closed by:ops from:", "ops sshd 3- Open by: from:", "ops systemd-logind 6-7 Closed by: from:",
            "eve su -8 NotOpened by: from:", "eve login 9- Open by: from:tty1", "u sshd 9-12 Closed by: from:192.0.2.9",
        ]);
    }

    [Theory]
    [InlineData("sshd", "Invalid user pam_unix(sshd:session): session opened for user root by (uid=0) from 192.0.2.1 port 2")]
    [InlineData("app", "user said: pam_unix(sshd:session): session opened for user root by (uid=0)")]
    [InlineData("app", "New session 1 of user root.")]
    [InlineData("app", "Accepted password for root from 192.0.2.1 port 2 ssh2")]
    [InlineData("sshd", "pam_unix(sshd:session): session opened for user ")]
    [InlineData("sshd", "Accepted password for")]
    public void What_only_looks_like_a_session_is_none(string process, string message)
    {
        Syslog((DateTime.UnixEpoch.AddYears(50), process, 1, message)).FindSessions().ShouldBeEmpty();
    }

    [Fact]
    public void Tables_with_the_newest_row_first_give_the_same_sessions()
    {
        Table table = LogText.File(LogText.Repository("samples/syslog.log")).ParseSyslog("Line", null, LogText.At("2026-11-24T00:00:00Z"));
        var reversed = new TableBuilder(table.Schema);
        for (int row = table.RowCount - 1; row >= 0; row--)
        {
            reversed.AppendAll(table.Slice(row, 1));
        }

        reversed.Build().FindSessions().ShouldBe(table.FindSessions(), ignoreOrder: true);
    }

    [Fact]
    public void The_intruder_of_the_sample_has_an_open_session_with_risky_commands_and_a_burst()
    {
        using TableStream input = TableStream.Of(LogText.File(LogText.Repository("samples/syslog.log")));
        var options = new SessionOptions { Risky = true };

        Table rows = SessionAnalysis.Entry.Run(input, options, LogText.At("2026-11-24T00:00:00Z")).Gather();
        int row = Enumerable.Range(0, rows.RowCount).Single(r => rows.Cell(r, "ProcessName") == "sshd" && rows.Cell(r, "State") == "open");

        ((string[])["User", "Start", "End", "SourceIP", "Bursts"]).Select(c => rows.Cell(row, c)).ShouldBe(["deploy", "2026-03-04T02:16:20Z", null, "203.0.113.77", "1"]);
        rows.Cell(row, "Risky")!.ShouldContain("authorized_keys");
        SessionAnalysis.Entry.Draw(rows, options).ShouldHaveSingleItem().ShouldBeOfType<TimelineChart>().Events.Count(e => e.Lane == "deploy" && e.Stands).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Tables_without_messages_or_times_are_refused()
    {
        Should.Throw<QuarryException>(() => new TableBuilder(("SyslogMessage", ColumnType.String)).Build().FindSessions()).Message.ShouldContain("TimeGenerated");
        using TableStream empty = TableStream.Of(LogText.Lines());
        SessionAnalysis.Entry.Run(empty, SessionAnalysis.Entry.DefaultOptions, AnalysisContext.Default).Gather().RowCount.ShouldBe(0);
    }

    private static Table Syslog(params (DateTime Time, string Process, int? Id, string Message)[] rows)
    {
        var table = new TableBuilder(
            ("TimeGenerated", ColumnType.DateTime), ("Computer", ColumnType.String), ("ProcessName", ColumnType.String), ("ProcessID", ColumnType.Int), ("SyslogMessage", ColumnType.String));
        foreach ((DateTime time, string process, int? id, string message) in rows)
        {
            table.AddRow(time, "h", process, id, message);
        }

        return table.Build();
    }
}
