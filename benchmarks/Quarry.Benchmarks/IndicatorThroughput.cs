using Quarry.Indicators;
using Quarry.Tables;

namespace Quarry.Benchmarks;

/// <summary>Indicators of the default types in a million command lines, beside ripgrep on the same text.</summary>
internal static class IndicatorThroughput
{
    // What ripgrep is asked for is less than what the extractor answers: three shapes, unverified.
    private const string Alternation =
        @"\b\d{1,3}(\.\d{1,3}){3}\b|https?://[^\s""']+|\b([0-9A-Fa-f]{64}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{32})\b";

    public static void Run()
    {
        TextColumn column = CommandLines.Repeated();
        double bytes = CommandLines.Bytes(column);
        Console.WriteLine($"iocs: {column.Length:N0} rows, {bytes / 1e6:N0} MB of text from {Path.GetFileName(CommandLines.Source())}");
        var extractor = new IndicatorExtractor();
        var counter = new Counter();
        string file = CommandLines.ToFile(column);
        try
        {
            (double scan, double ripgrep) = Programs.IsThere("rg")
                ? Measure.InTurn(() => extractor.Scan(column.Buffer, column.Offsets, counter), () => Programs.Run("rg", "-j1", "--count-matches", Alternation, file))
                : (Measure.Seconds(() => extractor.Scan(column.Buffer, column.Offsets, counter)), double.NaN);
            Measure.Print("extract in memory, one core", bytes / scan / 1e6, "MB/s", "wanted 400, aim 1,000");
            if (double.IsNaN(ripgrep))
            {
                Console.WriteLine("  ripgrep (rg) is not installed: no comparison");
            }
            else
            {
                Measure.Print("ripgrep --count-matches, one thread", bytes / ripgrep / 1e6, "MB/s");
                Measure.Print("extract : ripgrep", ripgrep / scan, "times", "wanted 3");
            }

            Table table = new(new TableSchema(new ColumnSchema("CommandLine", ColumnType.String)), column);
            (double one, double two) = Measure.InTurn(() => Tables(table, 1), () => Tables(table, 2));
            Measure.Print("the whole verb on a table, one core", bytes / one / 1e6, "MB/s");
            Measure.Print("the whole verb on a table, two cores", bytes / two / 1e6, "MB/s");
            Measure.Print("two cores : one", one / two, "times", "wanted 1.8");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Tables(Table table, int threads) => Verb.Run("iocs", table, threads);

    private sealed class Counter : IIndicatorSink
    {
        public long Count { get; private set; }

        public void Add(in IndicatorMatch match) => Count++;
    }
}
