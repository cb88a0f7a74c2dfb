using System.Text;
using Quarry.Tables;

namespace Quarry.Data.Queries.Filling;

/// <summary>
/// Times of parameters: absolute ones in any form that <see cref="TimeText"/> reads, <c>now</c>, and relative ones:
/// a number with a unit (<c>y</c>, <c>mon</c>, <c>w</c>, <c>d</c>, <c>h</c>, <c>m</c>, <c>s</c>; days where there is none),
/// and behind <c>@</c> a unit to round to: down where the number is negative (<c>-3d@d</c> is midnight three days ago), else up.
/// </summary>
internal static class RelativeTime
{
    // Longer digits without a unit are a date or Unix time.
    private const int MostDigitsOfDays = 5;

    /// <summary>Reads a time.</summary>
    /// <param name="text">The text.</param>
    /// <param name="now">The present, UTC.</param>
    /// <param name="time">The time, UTC.</param>
    public static bool TryParse(string text, DateTime now, out DateTime time)
    {
        text = text.Trim();
        time = now;
        return text.Equals("now", StringComparison.OrdinalIgnoreCase)
            || TryOffset(text, now, out time)
            || TimeText.TryParse(Encoding.UTF8.GetBytes(text), out time);
    }

    private static bool TryOffset(string text, DateTime now, out DateTime time)
    {
        time = now;
        bool isNegative = text.StartsWith('-');
        bool isSigned = isNegative || text.StartsWith('+');
        ReadOnlySpan<char> rest = text.AsSpan(isSigned ? 1 : 0).TrimStart();
        int digits = rest.IndexOfAnyExceptInRange('0', '9');
        digits = digits < 0 ? rest.Length : digits;
        if (digits is 0 or > 9)
        {
            return false;
        }

        int at = rest.IndexOf('@');
        string unit = rest[digits..(at < 0 ? rest.Length : at)].Trim().ToString();
        if (unit.Length == 0 && !isSigned && digits > MostDigitsOfDays)
        {
            return false;
        }

        int number = int.Parse(rest[..digits], System.Globalization.CultureInfo.InvariantCulture) * (isNegative ? -1 : 1);
        return TryAdd(now, number, unit, out time)
            && (at < 0 || TryRound(time, rest[(at + 1)..].Trim().ToString(), isNegative, out time));
    }

    private static bool TryAdd(DateTime now, int number, string unit, out DateTime time)
    {
        time = now;
        try
        {
            switch (UnitOf(unit.Length == 0 ? "d" : unit))
            {
                case 'y': time = now.AddYears(number); return true;
                case 'M': time = now.AddMonths(number); return true;
                case 'w': time = now.AddDays(7L * number); return true;
                case 'd': time = now.AddDays(number); return true;
                case 'h': time = now.AddHours(number); return true;
                case 'm': time = now.AddMinutes(number); return true;
                case 's': time = now.AddSeconds(number); return true;
                default: return false;
            }
        }
        catch (ArgumentOutOfRangeException)
        {
            return false;
        }
    }

    private static bool TryRound(DateTime time, string unit, bool isDown, out DateTime rounded)
    {
        rounded = time;
        char name = UnitOf(unit);
        DateTime? floor = name switch
        {
            'y' => new DateTime(time.Year, 1, 1, 0, 0, 0, DateTimeKind.Utc),
            'M' => new DateTime(time.Year, time.Month, 1, 0, 0, 0, DateTimeKind.Utc),
            'd' => Floor(time, TimeSpan.TicksPerDay),
            'h' => Floor(time, TimeSpan.TicksPerHour),
            'm' => Floor(time, TimeSpan.TicksPerMinute),
            's' => Floor(time, TimeSpan.TicksPerSecond),
            _ => null, // A week begins on a Sunday here and on a Monday there.
        };
        rounded = floor ?? time;
        return floor is not null && (isDown || TryAdd(rounded, 1, unit, out rounded));
    }

    private static DateTime Floor(DateTime time, long ticks) => new(time.Ticks - (time.Ticks % ticks), DateTimeKind.Utc);

    private static char UnitOf(string unit) => unit.ToLowerInvariant() switch
    {
        "y" or "yr" or "year" or "years" => 'y',
        "mon" or "month" or "months" => 'M',
        "w" or "week" or "weeks" => 'w',
        "d" or "day" or "days" => 'd',
        "h" or "hr" or "hrs" or "hour" or "hours" => 'h',
        "m" or "min" or "mins" or "minute" or "minutes" => 'm',
        "s" or "sec" or "secs" or "second" or "seconds" => 's',
        _ => '\0',
    };
}
