using Quarry.Decoding;
using Quarry.Tables;

namespace Quarry.Benchmarks;

/// <summary>Decoding a million command lines: none encoded, and one of ten.</summary>
internal static class DecodeThroughput
{
    public static void Run()
    {
        TextColumn plain = CommandLines.Plain();
        double bytes = CommandLines.Bytes(plain);
        Console.WriteLine($"decode: {plain.Length:N0} rows, {bytes / 1e6:N0} MB of text from {Path.GetFileName(CommandLines.Source())}");
        double each = Measure.Seconds(() => CountCandidates(plain));
        Measure.Print("nothing encoded: each row asked by itself", bytes / each / 1e9, "GB/s");
        (double one, double two) = Measure.InTurn(() => Table(plain, 1), () => Table(plain, 2));
        Measure.Print("nothing encoded: the whole verb on a table, one core", bytes / one / 1e9, "GB/s", "wanted 3");
        Measure.Print("nothing encoded: two cores", bytes / two / 1e9, "GB/s");

        TextColumn mixed = CommandLines.WithBase64();
        bytes = CommandLines.Bytes(mixed);
        (one, two) = Measure.InTurn(() => Table(mixed, 1), () => Table(mixed, 2), runs: 3);
        Measure.Print("one row of ten encoded: the whole verb, one core", bytes / one / 1e6, "MB/s", "wanted 150");
        Measure.Print("one row of ten encoded: two cores", bytes / two / 1e6, "MB/s");
        Measure.Print("two cores : one", one / two, "times", "wanted 1.8");
    }

    // Not the joined text at once: the answer is yes at the first row that looks like base64, and the rest is never read.
    private static int CountCandidates(TextColumn column)
    {
        int count = 0;
        for (int row = 0; row < column.Length; row++)
        {
            count += Base64Unpacker.MayContainEncoded(column[row]) ? 1 : 0;
        }

        return count;
    }

    private static void Table(TextColumn column, int threads) =>
        Verb.Run("decode", new Table(new TableSchema(new ColumnSchema("CommandLine", ColumnType.String)), column), threads);
}
