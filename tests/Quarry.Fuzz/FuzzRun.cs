using System.Diagnostics;
using System.Globalization;

namespace Quarry.Fuzz;

/// <summary>Tries inputs one after the other until the time is over or one of them fails.</summary>
internal sealed class FuzzRun(FuzzOptions options, FuzzTarget[] targets)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly long[] _inputs = new long[targets.Length];
    private readonly long[] _bytes = new long[targets.Length];
    private readonly TimeSpan[] _times = new TimeSpan[targets.Length];
    private volatile Attempt? _current;

    private sealed record Attempt(FuzzTarget Target, long Number, byte[] Input, TimeSpan Start);

    /// <summary>Runs, reports to the console, and returns whether nothing failed.</summary>
    public bool Execute()
    {
        using var watch = new Timer(_ => StopWhatHangs(), null, 250, 250);
        try
        {
            if (options.Input is { } input)
            {
                TryOnEach(input);
            }
            else
            {
                TryUntilTheTimeIsOver();
            }
        }
        catch (Exception failure) when (_current is { } attempt)
        {
            _current = null;
            Report(attempt, failure.ToString());
            Shorten(attempt, failure);
            return false;
        }

        Summarise();
        return true;
    }

    private void TryOnEach(byte[] input)
    {
        for (int i = 0; i < targets.Length; i++)
        {
            Try(i, 0, input);
        }
    }

    private void TryUntilTheTimeIsOver()
    {
        long[] next = [.. targets.Select(_ => options.From)];
        while (_clock.Elapsed.TotalSeconds < options.Seconds)
        {
            // Each gets the same share of the time: one input costs a millisecond here and half a second there.
            int target = Array.IndexOf(_times, _times.Min());
            long number = next[target]++;

            // An input depends on the seed and its own number alone, so that one can be had again without the others.
            var random = new Random(HashCode(options.Seed, number));
            Try(target, number, targets[target].Generate(random));
        }
    }

    private void Try(int index, long number, byte[] input)
    {
        if (options.Trace)
        {
            Console.Error.WriteLine($"{targets[index].Name} {number}: {input.Length} bytes");
        }

        TimeSpan start = _clock.Elapsed;
        _current = new Attempt(targets[index], number, input, start);
        _bytes[index] += targets[index].Check(input);
        TimeSpan taken = _clock.Elapsed - start;
        BrokenInvariantException.Require(
            taken.TotalSeconds <= options.Slow * targets[index].TimeFactor,
            string.Create(CultureInfo.InvariantCulture, $"took {taken.TotalSeconds:F1} s"));
        _times[index] += taken;
        _inputs[index]++;
        _current = null;
    }

    // An endless loop cannot be interrupted, so this ends the process; what it was doing is known.
    private void StopWhatHangs()
    {
        if (_current is { } attempt
            && (_clock.Elapsed - attempt.Start).TotalSeconds > (options.Slow * attempt.Target.TimeFactor) + 1)
        {
            Report(attempt, string.Create(CultureInfo.InvariantCulture, $"is not done after {(_clock.Elapsed - attempt.Start).TotalSeconds:F1} s"));
            Environment.Exit(1);
        }
    }

    private void Report(Attempt attempt, string failure)
    {
        Console.Error.WriteLine($"FAILED: {failure}");
        Console.Error.WriteLine($"target: {attempt.Target.Name}, seed: {options.Seed}, number: {attempt.Number}, {attempt.Input.Length} bytes");
        Console.Error.WriteLine($"again:  --target {attempt.Target.Name} --input {Convert.ToBase64String(attempt.Input)}");
    }

    private static void Shorten(Attempt attempt, Exception failure)
    {
        if (!attempt.Target.IsText)
        {
            return;
        }

        byte[] shorter = Shrinking.Shrink(attempt.Input, attempt.Target.Check, failure);
        Console.Error.WriteLine($"short:  --target {attempt.Target.Name} --input {Convert.ToBase64String(shorter)}");
        Console.Error.WriteLine($"        {Printable(shorter)}");
    }

    private static string Printable(byte[] text) =>
        string.Concat(text.Take(500).Select(b => b is >= 32 and < 127 ? ((char)b).ToString() : $"\\x{b:x2}"));

    private void Summarise()
    {
        for (int i = 0; i < targets.Length; i++)
        {
            double seconds = Math.Max(_times[i].TotalSeconds, 1e-9);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{targets[i].Name}: {_inputs[i]} inputs, {_bytes[i] / 1e6:F1} MB, {_inputs[i] / seconds:F0} inputs/s, {_bytes[i] / 1e6 / seconds:F1} MB/s"));
        }
    }

    // Not System.HashCode, which is seeded anew in every process.
    private static int HashCode(ulong seed, long number)
    {
        ulong z = (seed * 0x9E3779B97F4A7C15) + (ulong)number;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)(z ^ (z >> 31));
    }
}
