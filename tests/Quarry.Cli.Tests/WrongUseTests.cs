namespace Quarry.Cli.Tests;

/// <summary>What an impatient user types, and what hostile input is called.</summary>
public sealed class WrongUseTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("--colum", "--column")]
    [InlineData("--decod", "--decode")]
    [InlineData("-z", "--help")]
    public void An_option_that_does_not_exist_is_no_file(string option, string said)
    {
        var run = CommandRun.Of("iocs", _scratch.Write("a.txt", "x"), option);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain($"There is no option '{option}'.");
        run.Error.ShouldContain(said);
    }

    [Fact]
    public void Behind_two_dashes_everything_is_a_file() =>
        CommandRun.Of("iocs", "--", "--colum").Error.ShouldContain("There is no file '--colum'");

    [Fact]
    public void A_verb_that_does_not_exist_is_one_line_with_the_nearest()
    {
        var run = CommandRun.Of("iosc", "a.csv", "--column", "b");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldStartWith("quarry: There is no verb 'iosc'. Did you mean iocs?");
        run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
    }

    [Fact]
    public void Nothing_at_all_shows_the_help_and_is_used_wrongly()
    {
        var run = CommandRun.Of();

        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain("quarry demo");
    }

    [Theory]
    [InlineData("empty.csv", "")]
    [InlineData("empty.jsonl", "")]
    [InlineData("empty.txt", "")]
    [InlineData("bom.csv", "\uFEFF")]
    [InlineData("array.json", "[]")]
    [InlineData("object.json", "{}")]
    public void An_input_without_rows_is_an_output_without_rows(string name, string content)
    {
        string path = _scratch.Write(name, content);

        foreach (string verb in new[] { "iocs", "decode" })
        {
            var run = CommandRun.Of(verb, path, "-f", "csv");

            run.ExitCode.ShouldBe(0, run.Error);
            run.Lines.Length.ShouldBe(1);
            run.Error.Contains("is empty").ShouldBe(content.Length < 2);
        }
    }

    [Fact]
    public void A_file_of_another_format_than_it_says_is_reported_also_beside_a_good_one()
    {
        string wrong = _scratch.Write("wrong.jsonl", "a,b\n1,http://evil.example.com\n");
        string good = _scratch.Write("good.jsonl", """{"a":"x.example.com"}""");

        var alone = CommandRun.Of("iocs", wrong);
        var beside = CommandRun.Of("iocs", good, wrong);

        alone.ExitCode.ShouldBe(1);
        alone.Error.ShouldContain("2 malformed rows left out");
        beside.Lines.Length.ShouldBe(1);
        beside.Error.ShouldContain("2 malformed rows left out");
    }

    [Fact]
    public void A_hostile_name_cannot_make_a_line_of_its_own()
    {
        var run = CommandRun.Of("iocs", "no\nquarry: all is well\u001b[2J");

        run.ExitCode.ShouldBe(1);
        run.Error.Count(c => c == '\n').ShouldBe(1);
        run.Error.ShouldNotContain('\u001b');
    }

    [Theory]
    [InlineData("decode", "--annotate", "--text", "a", "-o", "x.txt")]
    [InlineData("decode", "--annotate", "--text", "a", "x.txt")]
    [InlineData("iocs", "--text", "a", "--threads", "99999999999")]
    [InlineData("iocs", "--text", "a", "-o", "/")]
    [InlineData("completion", "tcsh")]
    public void What_would_be_ignored_is_refused(params string[] arguments)
    {
        var run = CommandRun.Of(arguments);

        run.ExitCode.ShouldBe(2);
        run.OutputBytes.ShouldBeEmpty();
        run.Error.ShouldNotContain("2147483647");
        run.Error.ShouldNotContain("\\n");
    }
}
