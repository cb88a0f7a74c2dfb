namespace Quarry.Cli.Tests;

public sealed class ServeVerbTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Serves_a_table_prints_its_address_and_ends_by_a_signal()
    {
        _scratch.Write("events.csv", "Id,Name\n1,a\n2,b\n");

        CommandProcess run = CommandProcess.Shell(_scratch, """
            "${quarry[@]}" serve --kusto -t Events=events.csv --port 0 --database Case > address 2> said &
            server=$!
            for i in {1..300}; do [ -s address ] && break; sleep 0.1; done
            exec 3<>/dev/tcp/127.0.0.1/$(sed 's/.*://' address)
            body='{"db":"Case","csl":"Events | count"}'
            printf 'POST /v1/rest/query HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s' ${#body} "$body" >&3
            cat <&3
            kill -TERM $server
            wait $server
            echo "code $?"
            cat said
            """);

        run.Output.ShouldContain("\"Rows\":[[2]]");
        run.Output.ShouldContain("code 0");
        run.Output.ShouldContain("1 table as database Case, for this machine only");
    }

    [Fact]
    public void Says_that_a_port_is_taken()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        int port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;

        CommandRun run = CommandRun.Of("serve", "--kusto", "--port", $"{port}");

        run.ExitCode.ShouldBe(ExitCode.Failed);
        run.Error.ShouldContain($"Port {port} of this machine cannot be had");
        run.Error.ShouldContain("Give another one, or 0 for any.");
    }

    [Theory]
    [InlineData("Say what to serve: --kusto.")]
    [InlineData("--port is 70000", "--kusto", "--port", "70000")]
    [InlineData("--port is -1", "--kusto", "--port", "-1")]
    public void Wrong_use_says_what_to_give(string said, params string[] options)
    {
        CommandRun run = CommandRun.Of(["serve", .. options]);

        run.ExitCode.ShouldBe(ExitCode.UsedWrongly);
        run.Error.ShouldContain(said);
    }
}
