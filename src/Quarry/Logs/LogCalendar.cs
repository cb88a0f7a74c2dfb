namespace Quarry.Logs;

/// <summary>
/// Gives the times of a log their year and their zone, line after line. A time without a year gets, by what is known:
/// the year that was given for the first such line, or the one nearest to the dated lines at the beginning of the log, and
/// each later one the year nearest to the line before it, so that New Year is passed; or, if nothing is known, the latest year
/// in which the time is not in the future. No guess lies more than a day in the future, whatever is written into the log.
/// </summary>
internal sealed class LogCalendar
{
    private readonly LogZone _zone;
    private readonly int? _firstYear;
    private readonly long _latest;
    private long? _previous;
    private bool _isBegun;

    /// <summary>A calendar.</summary>
    /// <param name="options">Year and zone.</param>
    /// <param name="now">The time of reading, UTC.</param>
    /// <param name="head">The times of the first lines.</param>
    public LogCalendar(ParseOptions options, DateTime now, IEnumerable<LogMoment> head)
    {
        _zone = LogZone.Parse(options.Timezone);
        _firstYear = options.Year;
        _latest = now.AddDays(now.Year < 9999 ? 1 : 0).Ticks;
        long[] dated = [.. head.Where(m => m.IsThere && m.Year != 0 && m.IsIn(m.Year)).Select(m => m.In(m.Year)).Order()];
        _previous = dated.Length > 0 && _firstYear is null ? dated[dated.Length / 2] : null;
    }

    /// <summary>How many times had no year.</summary>
    public long Yearless { get; private set; }

    /// <summary>How many named a zone that means several.</summary>
    public long UnknownZones { get; private set; }

    private int LeastYear { get; set; } = int.MaxValue;

    private int GreatestYear { get; set; }

    /// <summary>The point in time, UTC; false if the day is none of the year that was told for it.</summary>
    public bool TryResolve(in LogMoment moment, out DateTime utc)
    {
        utc = default;
        int year = moment.Year;
        if (year == 0)
        {
            Yearless++;
            year = YearOf(moment);
            if (year == 0)
            {
                return false;
            }

            LeastYear = Math.Min(LeastYear, year);
            GreatestYear = Math.Max(GreatestYear, year);
        }
        else if (!moment.IsIn(year))
        {
            return false;
        }

        UnknownZones += moment.HasUnknownZone ? 1 : 0;
        long local = moment.In(year);
        long ticks = moment.Zone is { } offset ? local - offset : _zone.ToUtc(local);
        utc = new DateTime(Math.Clamp(ticks, 0, DateTime.MaxValue.Ticks), DateTimeKind.Utc);
        return true;
    }

    /// <summary>What the user has to know of what was told.</summary>
    public IEnumerable<string> Remarks()
    {
        if (Yearless > 0 && GreatestYear > 0)
        {
            string years = LeastYear == GreatestYear ? $"{LeastYear}" : $"{LeastYear} to {GreatestYear}";
            yield return $"{Counted.Of(Yearless, "line has", "lines have")} a time without a year; it was taken to be {years} (--year says which).";
        }

        if (UnknownZones > 0)
        {
            yield return $"{Counted.Of(UnknownZones, "line names", "lines name")} a time zone by letters that mean several; --timezone was used for them.";
        }
    }

    private int YearOf(in LogMoment moment)
    {
        if (!_isBegun && _firstYear is { } first)
        {
            return Begin(moment, first);
        }

        _isBegun = true;
        int year = _previous is { } previous ? Nearest(moment, previous) : LatestBefore(moment);
        if (year != 0 && _previous is not null)
        {
            _previous = moment.In(year);
        }

        return year;
    }

    private int Begin(in LogMoment moment, int year)
    {
        if (!moment.IsIn(year))
        {
            return 0;
        }

        _isBegun = true;
        _previous = moment.In(year);
        return year;
    }

    private int Nearest(in LogMoment moment, long previous)
    {
        int around = new DateTime(previous).Year, best = 0;
        long least = long.MaxValue;
        long latest = Math.Max(_latest, previous + TimeSpan.TicksPerDay);
        for (int year = around - 1; year <= around + 1; year++)
        {
            if (!moment.IsIn(year) || moment.In(year) > latest)
            {
                continue;
            }

            long distance = Math.Abs(moment.In(year) - previous);
            if (distance < least)
            {
                (best, least) = (year, distance);
            }
        }

        return best;
    }

    private int LatestBefore(in LogMoment moment)
    {
        int year = new DateTime(_latest).Year;

        // Eight years hold a 29 February, also around 1900 and 2100.
        for (int back = 0; back <= 8; back++, year--)
        {
            if (moment.IsIn(year) && moment.In(year) <= _latest)
            {
                return year;
            }
        }

        return 0;
    }
}
