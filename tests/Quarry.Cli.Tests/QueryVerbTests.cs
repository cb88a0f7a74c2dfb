using System.Text;

namespace Quarry.Cli.Tests;

public sealed class QueryVerbTests : IDisposable
{
    private const string Sample = "Time,Host,N\n2026-03-04T10:00:00Z,web-01,1\n2026-03-04T11:00:00Z,web-02,2\n2026-03-04T12:00:00Z,web-01,3\n";

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_query_needs_no_table() => CommandRun.Of("query", "print x = 40 + 2").Output.ShouldBe("{\"x\":42}\n");

    [Theory]
    [InlineData("T={0}", "T")]
    [InlineData("{0}", "a")]
    [InlineData("odd 'name'={0}", "['odd \\'name\\'']")]
    [InlineData("\"; DROP TABLE x; --={0}", "['\"; DROP TABLE x; --']")]
    public void A_file_is_a_table_by_its_name_or_one_that_is_given(string table, string name)
    {
        string path = _scratch.Write("a.csv", Sample);

        var run = CommandRun.Of("query", $"{name} | summarize n = sum(N) by Host | order by Host asc", "-t", string.Format(System.Globalization.CultureInfo.InvariantCulture, table, path), "--format", "csv");

        run.Error.ShouldBe("");
        run.Output.ShouldBe("Host,n\nweb-01,4\nweb-02,2\n");
    }

    [Fact]
    public void A_table_may_come_from_standard_input_and_a_query_from_a_file()
    {
        string query = _scratch.Write("hunt.kql", "T // all\n| count");

        CommandRun.Piped(Encoding.UTF8.GetBytes(Sample), "query", "-f", query, "-t", "T=-").Output.ShouldBe("{\"Count\":3}\n");
        CommandRun.Piped("print 1"u8.ToArray(), "query", "-").Output.ShouldBe("{\"print_0\":1}\n");
    }

    [Fact]
    public void Files_of_a_glob_are_tables_by_their_names_or_one_of_a_name()
    {
        _scratch.Write("a.csv", Sample);
        _scratch.Write("b.csv", Sample);

        CommandRun.Of("query", "a | join kind=inner b on Time | count", "-t", _scratch["*.csv"]).Output.ShouldBe("{\"Count\":3}\n");
        CommandRun.Of("query", "T | count", "-t", "T=" + _scratch["*.csv"]).Output.ShouldBe("{\"Count\":6}\n");
    }

    [Fact]
    public void What_of_a_folder_is_no_table_is_said()
    {
        _scratch.Write("a.csv", Sample);
        _scratch.Write("broken.parquet", "no parquet");
        _scratch.Write("notes.bin", "x");

        var run = CommandRun.Of("query", "a | count", "--folder", Path.GetDirectoryName(_scratch["x"])!);

        run.Output.ShouldBe("{\"Count\":3}\n");
        run.Error.ShouldContain("broken");
        run.Error.ShouldContain("notes.bin");
        run.ExitCode.ShouldBe(0);
    }

    [Fact]
    public void What_is_wrong_is_marked_under_the_text()
    {
        string path = _scratch.Write("a.csv", Sample);

        var run = CommandRun.Of("query", "a | where Hst == 1", "-t", path);

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldBe("");
        run.Error.ShouldContain("did you mean 'Host'");
        run.Error.ReplaceLineEndings("\n").ShouldContain(" 1 │ a | where Hst == 1\n   │           ^^^\n");
    }

    [Fact]
    public void No_control_character_of_a_query_or_its_data_reaches_the_terminal()
    {
        string path = _scratch.Write("a.csv", "A\n\u001b[2J\u0007\u202e\n");

        foreach (CommandRun run in (CommandRun[])[
            CommandRun.AtTerminal("query", "a | where \u001b]0;x\u0007 \u202e", "-t", path),
            CommandRun.AtTerminal("query", "a | extend B = '\u001b[31m'", "-t", path),
            CommandRun.AtTerminal("query", "a | extend B = '\u001b[31m'", "-t", path, "--explain"),
            CommandRun.AtTerminal("query", "a | summarize count() by A | render barchart with (title='\u001b[31m')", "-t", path)])
        {
            (run.Output + run.Error).Where(c => (char.IsControl(c) && c is not ('\n' or '\r' or '\t')) || c is '\u202e').ShouldBeEmpty();
        }
    }

    [Fact]
    public void Parameters_are_values_and_never_text()
    {
        var run = CommandRun.Of("query", "declare query_parameters(a:string, n:long = 7); print a, n", "-p", "a='; DROP TABLE x; --", "--format", "csv");

        run.Output.ShouldBe("print_0,print_1\n'; DROP TABLE x; --,7\n", run.Error);
        CommandRun.Of("query", "print 1", "-p", "b=1").ExitCode.ShouldBe(1);
    }

