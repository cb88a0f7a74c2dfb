using System.Diagnostics;
using System.Globalization;

namespace Quarry.Benchmarks;

/// <summary>Times something several times over and keeps the median.</summary>
internal static class Measure
{
    /// <summary>The median of the seconds that <paramref name="action"/> takes, after a second of runs that are not counted (the compiler's second tier comes late).</summary>
    public static double Seconds(Action action, int runs = 5, double warmUp = 1)
    {
        WarmUp(action, warmUp);
        double[] seconds = new double[runs];
        for (int i = 0; i < runs; i++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        Array.Sort(seconds);
        return seconds[runs / 2];
    }

    /// <summary>The medians of two actions run in turn, so that a machine whose speed drifts is fair to both.</summary>
    public static (double First, double Second) InTurn(Action first, Action second, int runs = 5)
    {
        WarmUp(first, 1);
        WarmUp(second, 1);
        double[] a = new double[runs];
        double[] b = new double[runs];
        for (int i = 0; i < runs; i++)
        {
            long start = Stopwatch.GetTimestamp();
            first();
            a[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            start = Stopwatch.GetTimestamp();
            second();
            b[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        Array.Sort(a);
        Array.Sort(b);
        return (a[runs / 2], b[runs / 2]);
    }

    private static void WarmUp(Action action, double seconds)
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            action();
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);
    }

    /// <summary>Prints a figure with what was wanted of it.</summary>
    public static void Print(string what, double value, string unit, string wanted = "") =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-62}{value,10:0.###} {unit,-6}{wanted}"));
}
