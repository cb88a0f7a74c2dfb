namespace Quarry.Charts;

/// <summary>How times stand at an axis.</summary>
internal static class TimeAxis
{
    /// <summary>Vega's expression for a label: a year, a day, or the time of day in 24 hours, UTC; the coarsest that says it.</summary>
    public const string Label =
        "utcFormat(datum.value, utchours(datum.value) || utcminutes(datum.value) || utcseconds(datum.value) "
        + "? (utcseconds(datum.value) ? '%H:%M:%S' : '%H:%M') "
        + ": (utcmonth(datum.value) || utcdate(datum.value) > 1 ? '%b %d' : '%Y'))";
}
