using System.Text.Json;

namespace Quarry.Cli.Tests;

public sealed class QueriesVerbTests : IDisposable
{
    private const string Syslog = "TimeGenerated,Computer,ProcessName,SyslogMessage\n"
        + "2026-03-05T08:02:00Z,lx-01,sudo,   alice : TTY=pts/0 ; PWD=/home/alice ; USER=root ; COMMAND=/bin/cat /etc/shadow\n"
        + "2026-03-05T08:03:00Z,lx-02,sudo,   bob : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/id\n";

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Runs_a_query_over_files()
    {
        string path = _scratch.Write("Syslog.csv", Syslog);

        var run = CommandRun.Of("queries", "run", "LinuxSyslog.sudo_activity", "-t", path, "--now", "2026-03-05T12:00Z", "-p", "host_name=lx-01", "--format", "csv");

        run.Error.ShouldBe("");
        run.Output.ShouldBe("TimeGenerated,Computer,Sudoer,AsUser,Folder,Command\n2026-03-05T08:02:00.0000000Z,lx-01,alice,root,/home/alice,/bin/cat /etc/shadow\n");
        run.ExitCode.ShouldBe(0);
    }

    [Fact]
    public void Prints_the_query_with_its_values_as_values()
    {
        var run = CommandRun.Of("queries", "run", "list_aad_signins_for_ip", "--print", "--now", "2026-03-05T12:00Z", "-p", "ip_address_list=a'b,c", "-p", "ip_address_list=d");

        run.Output.ShouldContain("| where TimeGenerated >= datetime(2026-02-26T12:00:00Z) and TimeGenerated < datetime(2026-03-05T12:00:00Z)\n");
        run.Output.ShouldContain("| where IPAddress in ('a\\'b,c', 'd')\n");
        run.Output.ShouldNotContain("{");
        run.ExitCode.ShouldBe(0);
    }

    [Fact]
    public void Explains_a_query()
    {
        var run = CommandRun.Of("queries", "help", "linuxsyslog.list_logons_for_account");

        run.Output.ShouldStartWith("LinuxSyslog.list_logons_for_account\n  Logons of an account by SSH, and attempts that failed\n  For: MSSentinel, Kusto\n  From: Quarry\n\nParameters\n  account_name (str, required)\n      The account's name\n");
        run.Output.ShouldContain("  start (datetime, default: -1d)\n");
        run.Output.ShouldContain("  host_name (str, default: nothing; also hostname)\n");
        run.Output.ShouldContain("\nQuery\n  {table}\n  | where ProcessName == \"sshd\"");
        run.Output.ShouldEndWith("\nExample\n  quarry queries run LinuxSyslog.list_logons_for_account --folder logs --param account_name=alice\n");
    }

    [Fact]
    public void Finds_and_lists_queries()
    {
        JsonDocument.Parse(CommandRun.Of("queries", "search", "sudo").Lines[0]).RootElement.GetProperty("Query").GetString().ShouldBe("LinuxSyslog.sudo_activity");
        CommandRun.Of("queries", "list").Lines.Length.ShouldBeGreaterThan(45);
        CommandRun.Of("queries", "list", "--environment", "mde").Lines.ShouldAllBe(line => line.Contains("MDE"));
        CommandRun.Of("queries", "search", "no", "such", "thing").Error.ShouldContain("quarry queries list shows all");
        CommandRun.AtTerminal("queries", "search", "beacon").Output.ShouldContain("Network.list_beacons");
    }

    [Fact]
    public void Takes_queries_of_the_users_own_and_says_what_is_wrong_with_them()
    {
        _scratch.Write("mine.yaml", "metadata:\n  data_families: [Mine]\nsources:\n  q:\n    description: Mine\n    args:\n      query: 'print x = \"{v}\"'\n    parameters:\n      v:\n        type: str\n");
        _scratch.Write("broken.yaml", "sources:\n\tq:\n");
        string folder = Path.GetDirectoryName(_scratch["x"])!;

        var run = CommandRun.Of("queries", "run", "Mine.q", "--query-path", folder, "-p", "v=a\"b");

        run.Output.ShouldBe("{\"x\":\"a\\\"b\"}\n");
        run.Error.ShouldContain("broken.yaml:2: ");
        run.ExitCode.ShouldBe(0);
        CommandRun.Of("queries", "help", "Mine.q", "--query-path", folder).Output.ShouldContain("mine.yaml, line 4");
    }

    [Theory]
    [InlineData(2, "Did you mean list?", "queries", "lst")]
    [InlineData(1, "did you mean 'LinuxSyslog.sudo_activity'?", "queries", "help", "LinuxSyslog.sudo_activty")]
    [InlineData(1, "needs a value for account_name", "queries", "run", "list_logons_for_account")]
    [InlineData(1, "Did you mean hostname?", "queries", "run", "sudo_activity", "-p", "hostnam=x")]
    [InlineData(1, "takes a time", "queries", "run", "sudo_activity", "-p", "start=soon")]
    [InlineData(1, "semicolon", "queries", "run", "sudo_activity", "-p", "add_query_items=| take 1; print 2")]
    [InlineData(2, "give NAME=VALUE", "queries", "run", "sudo_activity", "-p", "start")]
    [InlineData(2, "given twice", "queries", "run", "sudo_activity", "-p", "start=-1d", "-p", "start=-2d")]
    [InlineData(2, "--now", "queries", "run", "sudo_activity", "--now", "soon")]
    [InlineData(1, "There is no file or folder", "queries", "list", "--query-path", "no-such-folder")]
    [InlineData(1, "Syslog", "queries", "run", "sudo_activity")]
    public void Says_what_is_wrong(int code, string message, params string[] arguments)
    {
        var run = CommandRun.Of(arguments);

        run.Error.ShouldContain(message);
        run.Output.ShouldBe("");
        run.ExitCode.ShouldBe(code);
    }

    [Fact]
    public void Is_known_to_search_completion_and_help()
    {
        CommandRun.Of("search", "msticpy").Output.ShouldContain("\"queries\"");
        CommandRun.Of("[suggest:34]", "quarry queries help LinuxSyslog.su").Output.ShouldContain("LinuxSyslog.sudo_activity");
        CommandRun.Of("queries", "run", "--help").Output.ShouldContain("quarry queries run Network.list_beacons --print");
        CommandRun.Of("queries", "--help").Output.ShouldContain("help <NAME>");
        CommandRun.Of("--help").Output.ShouldContain("queries");
    }
}
