using System.Globalization;

namespace Quarry.Fuzz;

/// <summary>What one run of the fuzzer does.</summary>
internal sealed record FuzzOptions
{
    /// <summary>How to call the program.</summary>
    public const string Usage = """
        usage: dotnet run -c Release --project tests/Quarry.Fuzz -- [options]
          --seconds N      how long to try inputs (default 10)
          --seed N         where the inputs come from (default 1); the same seed gives the same inputs
          --from N         the number of each target's first input (default 0)
          --target NAME    decode, indicators, hidden, kql, linear; default all in turn
          --slow N         seconds that one input may take (default 5)
          --trace          print the number of every input before it is tried (to find one that kills the process)
          --input BASE64   try this one input and stop
        """;

    /// <summary>How long to go on.</summary>
    public double Seconds { get; init; } = 10;

    /// <summary>Where the inputs come from.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The number of the first input.</summary>
    public long From { get; init; }

    /// <summary>The only target, or null for all.</summary>
    public string? Target { get; init; }

    /// <summary>Seconds that one input may take.</summary>
    public double Slow { get; init; } = 5;

    /// <summary>Whether the number of each input is printed before it is tried.</summary>
    public bool Trace { get; init; }

    /// <summary>The only input, or null for generated ones.</summary>
    public byte[]? Input { get; init; }

    /// <summary>The options of a command line.</summary>
    /// <exception cref="FormatException">An option is unknown or its value cannot be read; the message names it.</exception>
    public static FuzzOptions Parse(ReadOnlySpan<string> args)
    {
        var options = new FuzzOptions();
        for (int i = 0; i < args.Length; i++)
        {
            string name = args[i];
            if (name == "--trace")
            {
                options = options with { Trace = true };
                continue;
            }

            if (i + 1 == args.Length)
            {
                throw new FormatException($"{name}: unknown, or its value is missing.");
            }

            string value = args[++i];
            options = name switch
            {
                "--seconds" => options with { Seconds = Positive(name, value) },
                "--seed" => options with { Seed = Number(name, value) },
                "--from" => options with { From = (long)Number(name, value) },
                "--target" => options with { Target = value },
                "--slow" => options with { Slow = Positive(name, value) },
                "--input" => options with { Input = Convert.FromBase64String(value) },
                _ => throw new FormatException($"{name}: unknown."),
            };
        }

        return options;
    }

    private static double Positive(string name, string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number > 0
            ? number
            : throw new FormatException($"{name}: '{value}' is not a number above zero.");

    private static ulong Number(string name, string value) =>
        ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)
            ? number
            : throw new FormatException($"{name}: '{value}' is not a whole number.");
}
