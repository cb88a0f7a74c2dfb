using System.Globalization;
using Quarry.Signatures;
using Quarry.Tables;

namespace Quarry.Benchmarks;

/// <summary>
/// Signatures of 100,000 and 1,000,000 rows of 125 columns that are filled as an export of OfficeActivity is: 29 cells of a row, by kind
/// of record; two identifiers differ in every row.
/// </summary>
internal static class SignatureSpeed
{
    private const int Columns = 125;

    public static void Run()
    {
        Console.WriteLine("signatures: rows of 125 columns of text, in memory");
        foreach ((int rows, string one, string two) in ((int, string, string)[])[(100_000, "wanted 0.15", ""), (1_000_000, "", "wanted about 1")])
        {
            string label = rows.ToString("N0", CultureInfo.InvariantCulture);
            long before = GC.GetTotalMemory(forceFullCollection: true);
            Table table = Create(rows);
            long input = GC.GetTotalMemory(forceFullCollection: true) - before;
            (double first, double second) = Measure.InTurn(() => table.Signatures(threads: 1), () => table.Signatures(threads: 2), runs: 3);
            double processor = ProcessorSeconds(() => table.Signatures(threads: 1));
            DataSignatures found = table.Signatures();
            long held = GC.GetTotalMemory(forceFullCollection: true) - before - input;
            Measure.Print($"{label} rows, {found.Features.Count} features, {found.Signatures.Count} signatures: one core", first, "s", one);
            Measure.Print($"{label} rows: two cores", second, "s", two);
            Measure.Print($"{label} rows: processor time, which others on the machine do not stretch", processor, "s", one);
            Measure.Print($"{label} rows: the input", input / 1e6, "MB");
            Measure.Print($"{label} rows: held beside the input, of it", (double)held / input, "times");
            Measure.Print($"{label} rows: at most held beside the input, of it", Peak(table) / (double)input, "times", "wanted under 1");
            double unique = Measure.Seconds(() => found.Unique().Count(), runs: 3, warmUp: 0.1);
            Measure.Print($"{label} rows: the values that identify each signature", unique, "s");
        }
    }

    /// <summary>A table of text columns, the same on every run.</summary>
    public static Table Create(int rows)
    {
        var random = new Random(42);
        Profile[] profiles = [.. Profiles(rows).SelectMany(p => Enumerable.Repeat(p, p.Columns))];
        var builder = new TableBuilder(profiles.Select((_, i) => ($"Column{i:000}", ColumnType.String)));
        string[][] values = [.. profiles.Select((p, i) => Values(p, (char)('a' + (i % 26))))];
        for (int row = 0; row < rows; row++)
        {
            double kind = random.NextDouble();
            for (int i = 0; i < profiles.Length; i++)
            {
                Profile profile = profiles[i];
                if (kind >= profile.Filled)
                {
                    builder.Text(i).Append(ReadOnlySpan<byte>.Empty);
                }
                else if (profile.Distinct == 0)
                {
                    builder.Text(i).Append($"{random.NextInt64():x16}-{random.NextInt64():x16}-{i:00}");
                }
                else
                {
                    builder.Text(i).Append(values[i][(int)(Math.Pow(random.NextDouble(), 2) * profile.Distinct)]);
                }
            }
        }

        return builder.Build();
    }

    // What 300 rows of OfficeActivity show, with as many different values as more rows would have: 29 filled cells and 850 bytes a row.
    private static Profile[] Profiles(int rows) =>
    [
        new(5, 1, 1, 36), new(4, 1, 1, 14), new(7, 1, 20, 14), new(4, 1, 5_000, 25), new(1, 1, 3, 28), new(1, 1, rows / 2, 28), new(2, 1, 0, 36),
        new(1, 0.99, 100_000, 105), new(1, 0.69, 1_000, 100), new(2, 0.69, 5_000, 14), new(1, 0.69, 400, 36), new(2, 0.69, 5, 7),
        new(2, 0.5, 400, 51), new(2, 0.5, 2_000, 34), new(2, 0.5, 50_000, 35), new(1, 0.49, 17, 4), new(14, 0.007, 3, 30), new(2, 0.003, 1, 36),
        new(Columns - 54, 0, 1, 1),
    ];

    private static string[] Values(Profile profile, char letter) =>
        [.. Enumerable.Range(0, profile.Distinct).Select(i => new string(letter, Math.Max(1, profile.Length - 5)) + i)];

    /// <summary>Columns that are alike.</summary>
    /// <param name="Columns">How many.</param>
    /// <param name="Filled">In which share of the rows they are filled; those filled in fewer rows only where those filled in more are.</param>
    /// <param name="Distinct">How many different values they have; 0 for one a row.</param>
    /// <param name="Length">How long the values are.</param>
    private sealed record Profile(int Columns, double Filled, int Distinct, int Length);

    private static double ProcessorSeconds(Action action)
    {
        const int Runs = 3;
        TimeSpan before = Environment.CpuUsage.TotalTime;
        for (int i = 0; i < Runs; i++)
        {
            action();
        }

        return (Environment.CpuUsage.TotalTime - before).TotalSeconds / Runs;
    }

    // The growth of the heap while one run is under way, by a look every few milliseconds.
    private static long Peak(Table table)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long peak = 0;
        using var timer = new Timer(_ => peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false) - before), null, 0, 2);
        DataSignatures found = table.Signatures();
        GC.KeepAlive(found);
        return peak;
    }
}
