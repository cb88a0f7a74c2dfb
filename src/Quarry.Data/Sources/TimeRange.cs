using System.Globalization;

namespace Quarry.Data.Sources;

/// <summary>A span of time: its start is inside, its end is not.</summary>
/// <param name="Start">The first instant, UTC.</param>
/// <param name="End">The first instant after it, UTC.</param>
public readonly record struct TimeRange(DateTime Start, DateTime End)
{
    /// <summary>How long it is.</summary>
    public TimeSpan Length => End - Start;

    /// <summary>The parts of a length that it consists of, in order; the last may be shorter.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is not positive.</exception>
    public IEnumerable<TimeRange> Split(TimeSpan length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        return Parts(this, length);
    }

    /// <summary>ISO 8601, as services take it: <c>start/end</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Start:yyyy-MM-ddTHH:mm:ss.fffffffZ}/{End:yyyy-MM-ddTHH:mm:ss.fffffffZ}");

    private static IEnumerable<TimeRange> Parts(TimeRange whole, TimeSpan length)
    {
        DateTime start = whole.Start;
        while (start < whole.End)
        {
            DateTime end = whole.End - start > length ? start + length : whole.End;
            yield return new TimeRange(start, end);
            start = end;
        }
    }
}