    [Fact]
    public void Now_is_what_one_says() =>
        CommandRun.Of("query", "print startofday(now())", "--now", "2026-03-05T12:00:00Z", "--format", "csv").Output.ShouldContain("2026-03-05T00:00:00");

    [Fact]
    public void Explain_runs_nothing()
    {
        var run = CommandRun.Of("query", "declare query_parameters(secret:string); print x = strlen(secret) | where x > 1", "--explain", "-p", "secret=hunter2");

        run.Output.ShouldContain("PrintOperator");
        run.Output.ShouldContain("x: long");
        run.Output.ShouldContain("SELECT");
        run.Output.ShouldNotContain("hunter2");
    }

    [Fact]
    public void Several_tables_stand_below_each_other_and_in_no_file()
    {
        CommandRun.Of("query", "print a = 1; print b = 2", "--format", "csv").Output.ShouldBe("a\n1\n\nb\n2\n");

        var run = CommandRun.Of("query", "print a = 1; print b = 2", "-o", _scratch["x.csv"]);
        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("2 tables");
        _scratch.Files.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("timechart")]
    [InlineData("barchart")]
    [InlineData("columnchart")]
    [InlineData("piechart")]
    [InlineData("areachart")]
    [InlineData("scatterchart")]
    public void Render_draws_on_the_terminal_and_in_a_page(string chart)
    {
        string path = _scratch.Write("a.csv", Sample);
        string query = $"a | project Time, N | render {chart} with (title='My <title>')";

        var run = CommandRun.AtTerminal("query", query, "-t", path);
        run.Output.ShouldContain("My <title>");
        run.Output.ShouldNotContain("╭");
        run.Error.ShouldContain("3 rows, drawn");

        CommandRun.Of("query", query, "-t", path, "-o", _scratch["a.html"]).ExitCode.ShouldBe(0);
        File.ReadAllText(_scratch["a.html"]).ShouldContain("vega-lite/v6.json");
        CommandRun.Of("query", query, "-t", path).Lines.Length.ShouldBe(3);
    }

    [Fact]
    public void A_chart_that_is_not_drawn_is_a_table_with_a_remark()
    {
        var run = CommandRun.AtTerminal("query", "print a = 'x', b = 1 | render treemap");

        run.Output.ShouldContain("╭");
        run.Error.ShouldContain("treemap is not drawn");
    }

    [Fact]
    public void Piped_queries_are_run_one_after_the_other_and_an_error_does_not_stop_the_rest()
    {
        var run = CommandRun.Piped("let x = 1;\nprint x;\nprint wrong(;\n\nprint 3\n\n.quit\nprint 4"u8.ToArray(), "query", "-i", "--format", "csv");

        run.Output.ShouldBe("print_0\n1\nprint_0\n3\n");
        run.Error.ShouldContain("^");
        run.ExitCode.ShouldBe(1);
    }

    [Fact]
    public void A_query_that_takes_too_long_is_stopped()
    {
        var run = CommandRun.Of("query", "range a from 1 to 100000000 step 1 | extend h = hash_sha256(tostring(a)) | summarize dcount(h), max(h)", "--timeout", "300ms");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("stopped after 0.3 s");
    }

    [Theory]
    [InlineData("query")]
    [InlineData("query", "print 1", "-f", "csv")]
    [InlineData("query", "print 1", "-i")]
    [InlineData("query", "print 1", "--timeout", "soon")]
    [InlineData("query", "print 1", "--memory", "1")]
    [InlineData("query", "print 1", "--now", "yesterday")]
    [InlineData("query", "print 1", "--param", "x")]
    [InlineData("query", "print 1", "-t", "=x")]
    [InlineData("query", "-", "-t", "T=-")]
    [InlineData("query", "print 1", "--tabel", "x")]
    [InlineData("tables", "--known", "a", "--schema", "b")]
    public void A_wrong_command_line_is_refused(params string[] arguments)
    {
        CommandRun.Of(arguments).ExitCode.ShouldBe(2);
    }

    [Fact]
    public void Tables_are_listed_with_columns_types_and_schemas()
    {
        string path = _scratch.Write("SecurityEvent.csv", "TimeGenerated,EventID\n2026-03-04T10:00:00Z,4625\n");

        var run = CommandRun.Of("tables", "-t", path, "--format", "csv");
        run.Output.ShouldContain("SecurityEvent,,Sentinel,");
        run.Output.ShouldContain("EventID:int");

        CommandRun.Of("tables", "-t", path, "--schema", "SecurityEvent", "--format", "csv").Output.ShouldContain("EventID,int");
        CommandRun.Of("tables", "--known", "signinlogs", "--format", "csv").Output.ShouldContain("SigninLogs,Sentinel,");
        CommandRun.Of("tables", "--schema", "SigninLog").Error.ShouldContain("did you mean 'SigninLogs'");
    }

    [Fact]
    public void The_search_finds_the_verb() => CommandRun.Of("search", "kql").Output.ShouldContain("\"verb\":\"query\"");
}
