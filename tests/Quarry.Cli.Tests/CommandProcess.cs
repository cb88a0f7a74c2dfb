using System.Diagnostics;

namespace Quarry.Cli.Tests;

/// <summary>The built command as a process of its own, for what only a process has: pipes, signals, exit codes.</summary>
internal sealed record CommandProcess(int ExitCode, string Output, string Error, TimeSpan Took)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Skips the test where there is no POSIX shell.</summary>
    public static void RequireShell() =>
        Assert.SkipUnless(File.Exists("/bin/bash") && !OperatingSystem.IsWindows(), "This system has no bash to set pipes and signals up with.");

    /// <summary>Runs a shell script in which <c>quarry</c> is the command (and <c>"${quarry[@]}"</c>, without a subshell behind <c>&amp;</c>); its working directory is the scratch folder.</summary>
    public static CommandProcess Shell(Scratch scratch, string script)
    {
        RequireShell();
        string command = typeof(QuarryCommand).Assembly.Location;
        var start = new ProcessStartInfo("/bin/bash")
        {
            WorkingDirectory = Path.GetDirectoryName(scratch["x"]),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"quarry=(dotnet exec '{command}'); quarry() {{ \"${{quarry[@]}}\" \"$@\"; }}\n{script}");

        long began = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The script did not end within {Patience}: {script}");
        }

        return new CommandProcess(process.ExitCode, output.Result, error.Result, Stopwatch.GetElapsedTime(began));
    }
}
