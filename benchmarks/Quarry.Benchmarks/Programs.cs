using System.Diagnostics;
using System.Globalization;

namespace Quarry.Benchmarks;

/// <summary>Runs other programs.</summary>
internal static class Programs
{
    /// <summary>Runs a program to its end and throws its output away.</summary>
    /// <exception cref="InvalidOperationException">It ended with another code than 0 or 1.</exception>
    public static void Run(string program, params string[] arguments)
    {
        using Process process = Start(program, arguments);
        process.StandardOutput.BaseStream.CopyTo(Stream.Null);
        process.WaitForExit();
        if (process.ExitCode > 1)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
        }
    }

    /// <summary>Runs a program to its end and returns what it wrote.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static string Output(string program, params string[] arguments)
    {
        using Process process = Start(program, arguments);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }

    /// <summary>Runs a program to its end and returns the most memory it had resident, in bytes (Linux).</summary>
    public static long PeakMemory(string program, params string[] arguments)
    {
        using Process process = Start(program, arguments);
        long peak = 0;
        Task drained = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        while (!process.WaitForExit(20))
        {
            peak = Math.Max(peak, HighWater(process.Id));
        }

        drained.Wait();
        return peak;
    }

    /// <summary>Whether a program can be started.</summary>
    public static bool IsThere(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static Process Start(string program, string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;

    private static long HighWater(int id)
    {
        try
        {
            string line = File.ReadLines($"/proc/{id}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return long.Parse(line.AsSpan(6).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture) * 1024;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // The process has just ended.
            return 0;
        }
    }
}
