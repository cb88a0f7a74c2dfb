using System.Text;
using System.Text.Json;
using Quarry.Tables;

namespace Quarry.Benchmarks;

/// <summary>Peak memory of the command on JSONL files of 50 MB, 500 MB and 5 GB: it must not grow with the file.</summary>
internal static class PeakMemory
{
    public static void Run()
    {
        Console.WriteLine("peak memory: quarry iocs and decode on a JSONL file");
        string quarry = StartUp.Published();
        string path = Path.Combine(Path.GetTempPath(), $"quarry-bench-{Environment.ProcessId}.jsonl");
        string output = Path.ChangeExtension(path, ".out.jsonl");
        try
        {
            foreach (long size in (long[])[50_000_000, 500_000_000, 5_000_000_000])
            {
                Write(path, size);
                foreach (string verb in (string[])["iocs", "decode"])
                {
                    long start = System.Diagnostics.Stopwatch.GetTimestamp();
                    long peak = Programs.PeakMemory(quarry, verb, path, "-o", output, "--quiet");
                    double seconds = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
                    Measure.Print($"{verb} on {size / 1e6:N0} MB: peak", peak / 1e6, "MB", "wanted under 1,000");
                    Measure.Print($"{verb} on {size / 1e6:N0} MB: read at", size / seconds / 1e6, "MB/s");
                }
            }
        }
        finally
        {
            File.Delete(path);
            File.Delete(output);
        }
    }

    private static void Write(string path, long size)
    {
        TextColumn lines = CommandLines.Repeated();
        using FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        for (int row = 0; file.Position < size; row++)
        {
            string line = $"{{\"TimeGenerated\":\"2026-03-04T00:00:00Z\",\"Computer\":\"HOST-{row % 50}\",\"EventID\":4688,\"CommandLine\":{JsonSerializer.Serialize(Encoding.UTF8.GetString(lines[row % lines.Length]))},\"Row\":{row}}}\n";
            file.Write(Encoding.UTF8.GetBytes(line));
        }
    }
}
