using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Quarry.Samples.Tests;

/// <summary>The audit log read by a reader of its own, which knows nothing of the generator.</summary>
public partial class AuditLogTests
{
    private sealed record Line(string Type, decimal Time, string Stamp, int Serial, string Body)
    {
        public string Field(string name)
        {
            Match match = Regex.Match(Body, $@"(?<![^\s']){Regex.Escape(name)}=(""[^""]*""|[^\s']*)");
            match.Success.ShouldBeTrue($"{name} in {Body}");
            string value = match.Groups[1].Value;
            return name is "cmd" or "cwd" ? Plain(value) : value;
        }
    }

    private sealed record Run(int Id, int Parent, string[] Arguments, decimal Time, string User);

    private static readonly Line[] Lines = [.. CommittedSamples.Lines("audit.log").Select(Read)];

    private static readonly string Page = Encoding.UTF8.GetString(CommittedSamples.Bytes("README.md"));

    [Fact]
    public void Is_sorted_by_time()
    {
        decimal[] times = [.. Lines.Select(line => line.Time)];

        times.ShouldBe(times.Order());
    }

    [Fact]
    public void Serials_of_the_kernel_rise_by_one()
    {
        int[] serials = [.. Lines.Where(line => line.Type != "DAEMON_START").Select(line => line.Serial).Distinct()];

        serials.ShouldBe(Enumerable.Range(serials[0], serials.Length));
    }

    [Fact]
    public void Serials_alone_take_two_events_for_one_and_stamps_alone_do_too()
    {
        int events = Events().Count;

        Lines.Select(line => line.Serial).Distinct().Count().ShouldBe(events - 1);
        Lines.Select(line => line.Time).Distinct().Count().ShouldBeLessThan(events - 30);
    }

    [Fact]
    public void The_page_counts_what_the_file_holds()
    {
        Line[][] events = [.. Events()];

        Told("records (lines").ShouldBe(Lines.Length);
        Told("events, told apart").ShouldBe(events.Length);
        Told("distinct serials").ShouldBe(Lines.Select(line => line.Serial).Distinct().Count());
        Told("SYSCALL records").ShouldBe(Lines.Count(line => line.Type == "SYSCALL"));
        Told("events with EXECVE").ShouldBe(events.Count(e => e.Any(line => line.Type == "EXECVE")));
        Told("EXECVE records").ShouldBe(Lines.Count(line => line.Type == "EXECVE"));
        Told("pairs of events").ShouldBe(Interleaved());
        Interleaved().ShouldBeGreaterThan(10);
    }

    [Fact]
    public void Every_event_of_a_system_call_is_whole_but_the_last()
    {
        Line[][] calls = [.. Events().Where(e => e.Any(line => line.Type == "SYSCALL"))];

        foreach (Line[] call in calls.SkipLast(1))
        {
            Line syscall = call.Single(line => line.Type == "SYSCALL");
            call.Count(line => line.Type == "PATH").ShouldBe(int.Parse(syscall.Field("items"), CultureInfo.InvariantCulture));
            call.Any(line => line.Type == "EXECVE").ShouldBe(syscall.Field("syscall") == "59", syscall.Body);
            call.Single(line => line.Type == "PROCTITLE");
            call[^1].Type.ShouldBe("EOE");
        }

        calls[^1].Select(line => line.Type).ShouldBe(["SYSCALL", "EXECVE"]);
        CommittedSamples.Bytes("audit.log")[^1].ShouldNotBe((byte)'\n');
    }

    [Fact]
    public void Every_argument_is_there_and_begins_the_title()
    {
        foreach (Line[] call in Events().Where(e => e.Any(line => line.Type == "EXECVE")).SkipLast(1))
        {
            byte[] told = Encoding.UTF8.GetBytes(string.Join('\0', Arguments(call)));
            string title = call.Single(line => line.Type == "PROCTITLE").Body["proctitle=".Length..];

            byte[] shown = title[0] == '"' ? Encoding.ASCII.GetBytes(title.Trim('"')) : Convert.FromHexString(title);

            shown.ShouldBe(told[..Math.Min(128, told.Length)]);
        }
    }

