using System.Globalization;
using System.Text;

namespace Quarry.Cli.Tests;

/// <summary>What the command does as a process: pipes that close, disks that are full, signals.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("jsonl")]
    [InlineData("csv")]
    [InlineData("table")]
    public void A_closed_pipe_ends_quietly(string format)
    {
        WriteLog(20_000);

        CommandProcess run = Shell($"quarry iocs log.jsonl --limit 0 -f {format} | head -1 > /dev/null; echo ${{PIPESTATUS[0]}}");

        run.Output.ShouldBe("0\n");
        run.Error.ShouldNotContain("Exception");
    }

    [Theory]
    [InlineData("INT", "out.jsonl")]
    [InlineData("TERM", "out.jsonl")]
    [InlineData("TERM", "out.parquet")]
    [InlineData("HUP", "out.jsonl")]
    public void A_signal_ends_it_within_seconds_and_leaves_no_file(string signal, string name)
    {
        // A pipe that gives a row and never ends: the work cannot be over before the signal. Job control gives the
        // process its own group and the usual handling of the interrupt.
        CommandProcess run = Shell($$"""
            set -m
            mkfifo in.jsonl
            (echo '{"a":"http://evil.example.com/"}'; exec sleep 50) > in.jsonl &
            feeder=$!
            "${quarry[@]}" iocs in.jsonl -o {{name}} &
            job=$!
            sleep 2
            began=$(date +%s%N)
            kill -{{signal}} -- -$job
            wait $job
            code=$?
            ended=$(date +%s%N)
            kill -- -$feeder
            echo "$code $(( (ended - began) / 1000000 ))"
            """);

        int[] numbers = [.. run.Output.Split().Where(w => w.Length > 0).Select(w => int.Parse(w, CultureInfo.InvariantCulture))];
        numbers[0].ShouldBe(1);
        numbers[1].ShouldBeLessThan(4000);
        run.Error.ShouldContain("quarry: interrupted");
        _scratch.Files.ShouldBe(["in.jsonl"]);
    }

    [Theory]
    [InlineData("jsonl")]
    [InlineData("parquet")]
    public void A_device_stays_a_device(string format)
    {
        WriteLog(10);

        CommandProcess run = Shell(
            $"quarry iocs log.jsonl -f {format} -o /dev/null; echo $?; ln -s /dev/null link; quarry iocs log.jsonl -f {format} -o link; echo $?; test -c /dev/null && echo device");

        run.Output.ShouldBe("0\n0\ndevice\n");
    }

    [Theory]
    [InlineData("iocs log.jsonl -f jsonl -o /dev/full")]
    [InlineData("iocs log.jsonl -f parquet -o /dev/full")]
    [InlineData("iocs log.jsonl > /dev/full")]
    [InlineData("--version > /dev/full")]
    [InlineData("--help > /dev/full")]
    [InlineData("completion bash > /dev/full")]
    [InlineData("decode --annotate --text a > /dev/full")]
    public void A_full_disk_is_exit_code_1_and_one_line(string arguments)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "This system has no /dev/full to stand for a full disk.");
        WriteLog(10);

        CommandProcess run = Shell($"quarry {arguments}; echo $? > code");

        File.ReadAllText(_scratch["code"]).ShouldBe("1\n");
        run.Error.ShouldStartWith("quarry: ");
        run.Error.ShouldContain("No space left on device");
        run.Error.Count(c => c == '\n').ShouldBe(1, run.Error);
    }

    [Theory]
    [InlineData("iocs nothing.csv 2>&-")]
    [InlineData("iocs nothing.csv 2>/dev/full")]
    [InlineData("iocs log.jsonl >&-")]
    [InlineData("iocs - <&-")]
    public void Closed_standard_streams_are_a_failure_like_any_other(string arguments)
    {
        WriteLog(10);

        CommandProcess run = Shell($"quarry {arguments}; echo $? > code");

        File.ReadAllText(_scratch["code"]).ShouldBe("1\n");
        run.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public void Without_input_and_with_standard_input_closed_it_is_used_wrongly()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells that a stream was closed.");

        CommandProcess run = Shell("quarry iocs <&-; echo $?");

        run.Output.ShouldBe("2\n");
        run.Error.ShouldContain("nothing to read");
    }

    [Fact]
    public void A_named_pipe_is_written_to_and_stays_one()
    {
        WriteLog(10);

        CommandProcess run = Shell("mkfifo pipe.jsonl; cat pipe.jsonl > got & quarry iocs log.jsonl -o pipe.jsonl; echo $?; wait; test -p pipe.jsonl && echo pipe");

        run.Output.ShouldBe("0\npipe\n");
        File.ReadAllLines(_scratch["got"]).Length.ShouldBe(20);
    }

    [Theory]
    [InlineData("-")]
    [InlineData("/dev/stdout")]
    [InlineData("/dev/stderr")]
    public void The_standard_streams_can_be_named_as_output(string name)
    {
        WriteLog(10);

        CommandProcess run = Shell($"quarry iocs log.jsonl -q -f jsonl -o {name} 2>&1 | cat");

        run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(20, run.Output);
    }

    [Fact]
    public void Bash_completes_verbs_and_options()
    {
        CommandProcess run = Shell("""
            source <(quarry completion bash)
            complete -p quarry
            COMP_LINE='quarry dec'; COMP_POINT=10; COMP_WORDS=(quarry dec); COMP_CWORD=1; _quarry; echo "${COMPREPLY[@]}"
            COMP_LINE='quarry iocs --dec'; COMP_POINT=17; COMP_WORDS=(quarry iocs --dec); COMP_CWORD=2; _quarry; echo "${COMPREPLY[@]}"
            """);

        run.Output.ShouldBe("complete -o default -F _quarry quarry\ndecode\n--decode\n");
    }

    private CommandProcess Shell(string script) => CommandProcess.Shell(_scratch, script);

    private void WriteLog(int rows)
    {
        var text = new StringBuilder();
        for (int i = 0; i < rows; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{{\"a\":\"http://h{i}.example.com/\"}}\n");
        }

        _scratch.Write("log.jsonl", text.ToString());
    }
}
