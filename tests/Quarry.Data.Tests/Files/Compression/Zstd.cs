using System.Diagnostics;

namespace Quarry.Data.Tests.Files.Compression;

/// <summary>The command zstd, for tests that compare with it; they are skipped, and reported so, where it is not installed.</summary>
internal static class Zstd
{
    /// <summary>Compresses bytes with the command's options.</summary>
    public static byte[] Compress(byte[] content, params string[] options) => Run(content, ["-q", "-c", .. options]).Output;

    /// <summary>Runs the command on bytes.</summary>
    public static (int ExitCode, byte[] Output) Run(byte[] input, params string[] arguments)
    {
        Assert.SkipUnless(IsInstalled, "The command zstd is not installed.");
        using Process process = Process.Start(new ProcessStartInfo("zstd", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        Task writing = Task.Run(() =>
        {
            try
            {
                using Stream to = process.StandardInput.BaseStream;
                to.Write(input);
            }
            catch (IOException)
            {
                // The command refused its input and closed the pipe: its exit code says so.
            }
        });
        var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        writing.Wait();
        process.WaitForExit();
        return (process.ExitCode, output.ToArray());
    }

    private static bool IsInstalled { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => folder.Length > 0
            && (File.Exists(Path.Combine(folder, "zstd")) || File.Exists(Path.Combine(folder, "zstd.exe"))));
}