    [Fact]
    public void Has_a_long_list_of_arguments_and_arguments_in_pieces_of_both_kinds()
    {
        string[][] split = [.. Events().Where(e => e.Count(line => line.Type == "EXECVE") > 1).Select(Arguments)];

        split.Select(arguments => arguments[0]).ShouldBe(["grep", "sh", "shopctl"]);
        split[0].Length.ShouldBe(223);
        Lines.Count(line => line.Body.Contains("a2_len=" + split[1][2].Length.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)).ShouldBe(1);
        Lines.Count(line => line.Body.Contains("a1_len=" + split[2][1].Length.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)).ShouldBe(1);
        Lines.Max(line => line.Body.Length).ShouldBeLessThan(7700, "the kernel keeps a record below 8 KiB");
        byte[] hidden = Convert.FromBase64String(split[1][2].Split(' ', '|')[1]);
        Encoding.ASCII.GetString(hidden).ShouldContain("stands for a program and is none");
        Page.ShouldContain(Convert.ToHexStringLower(MD5.HashData(hidden)));
    }

    [Fact]
    public void Every_parent_of_the_intruder_s_processes_ran_before_up_to_its_sshd()
    {
        Run[] runs = Runs();
        Run[] intruder = [.. runs.Where(run => run.User == "1005")];

        foreach (Run run in intruder)
        {
            runs.ShouldContain(parent => parent.Id == run.Parent && parent.Time <= run.Time, string.Join(' ', run.Arguments));
        }

        Chain(runs, intruder.Single(run => run.Arguments[^1].EndsWith("stage2.sh", StringComparison.Ordinal)))
            .ShouldBe(["wget", "bash", "sudo", "-bash", "/usr/sbin/sshd"]);
    }

