using System.Globalization;
using Quarry.Catalogue;

namespace Quarry.Cli.Running;

/// <summary>Lengths of time and sizes as one writes them on a command line, within what the engine can work with.</summary>
internal static class Quantities
{
    /// <summary>A length of time: <c>30s</c>, <c>1.5m</c>, <c>2h</c>, <c>500ms</c>, or seconds without a unit.</summary>
    /// <exception cref="UsageException">It is none, or not more than nothing.</exception>
    public static TimeSpan Time(string text, string option) =>
        DurationText.TryParse(IsNumber(text) ? text.Trim() + "s" : text.Trim(), out TimeSpan time) && time.TotalSeconds is >= 0.001 and <= 86_400 * 49.0
            ? time
            : throw new UsageException($"{option} is '{text}'; give a time such as 30s, 5m or 1h, at most 49d.");

    /// <summary>A size in bytes: <c>512MB</c>, <c>2GiB</c>, <c>2G</c> for the same, or bytes without a unit.</summary>
    /// <exception cref="UsageException">It is none, or less than the engine can work with.</exception>
    public static long Size(string text, string option) =>
        ByteSizeText.TryParse(text.Trim() is [.., 'K' or 'k' or 'M' or 'm' or 'G' or 'g' or 'T' or 't'] ? text.Trim() + "iB" : text.Trim(), out long bytes)
            && bytes is >= 16 << 20 and < (long)1e18
            ? bytes
            : throw new UsageException($"{option} is '{text}'; give a size such as 512MB or 4GiB, at least 16MiB.");

    private static bool IsNumber(string text) => double.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
}
