using System.Globalization;

namespace Quarry.TimeSeries;

/// <summary>The periods in which a series stands out, and the KQL that selects them.</summary>
public static class AnomalyPeriods
{
    /// <summary>
    /// Periods around points that stand out: the points are put into bins; the first opens a period from one bin's width before to
    /// one behind its start; a bin within two widths of the one before carries the end on; any other opens a new one.
    /// </summary>
    /// <param name="times">The times, in any order.</param>
    /// <param name="anomalies">1, -1 or 0 for each time.</param>
    /// <param name="width">The bin's width. Default: an hour.</param>
    /// <param name="spikesOnly">Whether dips (-1) are left out. Default: true.</param>
    public static IReadOnlyList<AnomalyPeriod> Find(
        IReadOnlyList<DateTime> times, IReadOnlyList<int> anomalies, TimeSpan? width = null, bool spikesOnly = true)
    {
        long bin = (width ?? TimeSpan.FromHours(1)).Ticks;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bin);
        var found = new SortedSet<long>();
        for (int i = 0; i < times.Count; i++)
        {
            if (anomalies[i] == 1 || (anomalies[i] == -1 && !spikesOnly))
            {
                found.Add(times[i].Ticks / bin * bin);
            }
        }

        var periods = new List<AnomalyPeriod>();
        long last = 0;
        foreach (long start in found)
        {
            AnomalyPeriod next = new(At((Int128)start - bin), At((Int128)start + bin));
            if (periods.Count > 0 && start - last <= 2 * (Int128)bin)
            {
                periods[^1] = periods[^1] with { End = next.End };
            }
            else
            {
                periods.Add(next);
            }

            last = start;
        }

        return periods;
    }

    /// <summary>
    /// A KQL operator that keeps the rows within periods: <c>| where TimeGenerated between (datetime(…) .. datetime(…)) or …</c>. Without
    /// periods it keeps none (<c>| where false</c>).
    /// </summary>
    /// <param name="periods">The periods.</param>
    /// <param name="column">The column of the times. Default: TimeGenerated.</param>
    public static string ToKql(IEnumerable<AnomalyPeriod> periods, string column = "TimeGenerated")
    {
        string name = Name(column);
        string[] clauses = [.. periods.Select(p => $"{name} between (datetime({Text(p.Start)}) .. datetime({Text(p.End)}))")];
        return clauses.Length == 0 ? "| where false" : $"| where {string.Join(" or ", clauses)}";
    }

    /// <summary>A condition that holds for the rows of a key: <c>Account == 'bob'</c>.</summary>
    internal static string KeyClause(Tables.ColumnSchema column, object? value)
    {
        string name = Name(column.Name);
        return value is null ? $"isempty({name})"
            : value is string text ? $"{name} == '{string.Concat(text.Select(Escape))}'"
            : $"tostring({name}) == '{string.Concat(Invariant(value).Select(Escape))}'";
    }

    private static string Invariant(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static DateTime At(Int128 ticks) => new(
        (long)Int128.Clamp(ticks, 0, DateTime.MaxValue.Ticks), DateTimeKind.Utc);

    private static string Text(DateTime time) => time.Ticks % TimeSpan.TicksPerSecond == 0
        ? time.ToString("yyyy-MM-dd HH:mm:ss+00:00", CultureInfo.InvariantCulture)
        : time.ToString("yyyy-MM-dd HH:mm:ss.fffffff+00:00", CultureInfo.InvariantCulture);

    // Any other name than an identifier is bracketed and quoted, with what could end the quotes escaped: it comes from a log's header.
    private static string Name(string column)
    {
        bool isIdentifier = column.Length > 0 && !char.IsAsciiDigit(column[0]) && column.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
        return isIdentifier ? column : $"['{string.Concat(column.Select(Escape))}']";
    }

    private static string Escape(char c) => c switch
    {
        '\'' => "\\'",
        '\\' => "\\\\",
        < ' ' or '\u007F' or '\u0085' or '\u2028' or '\u2029' => $"\\u{(int)c:X4}",
        _ => c.ToString(),
    };
}
