using System.Globalization;

namespace Quarry.Data.Sources.Splitting;

/// <summary>Asks a long time range in parts, side by side, and puts their rows together in order.</summary>
internal static class SplitQueries
{
    /// <summary>The most parts that a range is split into.</summary>
    public const int MostParts = 10_000;

    /// <summary>Begins a query in parts.</summary>
    /// <param name="query">The query, with a range and a length of its parts.</param>
    /// <param name="begin">Begins one part: the query over the part's range.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="SourceException">The query cannot be split; the message tells why.</exception>
    public static SourceRun Begin(SourceQuery query, Func<SourceQuery, CancellationToken, Task<SourceRun>> begin, CancellationToken cancellation)
    {
        if (query.Range is not { } range || query.SplitBy is not { } length)
        {
            throw new SourceException(SourceFault.Unsupported, "A query is split by time, and this one has no time range. Give it one.");
        }

        if (length <= TimeSpan.Zero || range.Length <= TimeSpan.Zero || query.InFlight < 1)
        {
            throw new SourceException(SourceFault.Unsupported, "A time range is split into parts of a length above zero, at least one of them asked at once.");
        }

        long parts = ((range.Length.Ticks - 1) / length.Ticks) + 1;
        if (parts > MostParts)
        {
            throw new SourceException(
                SourceFault.Unsupported,
                string.Create(CultureInfo.InvariantCulture, $"The time range would be split into {parts:N0} parts; {MostParts:N0} is the most. Make the parts longer."));
        }

        QueryShape.RequireSplittable(query.Text);
        return new SplitRun(query, [.. range.Split(length)], begin, cancellation);
    }
}
