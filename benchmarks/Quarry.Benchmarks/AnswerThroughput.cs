using System.Globalization;
using System.Text;
using System.Text.Json;
using Quarry.Data.Sources.Answers;
using Quarry.Data.Sources.Http;
using Quarry.Tables;

namespace Quarry.Benchmarks;

/// <summary>
/// An answer of Kusto's version 2 with 1,000,000 rows of process events, read into a table and in batches on one core, beside
/// Utf8JsonReader passing over the same bytes and JsonDocument reading each row.
/// </summary>
internal static class AnswerThroughput
{
    private const int Rows = 1_000_000;
    private const int Times = 50;

    private static readonly ServiceFaults Faults = new(new ServiceIdentity("Benchmark"), new Uri("https://benchmark.example"), "the query");

    private static readonly (string Name, string Type)[] Columns =
    [
        ("TimeGenerated", "datetime"), ("Computer", "string"), ("Account", "string"), ("EventID", "int"), ("Activity", "string"), ("NewProcessName", "string"),
        ("CommandLine", "string"), ("ParentProcessName", "string"), ("NewProcessId", "string"), ("SubjectLogonId", "string"), ("EventRecordId", "long"),
        ("Elevated", "bool"), ("Score", "real"), ("Duration", "timespan"), ("ActivityId", "guid"), ("Details", "dynamic"),
    ];

    public static void Run()
    {
        byte[] beginning = Encoding.UTF8.GetBytes(
            $$"""[{"FrameType":"DataSetHeader","IsProgressive":false,"Version":"v2.0"},{"FrameType":"DataTable","TableId":1,"TableKind":"PrimaryResult","TableName":"PrimaryResult","Columns":[{{string.Join(',', Columns.Select(c => $$"""{"ColumnName":"{{c.Name}}","ColumnType":"{{c.Type}}"}"""))}}],"Rows":[[null{{string.Concat(Enumerable.Repeat(",null", Columns.Length - 1))}}]""");
        byte[] middle = Middle(Rows / Times);
        byte[] end = "]},{\"FrameType\":\"DataSetCompletion\",\"HasErrors\":false,\"Cancelled\":false}]"u8.ToArray();
        Stream Open() => new RepeatedStream(beginning, middle, Times, end);
        double megabytes = Open().Length / 1e6;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"answers: {Rows:N0} rows of {Columns.Length} columns, {megabytes:0} MB of JSON, one core"));

        void Batches() => Parts(Open()).Count();
        void Gathered() => Gather(Open());
        (double batches, double table) = Measure.InTurn(Batches, Gathered, runs: 3);
        Measure.Print("into batches", megabytes / batches, "MB/s", "wanted 150");
        Measure.Print("into a table", megabytes / table, "MB/s", "wanted 150");
        foreach ((string what, Action action) in ((string, Action)[])
        [
            ("into batches", Batches), ("into a table", Gathered), ("Utf8JsonReader passing over it", () => Pass(middle)), ("JsonDocument of each row, no value read", () => Documents(middle)),
        ])
        {
            Measure.Print($"{what}, by processor time", megabytes / ProcessorSeconds(action), "MB/s");
        }

        Measure.Print("into batches: at most held beside the answer", Peak(Batches) / 1e6, "MB");
    }

    private static IEnumerable<AnswerPart> Parts(Stream answer) => new KustoFrames(answer, Faults).Read();

    private static Table Gather(Stream answer)
    {
        AnswerPart[] parts = [.. Parts(answer)];
        return Table.Concat(parts[0].Schema!, parts.Skip(1).Select(part => part.Rows!));
    }

    // Rows of process events, each behind a comma; no two alike in time, record and identifier.
    private static byte[] Middle(int rows)
    {
        var random = new Random(42);
        TextColumn lines = CommandLines.Repeated();
        var json = new StringBuilder();
        for (int row = 0; row < rows; row++)
        {
            string line = JsonSerializer.Serialize(Encoding.UTF8.GetString(lines[row % lines.Length]));
            json.Append(CultureInfo.InvariantCulture, $$"""
                ,["{{new DateTime(2026, 3, 4).AddTicks(random.NextInt64(TimeSpan.TicksPerDay)):yyyy-MM-ddTHH:mm:ss.fffffffZ}}","HOST-{{row % 50}}.corp.example","CORP\\user{{row % 200}}",4688,"4688 - A new process has been created.","C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe",{{line}},"C:\\Windows\\explorer.exe","0x{{row:x}}","0x{{row % 100:x}}",{{random.NextInt64(1L << 40)}},{{(row % 3 == 0 ? "true" : "false")}},{{random.NextDouble():R}},"00:00:{{row % 60:00}}.{{row:0000000}}","{{new Guid(row, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)}}","{\"parent\":{\"pid\":{{row}},\"name\":\"explorer.exe\"},\"tags\":[\"a\",\"b\"]}"]
                """);
        }

        return Encoding.UTF8.GetBytes(json.ToString());
    }

    private static long Pass(byte[] middle)
    {
        long tokens = 0;
        for (int i = 0; i < Times; i++)
        {
            // The rows begin with a comma, and an array does not.
            middle[0] = (byte)'[';
            var reader = new Utf8JsonReader(middle, isFinalBlock: false, default);
            while (reader.Read())
            {
                tokens++;
            }

            middle[0] = (byte)',';
        }

        return tokens;
    }

    private static long Documents(byte[] middle)
    {
        long cells = 0;
        for (int i = 0; i < Times; i++)
        {
            middle[0] = (byte)'[';
            var reader = new Utf8JsonReader(middle, isFinalBlock: false, default);
            reader.Read();
            while (reader.Read() && JsonDocument.TryParseValue(ref reader, out JsonDocument? row))
            {
                using (row)
                {
                    cells += row.RootElement.GetArrayLength();
                }
            }

            middle[0] = (byte)',';
        }

        return cells;
    }

    private static double ProcessorSeconds(Action action)
    {
        double[] seconds = new double[3];
        for (int i = 0; i < seconds.Length; i++)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            action();
            seconds[i] = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        }

        Array.Sort(seconds);
        return seconds[1];
    }

    private static long Peak(Action action)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long peak = 0;
        using var timer = new Timer(_ => peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false) - before), null, 0, 2);
        action();
        return peak;
    }
}
