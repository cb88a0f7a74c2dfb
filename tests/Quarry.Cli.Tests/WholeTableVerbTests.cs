using System.Globalization;
using System.Text.Json;
using Quarry.Catalogue;
using Quarry.Testing;

namespace Quarry.Cli.Tests;

/// <summary>The verbs that take a table as a whole, and those that read raw logs, as a person meets them.</summary>
public sealed class WholeTableVerbTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public static TheoryData<string> Verbs => [.. Analyses.All.Select(a => a.Name)];

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void The_notebooks_anomalies_are_found()
    {
        var run = CommandRun.Of("anomalies", Corpus.PathOf("data/timeseries.csv"), "--time", "TimeGenerated", "--value", "TotalBytesSent", "--view", "anomalies");

        run.Lines.Select(l => JsonDocument.Parse(l).RootElement).Select(r => $"{r.GetProperty("TimeGenerated")} {r.GetProperty("anomalies")}")
            .ShouldBe(["2020-07-10T18:00:00.0000000Z 1", "2020-07-10T19:00:00.0000000Z 1"]);
    }

    [Fact]
    public void The_audit_log_has_its_938_events()
    {
        var run = CommandRun.Of("parse", Corpus.PathOf("data/auditd_log.txt"));

        run.ExitCode.ShouldBe(0);
        run.Lines.Length.ShouldBe(938);
    }

    [Fact]
    public void What_parse_gives_is_what_tree_takes()
    {
        string events = _scratch["events.jsonl"];
        CommandRun.Of("parse", Sample("audit.log"), "-o", events).ExitCode.ShouldBe(0);

        var run = CommandRun.Of("tree", events, "--root", "79310", "--format", "text");

        run.ExitCode.ShouldBe(0);
        run.Lines.Where(l => l.Contains("Process:")).ShouldContain(l => l.Contains("/usr/bin/wget"));
        run.Error.ShouldContain("Read as LX");
    }

    [Fact]
    public void A_tree_is_text_at_a_terminal_and_rows_in_a_pipe()
    {
        string[] arguments = ["tree", Sample("windows-process-events.csv"), "--root", "0x15dc"];

        CommandRun.AtTerminal(arguments).Output.ShouldContain("+--  Process: ");
        JsonDocument.Parse(CommandRun.Of(arguments).Lines[0]).RootElement.GetProperty("proc_key").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void A_command_line_cannot_forge_a_line_of_the_tree()
    {
        string path = _scratch.Write("a.csv", "TimeGenerated,NewProcessName,NewProcessId,ProcessId,CommandLine,Computer\n"
            + "2026-03-04T00:00:00Z,C:\\a.exe,0x10,0x4,\"a\n+  Process: forged  PID: 1\u001b[2J\",H\n");

        var run = CommandRun.AtTerminal("tree", path);

        run.Output.Split('\n').ShouldNotContain(l => l.StartsWith("+  Process: forged", StringComparison.Ordinal));
        run.Output.ShouldContain("\\n+  Process: forged");
        run.Output.ShouldNotContain('\u001b');
    }

    [Fact]
    public void The_distribution_of_a_feature_is_drawn_at_a_terminal()
    {
        var run = CommandRun.AtTerminal("signatures", Sample("office-activity.jsonl"), "--feature", "Operation");

        run.Output.ShouldContain("FileAccessed");
        run.Output.ShouldContain("███");
    }

    [Fact]
    public void The_planted_session_and_commands_are_found_in_raw_lines()
    {
        string log = Sample("syslog.log");

        JsonElement session = JsonDocument.Parse(CommandRun.Of("sessions", log, "--users", "deploy").Lines.ShouldHaveSingleItem()).RootElement;
        session.GetProperty("State").GetString().ShouldBe("open");
        session.GetProperty("SourceIP").GetString().ShouldBe("203.0.113.77");
        CommandRun.Of("risky", log).Output.ShouldContain("download-to-shell");
        JsonDocument.Parse(CommandRun.Of("bursts", log).Lines.ShouldHaveSingleItem()).RootElement.GetProperty("Count").GetInt64().ShouldBe(12);
    }

    [Fact]
    public void Rules_come_from_a_file_as_well()
    {
        string rules = _scratch.Write("rules.json", """{"Syslog": [".*/usr/bin/uname"], "Other": ["x"]}""");

        var run = CommandRun.Of("risky", Sample("syslog.log"), "--only-rules", "--rules-file", rules, "--log-type", "Syslog");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Lines.ShouldAllBe(l => l.Contains("uname"));
        run.Lines.ShouldNotBeEmpty();
        CommandRun.Of("risky", Sample("syslog.log"), "--rules-file", rules).Error.ShouldContain("They are for: Syslog, Other.");
        CommandRun.Of("risky", Sample("syslog.log"), "--rules-file", _scratch["absent.json"]).ExitCode.ShouldBe(1);
        CommandRun.Of("risky", Sample("syslog.log"), "--log-type", "Syslog").ExitCode.ShouldBe(2);
    }

    [Fact]
    public void A_raw_log_is_not_taken_for_a_table_because_of_its_commas()
    {
        string path = _scratch.Write("messages", string.Concat(Enumerable.Range(0, 20).Select(i => $"Mar  4 02:11:{i:00} web-01 app[1]: a, b, {i}\n")));

        var run = CommandRun.Of("parse", path);

        run.Lines.Length.ShouldBe(20);
        JsonDocument.Parse(run.Lines[0]).RootElement.GetProperty("Computer").GetString().ShouldBe("web-01");
    }

    [Theory]
    [InlineData("tree", "--text", "x")]
    [InlineData("anomalies", "--column", "x")]
    [InlineData("signatures", "--signature", "0")]
    [InlineData("anomalies", "--score", "best")]
    [InlineData("anomalies", "--seasonal", "6")]
    [InlineData("parse", "--timezone", "Mars/Olympus")]
    [InlineData("tree", "--schema", "windows95")]
    public void What_makes_no_sense_is_used_wrongly(string verb, string option, string value)
    {
        var run = CommandRun.Of(verb, Sample("hourly-traffic.csv"), option, value);

        run.ExitCode.ShouldBe(2, run.Error);
        run.OutputBytes.ShouldBeEmpty();
        run.Error.ShouldContain(option);
    }

    [Theory]
    [InlineData("tree")]
    [InlineData("anomalies")]
    [InlineData("sessions")]
    public void A_table_without_the_columns_that_are_needed_is_an_error_that_says_so(string verb)
    {
        var run = CommandRun.Of(verb, _scratch.Write("a.csv", "First,Second\nx,y\nz,w\n"));

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldStartWith("quarry: ");
        run.Error.ShouldNotContain("   at ");
        run.Output.ShouldBe("");
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Every_verb_reads_an_empty_file_without_falling(string verb)
    {
        var run = CommandRun.Of(verb, _scratch.Write("empty.csv", ""), "-f", "csv");

        run.Error.ShouldNotContain("an error of Quarry's own");
        run.ExitCode.ShouldBeInRange(0, 1);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Every_verb_has_help_with_examples_and_columns(string verb)
    {
        var run = CommandRun.Of(verb, "--help");

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("Examples:");
        run.Output.ShouldContain("Columns of the output:");
        run.Output.ShouldContain("html");
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Every_verb_writes_a_page_that_loads_nothing(string verb)
    {
        string sample = verb switch
        {
            "decode" or "iocs" or "tree" => "windows-process-events.csv",
            "anomalies" => "hourly-traffic.csv",
            "signatures" => "office-activity.jsonl",
            _ => "syslog.log",
        };

        CommandRun.Of(verb, Sample(sample), "-o", _scratch["out.html"]).ExitCode.ShouldBe(0);

        string page = File.ReadAllText(_scratch["out.html"]);
        page.ShouldStartWith("<!doctype html>", Case.Insensitive);
        page.ShouldContain("Content-Security-Policy");
        page.ShouldContain("default-src 'none'");
        page.ShouldContain($"quarry {verb}");
        page.ShouldNotContain("<script src", Case.Insensitive);
        page.ShouldNotContain("<link rel=\"stylesheet\"", Case.Insensitive);
    }

    [Fact]
    public void Markup_of_a_log_stays_text_in_a_page()
    {
        string path = _scratch.Write("a.log", "</script><script>alert(1)</script><img src=x onerror=alert(2)> 198.51.100.7\n");

        var run = CommandRun.Of("iocs", path, "--format", "html");

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldNotContain("<script>alert");
        run.Output.ShouldNotContain("<img src");
    }

    [Fact]
    public void A_page_is_not_thrown_at_a_terminal()
    {
        var run = CommandRun.AtTerminal("search", "--format", "html");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("-o FILE.html");
    }

    [Fact]
    public void Search_as_a_page_has_every_verb()
    {
        CommandRun.Of("search", "-o", _scratch["found.html"]).ExitCode.ShouldBe(0);

        File.ReadAllText(_scratch["found.html"]).ShouldContain("anomalies");
    }

    [Fact]
    public void The_tour_is_one_page_with_charts()
    {
        var run = CommandRun.Of("demo", "--html", _scratch["tour.html"]);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldBe("");
        _scratch.Files.ShouldBe(["tour.html"]);
        string page = File.ReadAllText(_scratch["tour.html"]);
        page.ShouldContain("vega-lite");
        page.ShouldContain("wuhelper");
        page.ShouldContain("quarry bursts samples/syslog.log");
        page.ShouldNotContain(Path.GetTempPath().TrimEnd('/') + "/quarry-demo-");
    }

    [Fact]
    public void Rows_beyond_what_a_page_takes_are_counted_in_it()
    {
        string path = _scratch.Write("many.log", string.Concat(Enumerable.Range(0, 50_100).Select(i => string.Create(CultureInfo.InvariantCulture, $"198.51.{i / 250}.{i % 250}\n"))));

        CommandRun.Of("iocs", path, "-o", _scratch["many.html"]).ExitCode.ShouldBe(0);

        File.ReadAllText(_scratch["many.html"]).ShouldContain("50,100");
    }

    [Theory]
    [InlineData("signatures", "signature")]
    [InlineData("stl", "anomalies")]
    [InlineData("syslog", "parse")]
    [InlineData("4688", "tree")]
    [InlineData("logon", "sessions")]
    public void Search_leads_to_the_verb(string word, string expected)
    {
        string[] verbs = [.. CommandRun.Of("search", word).Lines.Select(l => JsonDocument.Parse(l).RootElement.GetProperty("verb").GetString()!)];

        verbs.ShouldContain(v => v.StartsWith(expected, StringComparison.Ordinal));
    }

    private static string Sample(string name) => Path.Combine(Repository.Root, "samples", name);
}
