using Quarry.Data.Kql;
using Quarry.Web;
using Quarry.Web.Kusto;

namespace Quarry.Cli.Tests;

/// <summary>Verbs that ask a service: the loopback endpoint stands for Log Analytics and for a cluster.</summary>
public sealed class SourceVerbTests : IAsyncLifetime
{
    private readonly Scratch _scratch = new();
    private readonly KqlDatabase _served = KqlDatabase.Create();
    private LoopbackServer _server = null!;
    private string _configuration = "";

    public async ValueTask InitializeAsync()
    {
        _served.AddFile("OfficeActivity", Path.Combine(Repository.Root, "samples/office-activity.jsonl"));
        _served.AddFile("Traffic", Path.Combine(Repository.Root, "samples/hourly-traffic.csv"));
        _served.AddFile("Event", Path.Combine(Repository.Root, "samples/windows-process-events.csv"));
        _server = await KustoEndpoint.StartAsync(_served);
        _configuration = _scratch.Write(
            "msticpyconfig.yaml",
            $"""
            AzureSentinel:
              Workspaces:
                Default:
                  WorkspaceId: 52b1ab41-869e-4138-9e40-2a4457f09bf0
                  TenantId: 72f988bf-86f1-41af-91ab-2d7cd011db49
                  Endpoint: {_server.Address}
            DataProviders:
              Kusto-Case:
                Args:
                  Cluster: {_server.Address}
                  Database: Local
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _served.Dispose();
        _scratch.Dispose();
    }

    [Theory]
    [InlineData("MSSentinel")]
    [InlineData("Kusto")]
    public void A_query_gives_the_rows_that_it_gives_on_files(string source)
    {
        const string Query = "OfficeActivity | summarize count() by Operation | sort by count_ desc, Operation asc";

        CommandRun asked = Ask("query", Query, "--source", source, "--format", "csv");
        CommandRun local = CommandRun.Of("query", Query, "-t", $"OfficeActivity={Repository.Root}/samples/office-activity.jsonl", "--format", "csv");

        asked.Error.ShouldBeEmpty();
        asked.ExitCode.ShouldBe(ExitCode.Done);
        asked.Output.ShouldBe(local.Output);
    }

    [Theory]
    [InlineData("MSSentinel")]
    [InlineData("Kusto")]
    public void The_tables_are_listed_with_their_columns(string source)
    {
        CommandRun run = Ask("tables", "--source", source, "--format", "csv");

        run.ExitCode.ShouldBe(ExitCode.Done);
        run.Lines.Length.ShouldBe(4);
        run.Output.ShouldContain("Traffic,table");
        run.Output.ShouldContain("TimeGenerated:datetime, TotalBytesSent:long");
        Ask("tables", "--source", source, "--schema", "Traffic", "--format", "csv").Lines.ShouldBe(["Column,Type", "TimeGenerated,datetime", "TotalBytesSent,long"]);
    }

    [Fact]
    public void Only_rows_of_the_time_range_come()
    {
        CommandRun run = Ask("query", "Traffic | count", "--source", "MSSentinel", "--from", "2026-01-12", "--to", "2026-01-13", "--format", "csv");

        run.Lines.ShouldBe(["Count", "24"]);
    }

    [Fact]
    public void A_long_range_is_asked_in_parts_and_put_together_in_order()
    {
        string[] range = ["--source", "MSSentinel", "--from", "2026-01-12", "--to", "2026-02-12", "--format", "csv"];

        CommandRun whole = Ask(["query", "Traffic | where TotalBytesSent > 200000000 | project TimeGenerated", .. range]);
        CommandRun parts = Ask(["query", "Traffic | where TotalBytesSent > 200000000 | project TimeGenerated", .. range, "--split-by", "3d", "--in-flight", "3"]);

        whole.Lines.Length.ShouldBeGreaterThan(100);
        parts.Output.ShouldBe(whole.Output);
        Ask(["query", "Traffic | count", .. range, "--split-by", "3d"]).Error.ShouldContain("count");
    }

    [Fact]
    public void Explaining_sends_nothing_of_the_query_and_shows_what_would_be_sent()
    {
        CommandRun run = Ask("query", "declare query_parameters(op:string); OfficeActivity | where Operation == op", "-p", "op=x' | take 1", "--source", "MSSentinel", "--explain");

        run.Output.ShouldContain("To Sentinel workspace Default");
        run.Output.ShouldContain(@"let ['op'] = 'x\' | take 1'; OfficeActivity");
    }

    [Fact]
    public void What_the_service_says_of_a_wrong_query_is_handed_on()
    {
        CommandRun run = Ask("query", "OfficeActivity | sumarize count()", "--source", "MSSentinel");

        run.ExitCode.ShouldBe(ExitCode.Failed);
        run.Error.ShouldContain("did you mean 'summarize'?");
        run.Output.ShouldBeEmpty();
    }

    [Fact]
    public void An_answer_that_fails_leaves_no_file()
    {
        CommandRun run = Ask("query", "Nothing", "--source", "MSSentinel", "-o", _scratch["out.csv"]);

        run.ExitCode.ShouldBe(ExitCode.Failed);
        File.Exists(_scratch["out.csv"]).ShouldBeFalse();
    }

    [Fact]
    public void Signatures_are_counted_there()
    {
        CommandRun asked = Ask("signatures", "--source", "MSSentinel", "--rows", "OfficeActivity", "--feature", "Operation", "--format", "csv");
        CommandRun local = CommandRun.Of("signatures", Path.Combine(Repository.Root, "samples/office-activity.jsonl"), "--feature", "Operation", "--format", "csv");

        asked.ExitCode.ShouldBe(ExitCode.Done);
        asked.Lines.Order().ShouldBe(local.Lines.Order());
    }

    [Fact]
    public void The_odd_hours_are_found_there()
    {
        CommandRun asked = Ask("anomalies", "--source", "MSSentinel", "--rows", "Traffic", "--period", "24,168", "--robust", "--view", "anomalies", "--format", "csv");
        CommandRun local = CommandRun.Of("anomalies", Path.Combine(Repository.Root, "samples/hourly-traffic.csv"), "--period", "24,168", "--robust", "--view", "anomalies", "--format", "csv");

        asked.Error.ShouldBeEmpty();
        asked.Output.ShouldBe(local.Output);
    }

    [Fact]
    public void An_analysis_that_cannot_run_there_works_on_the_rows_that_come()
    {
        CommandRun run = Ask("tree", "--source", "MSSentinel", "--rows", "Event | where Computer startswith 'WS-FIN'", "--root", "WINWORD.EXE", "--format", "text");

        run.ExitCode.ShouldBe(ExitCode.Done);
        run.Output.ShouldContain("powershell.exe");
    }

    [Theory]
    [InlineData("--table and --folder are files", "query", "T", "--source", "MSSentinel", "-t", "T=x.csv")]
    [InlineData("Did you mean Sentinel?", "query", "T", "--source", "Sentnel")]
    [InlineData("Say which rows of the source", "signatures", "--source", "MSSentinel")]
    [InlineData("INPUT and --text are here", "signatures", "x.csv", "--source", "MSSentinel", "--rows", "T")]
    [InlineData("--split-by needs a time range", "query", "T", "--source", "MSSentinel", "--split-by", "1d")]
    [InlineData("--from is not before --to", "query", "T", "--source", "MSSentinel", "--from", "2026-01-02", "--to", "2026-01-01")]
    [InlineData("Give either --last", "query", "T", "--source", "MSSentinel", "--last", "1d", "--to", "2026-01-01")]
    [InlineData("--in-flight is 0", "query", "T", "--source", "MSSentinel", "--in-flight", "0")]
    [InlineData("Elsewhere", "query", "T", "--source", "MSSentinel", "--workspace", "Elsewhere")]
    public void Wrong_use_says_what_to_give(string said, params string[] arguments)
    {
        CommandRun run = Ask(arguments);

        run.ExitCode.ShouldNotBe(ExitCode.Done);
        run.Error.ShouldContain(said);
        run.Output.ShouldBeEmpty();
    }

    private CommandRun Ask(params string[] arguments) => CommandRun.Of([.. arguments, "--config", _configuration]);
}
