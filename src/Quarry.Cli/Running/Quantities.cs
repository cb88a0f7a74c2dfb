using System.Globalization;

namespace Quarry.Cli.Running;

/// <summary>Lengths of time and sizes as one writes them on a command line.</summary>
internal static class Quantities
{
    private static readonly (string Unit, double Seconds)[] Times = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86_400), ("", 1)];

    private static readonly (string Unit, double Bytes)[] Sizes =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40), ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12),
        ("K", 1L << 10), ("M", 1L << 20), ("G", 1L << 30), ("T", 1L << 40), ("B", 1), ("", 1),
    ];

    /// <summary>A length of time: <c>30s</c>, <c>1.5m</c>, <c>2h</c>, <c>500ms</c>, or seconds without a unit.</summary>
    /// <exception cref="UsageException">It is none, or not more than nothing.</exception>
    public static TimeSpan Time(string text, string option) =>
        TryRead(text, Times, out double seconds) && seconds is >= 0.001 and <= 86_400 * 49.0
            ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException($"{option} is '{text}'; give a time such as 30s, 5m or 1h, at most 49d.");

    /// <summary>A size in bytes: <c>512MB</c>, <c>2GiB</c>, or bytes without a unit.</summary>
    /// <exception cref="UsageException">It is none, or less than the engine can work with.</exception>
    public static long Size(string text, string option) =>
        TryRead(text, Sizes, out double bytes) && bytes is >= 16 << 20 and < 1e18
            ? (long)bytes
            : throw new UsageException($"{option} is '{text}'; give a size such as 512MB or 4GiB, at least 16MiB.");

    private static bool TryRead(string text, (string Unit, double Factor)[] units, out double value)
    {
        string trimmed = text.Trim();
        foreach ((string unit, double factor) in units)
        {
            if (trimmed.EndsWith(unit, StringComparison.OrdinalIgnoreCase)
                && double.TryParse(trimmed.AsSpan(0, trimmed.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
            {
                value = number * factor;
                return true;
            }
        }

        value = 0;
        return false;
    }
}