    [Fact]
    public void The_page_shows_every_process_of_the_intruder_with_its_id()
    {
        Run[] intruder = [.. Runs().Where(run => run.User == "1005")];

        foreach (Run run in intruder)
        {
            Page.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"  {run.Id} "));
        }

        intruder.GroupBy(run => run.Id).Count(runs => runs.Count() == 2).ShouldBe(1, "one process runs two programs");
    }

    [Fact]
    public void Agrees_with_the_syslog_on_failed_logins()
    {
        string[] told = [.. Syslog().Select(m => FailedPassword().Match(m)).Where(m => m.Success).Select(m => $"{m.Groups[1].Value} {m.Groups[2].Value} {m.Groups[3].Value}")];

        string[] logged = [.. Lines
            .Where(line => line.Type == "USER_LOGIN" && line.Body.Contains("res=failed", StringComparison.Ordinal))
            .Select(line => $"{Clock(line)} {line.Field("pid")} {line.Field("addr")}")];

        logged.ShouldBe(told);
        logged.Length.ShouldBe(180);
    }

    [Fact]
    public void Agrees_with_the_syslog_on_sudo()
    {
        string[] told = [.. Syslog().Select(m => SudoCommand().Match(m)).Where(m => m.Success).Select(m => $"{m.Groups[1].Value} {m.Groups[2].Value} {LastName(m.Groups[3].Value)}")];

        string[] logged = [.. Lines.Where(line => line.Type == "USER_CMD").Select(line => $"{Clock(line)} {line.Field("cwd")} {line.Field("cmd")}")];

        logged.ShouldBe(told);
        logged.Length.ShouldBeGreaterThan(25);
    }

    [Fact]
    public void Sudo_takes_the_process_id_that_the_syslog_names()
    {
        string[] told = [.. Syslog().Select(m => SudoOpened().Match(m)).Where(m => m.Success).Select(m => $"{m.Groups[2].Value} {m.Groups[3].Value}")];

        string[] logged = [.. Lines
            .Where(line => line.Type == "USER_START" && line.Body.Contains("/usr/bin/sudo", StringComparison.Ordinal))
            .Select(line => $"{line.Field("pid")} {line.Field("auid")}")];

        logged.ShouldBe(told);
    }

    private static Line Read(string text)
    {
        Match match = RecordText().Match(text);
        match.Success.ShouldBeTrue(text);
        string stamp = match.Groups["stamp"].Value;
        string[] parts = stamp.Split(':');
        return new Line(match.Groups["type"].Value, decimal.Parse(parts[0], CultureInfo.InvariantCulture), stamp, int.Parse(parts[1], CultureInfo.InvariantCulture), match.Groups["body"].Value);
    }

    private static List<Line[]> Events() => [.. Lines.GroupBy(line => line.Stamp).Select(group => group.ToArray())];

    // A pair is counted where an event's records go on after another's; both have the same millisecond.
    private static int Interleaved()
    {
        string[] order = [.. Lines.Select(line => line.Stamp)];
        string[] broken = [.. order.Distinct().Where(stamp => Array.LastIndexOf(order, stamp) - Array.IndexOf(order, stamp) >= order.Count(s => s == stamp))];
        broken.GroupBy(stamp => stamp.Split(':')[0]).ShouldAllBe(pair => pair.Count() == 2);
        return broken.Length / 2;
    }

    private static string[] Arguments(Line[] call)
    {
        string text = string.Join(' ', call.Where(line => line.Type == "EXECVE").Select(line => line.Body));
        var arguments = new SortedDictionary<int, string>();
        foreach (Match match in ArgumentText().Matches(text))
        {
            int number = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
            arguments[number] = arguments.GetValueOrDefault(number) + Plain(match.Groups[2].Value);
        }

        arguments.Count.ShouldBe(int.Parse(text.Split(' ')[0]["argc=".Length..], CultureInfo.InvariantCulture));
        return [.. arguments.Values];
    }

    private static Run[] Runs() => [.. Events().Where(e => e.Any(line => line.Type == "EXECVE")).SkipLast(1).Select(call => new Run(
        int.Parse(call[0].Field("pid"), CultureInfo.InvariantCulture),
        int.Parse(call[0].Field("ppid"), CultureInfo.InvariantCulture),
        Arguments(call),
        call[0].Time,
        call[0].Field("auid")))];

    private static IEnumerable<string> Chain(Run[] runs, Run? at)
    {
        for (; at is not null; at = runs.LastOrDefault(run => run.Id == at.Parent && run.Time <= at.Time))
        {
            yield return at.Arguments[0];
        }
    }

    // For what a user may have chosen: without quotes it is hexadecimal. A number is not.
    private static string Plain(string value) =>
        value[0] == '"' ? value[1..^1] : Encoding.UTF8.GetString(Convert.FromHexString(value));

    private static int Told(string row)
    {
        Match match = Regex.Match(Page, $@"^\| {Regex.Escape(row)}.* \| ([\d,]+) \|$", RegexOptions.Multiline);
        return int.Parse(match.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }

    private static string Clock(Line line) =>
        DateTimeOffset.FromUnixTimeSeconds((long)line.Time).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Syslog() =>
        CommittedSamples.Lines("syslog.log").Where(line => line.Contains(">Mar  4 ", StringComparison.Ordinal) && line.Contains(" web-01 ", StringComparison.Ordinal));

    // The syslog tells the program's path, the audit record what was typed.
    private static string LastName(string command) => command[(command.Split(' ')[0].LastIndexOf('/') + 1)..];

    [GeneratedRegex(@"^type=(?<type>\w+) msg=audit\((?<stamp>\d+\.\d{3}:\d+)\): (?<body>.*)$")]
    private static partial Regex RecordText();

    [GeneratedRegex(@"(?<=^| )a(\d+)(?:\[\d+\])?=(""[^""]*""|[0-9A-F]+)")]
    private static partial Regex ArgumentText();

    [GeneratedRegex(@"(\d\d:\d\d:\d\d) web-01 sshd\[(\d+)\]: Failed password for .* from (\S+) port")]
    private static partial Regex FailedPassword();

    [GeneratedRegex(@"(\d\d:\d\d:\d\d) web-01 sudo: .*PWD=(\S+) ;.*COMMAND=(.*)$")]
    private static partial Regex SudoCommand();

    [GeneratedRegex(@"(\d\d:\d\d:\d\d) web-01 sudo\[(\d+)\]: .*session opened for user root\(uid=0\) by \S+\(uid=(\d+)\)")]
    private static partial Regex SudoOpened();
}
