using System.Globalization;
using Quarry.Catalogue;
using Quarry.Tables;
using Quarry.TimeSeries;

namespace Quarry.Benchmarks;

/// <summary>
/// STL beside R's stl (the Fortran original) and statsmodels (a port of it), with the same series and parameters, each timed within its own
/// process in seconds of the processor, so that a busy machine is fair to all; and the whole verb over thousands of series.
/// </summary>
internal static class SeriesSpeed
{
    private const string Python = "/usr/bin/python3"; // Debian's, which has Debian's statsmodels

    private const string RScript = """
        a <- commandArgs(TRUE); y <- scan(a[1], quiet = TRUE); p <- as.integer(a[2]); robust <- a[3] == "True"; reps <- as.integer(a[4]); n <- if (length(y) > 10000) 1 else 5
        odd <- function(x) { x <- ceiling(x); if (x %% 2 == 1) x else x + 1 }
        f <- function() stl(ts(y, frequency = p), s.window = 7, s.degree = 1, t.window = odd(1.5 * p / (1 - 1.5 / 7)), t.degree = 1,
            l.window = odd(p + 1), l.degree = 1, s.jump = 1, t.jump = 1, l.jump = 1, robust = robust,
            inner = if (robust) 2 else 5, outer = if (robust) 15 else 0)
        r <- f(); times <- sapply(1:reps, function(i) { t <- sum(proc.time()[1:2]); for (k in 1:n) f(); (sum(proc.time()[1:2]) - t) / n })
        cat(sprintf("%.9f %.9f\n", median(times), sum(abs(r$time.series[, "trend"]))))
        """;

    private const string StatsmodelsScript = """
        import sys, time, statistics
        from statsmodels.tsa.seasonal import STL
        y = [float(v) for v in open(sys.argv[1])]; times = []
        for i in range(int(sys.argv[4])):
            t = time.process_time(); r = STL(y, period=int(sys.argv[2]), seasonal=7, robust=sys.argv[3] == "True").fit(); times.append(time.process_time() - t)
        print("%.9f %.9f" % (statistics.median(times), abs(r.trend).sum()))
        """;

    public static void Run()
    {
        Console.WriteLine("stl: seasonal 7, all degrees 1, all jumps 1, one core");
        Compare(8760, 24, robust: false, repetitions: 7, "wanted 0.5 ms");
        Compare(8760, 24, robust: true, repetitions: 3, "wanted 5 ms");
        Compare(43_200, 1440, robust: false, repetitions: 1, "wanted 50 ms");
        ManySeries();
    }

    private static void Compare(int length, int period, bool robust, int repetitions, string wanted)
    {
        double[] series = Series(length, period, 1);
        var stl = new Stl(length, new StlParameters { Period = period, Robust = robust });
        double[] trend = new double[length], seasonal = new double[length], residual = new double[length], weights = new double[length];
        double ours = ProcessorSeconds(() => stl.Decompose(series, trend, seasonal, residual, weights));
        string what = string.Create(CultureInfo.InvariantCulture, $"n {length:N0}, period {period:N0}{(robust ? ", robust" : "")}");
        Measure.Print(what, ours * 1e3, "ms", wanted);

        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(file, series.Select(v => v.ToString("R", CultureInfo.InvariantCulture)));
            string[] arguments = [file, period.ToString(CultureInfo.InvariantCulture), robust.ToString(), repetitions.ToString(CultureInfo.InvariantCulture)];
            double sum = trend.Sum(Math.Abs);
            Peer("R's stl", "Rscript", ["-e", RScript, .. arguments], ours, sum, "wanted 10");
            if (length > 10_000)
            {
                Console.WriteLine("  statsmodels is not run: it takes half a minute");
                return;
            }

            Peer("statsmodels", Python, ["-c", StatsmodelsScript, .. arguments], ours, sum, "wanted 60");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static double ProcessorSeconds(Action action)
    {
        _ = Measure.Seconds(action, runs: 1);
        double[] seconds = new double[5];
        for (int i = 0; i < seconds.Length; i++)
        {
            int runs = 0;
            TimeSpan start = Environment.CpuUsage.TotalTime, spent;
            do
            {
                action();
                runs++;
                spent = Environment.CpuUsage.TotalTime - start;
            }
            while (spent.TotalSeconds < 0.3);
            seconds[i] = spent.TotalSeconds / runs;
        }

        Array.Sort(seconds);
        return seconds[seconds.Length / 2];
    }

    private static void Peer(string name, string program, string[] arguments, double ours, double sum, string wanted)
    {
        if (!File.Exists(program) && !Programs.IsThere(program))
        {
            Console.WriteLine($"  {name}: NOT MEASURED, {program} is not there (Debian: r-base-core, python3-statsmodels)");
            return;
        }

        try
        {
            string[] answer = Programs.Output(program, arguments).Split(' ');
            double theirs = double.Parse(answer[0], CultureInfo.InvariantCulture), theirSum = double.Parse(answer[1], CultureInfo.InvariantCulture);
            Measure.Print($"  {name}", theirs * 1e3, "ms");
            Measure.Print($"  {name} : Quarry", theirs / ours, "times", wanted);
            if (!(Math.Abs(theirSum - sum) <= 1e-7 * sum))
            {
                Console.WriteLine($"  {name}: ITS TREND IS ANOTHER, {theirSum} and not {sum}");
            }
        }
        catch (InvalidOperationException e)
        {
            Console.WriteLine($"  {name}: NOT MEASURED, {e.Message}");
        }
    }

    private static void ManySeries()
    {
        const int Keys = 5000, Hours = 336;
        var builder = new TableBuilder(("TimeGenerated", ColumnType.DateTime), ("Bytes", ColumnType.Real), ("Host", ColumnType.String));
        var start = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        double[][] series = [.. Enumerable.Range(0, Keys).Select(key => Series(Hours, 24, key))];
        string[] names = [.. Enumerable.Range(0, Keys).Select(key => $"host{key}")];
        for (int hour = 0; hour < Hours; hour++)
        {
            for (int key = 0; key < Keys; key++)
            {
                builder.Values<DateTime>(0).Append(start.AddHours(hour));
                builder.Values<double>(1).Append(series[key][hour]);
                builder.Text(2).Append(names[key]);
            }
        }

        Table table = builder.Build();
        (double one, double two) = Measure.InTurn(() => Detect(table, 1), () => Detect(table, 2), runs: 3);
        Measure.Print("the whole verb, 5,000 series of 336 hours, one core", one, "s");
        Measure.Print("two cores", two, "s");
    }

    private static void Detect(Table table, int threads)
    {
        using TableStream result = TableStream.Of(table).DetectAnomalies(new AnomalyOptions { By = ["Host"] }, new AnalysisContext { Threads = threads });
        foreach (TableBatch batch in result.TakeBatches())
        {
            _ = batch.Table.RowCount;
        }
    }

    private static double[] Series(int length, int period, int seed)
    {
        var random = new Random(seed);
        double[] season = [.. Enumerable.Range(0, period).Select(_ => random.NextDouble() * 50)];
        return [.. Enumerable.Range(0, length).Select(i => 1e5 + season[i % period] + (i * 0.01) + (random.NextDouble() * 10) + (random.Next(50) == 0 ? 300 : 0))];
    }
}
