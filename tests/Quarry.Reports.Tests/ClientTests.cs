using System.Diagnostics;
using Quarry.Reports.Tests.Charts;

namespace Quarry.Reports.Tests;

public sealed class ClientTests
{
    [Fact]
    public void The_pages_own_tests_pass()
    {
        var start = new ProcessStartInfo("node")
        {
            ArgumentList = { "--test", "tests/" },
            WorkingDirectory = ChartCheck.ClientFolder,
            RedirectStandardOutput = true,
        };

        using Process node = Process.Start(start)!;
        string output = node.StandardOutput.ReadToEnd();
        node.WaitForExit();

        node.ExitCode.ShouldBe(0, output);
    }

    [Fact]
    public void The_lock_file_names_no_registry() =>
        File.ReadAllText(Path.Combine(ChartCheck.ClientFolder, "package-lock.json")).ShouldNotContain("\"resolved\"");
}
