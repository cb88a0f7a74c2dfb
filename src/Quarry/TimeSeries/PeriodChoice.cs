using System.Globalization;

namespace Quarry.TimeSeries;

/// <summary>How many steps the seasons of a series have.</summary>
internal static class PeriodChoice
{
    /// <summary>What a person asked for; empty for auto.</summary>
    /// <exception cref="QuarryException">A text is no whole number from 2 on.</exception>
    public static IReadOnlyList<int> Parse(IReadOnlyList<string> texts)
    {
        if (texts is [] || (texts is [var only] && only.Equals("auto", StringComparison.OrdinalIgnoreCase)))
        {
            return [];
        }

        int[] periods = [.. texts.Select(ParseOne)];
        return periods.Distinct().Count() == periods.Length
            ? periods
            : throw new QuarryException("A period is given twice. Seasons within one another have different periods, such as 24,168.");
    }

    /// <summary>
    /// The period that fits a step: a day, a week for steps of a day, an hour where the series has no two days, else 24.
    /// </summary>
    public static int Guess(TimeSpan step, long points)
    {
        if (step == TimeSpan.FromDays(1))
        {
            return 7;
        }

        if (Steps(TimeSpan.FromDays(1), step) is { } day && (points >= 2 * day || Steps(TimeSpan.FromHours(1), step) is null))
        {
            return day;
        }

        return Steps(TimeSpan.FromHours(1), step) ?? 24;
    }

    private static int? Steps(TimeSpan whole, TimeSpan step) =>
        step > TimeSpan.Zero && whole.Ticks % step.Ticks == 0 && whole.Ticks / step.Ticks is >= 2 and <= int.MaxValue / 4
            ? (int)(whole.Ticks / step.Ticks)
            : null;

    private static int ParseOne(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int period) && period >= 2
            ? period
            : throw new QuarryException($"'{text}' is no period: a whole number of steps from 2 on is needed, several such as 24,168, or auto.");
}
