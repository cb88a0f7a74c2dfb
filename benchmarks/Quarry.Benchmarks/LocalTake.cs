using System.Globalization;
using Quarry.Data.Engine;
using Quarry.Data.Kql;
using Quarry.Data.Sources;
using Quarry.Data.Sources.Local;

namespace Quarry.Benchmarks;

/// <summary>The first rows of a folder of a gigabyte of csv, by the local source, beside the engine's own csv reader.</summary>
internal static class LocalTake
{
    private const long FolderBytes = 1L << 30;
    private const int Files = 4;
    private const string Query = "Events | take 10000";

    public static void Run()
    {
        Console.WriteLine("take: 10,000 rows of a folder of csv files of 1 GiB");
        string folder = Directory.CreateTempSubdirectory("quarry-take-").FullName;
        try
        {
            Fill(folder);
            using var source = new Opened(folder);
            double own = 0;
            using DuckDbDatabase engine = DuckDbDatabase.OpenInMemory(new DuckDbOptions { AllowExternalAccess = true });
            using DuckDbConnection connection = engine.Connect();
            (own, double peer) = Measure.InTurn(source.Take, () =>
            {
                using DuckDbResult result = connection.Query($"SELECT * FROM read_csv('{folder}/*.csv', all_varchar = true) LIMIT 10000");
            });
            Measure.Print("first contact: names and types of the columns", source.FirstContact, "s");
            Measure.Print(Query, own, "s", "0.5");
            Measure.Print("the engine's csv reader, everything text", peer, "s");
            Measure.Print("ratio", own / peer, "");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Names without extensions are tables: one folder a table would be four, so the files are one table by a glob of their folder.
    private static void Fill(string folder)
    {
        byte[] row = "2026-03-05T01:02:03.456Z,SRV-FILE-01,4688,\"C:\\Windows\\System32\\cmd.exe\",\"cmd /c dir \"\"C:\\Program Files\"\" > out.txt\",HARBOUR\\m.keller,"u8.ToArray();
        for (int file = 0; file < Files; file++)
        {
            using FileStream stream = File.Create(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"events-{file}.csv")), 1 << 20);
            stream.Write("TimeGenerated,Computer,EventID,NewProcessName,CommandLine,Account,Serial\n"u8);
            for (long i = 0; stream.Position < FolderBytes / Files; i++)
            {
                stream.Write(row);
                stream.Write(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{i}\n")));
            }
        }
    }

    private sealed class Opened : IDisposable
    {
        private readonly KqlDatabase _database = KqlDatabase.Create();
        private readonly LocalSource _source;

        public Opened(string folder)
        {
            long start = System.Diagnostics.Stopwatch.GetTimestamp();
            _database.AddFile("Events", Path.Combine(folder, "*.csv"));
            FirstContact = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
            _source = new LocalSource(_database);
        }

        public double FirstContact { get; }

        public void Take()
        {
            int rows = _source.QueryAsync(Query).GetAwaiter().GetResult().Table.RowCount;
            if (rows != 10_000)
            {
                throw new InvalidOperationException($"{rows} rows came.");
            }
        }

        public void Dispose() => _database.Dispose();
    }
}
