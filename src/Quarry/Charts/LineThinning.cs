namespace Quarry.Charts;

/// <summary>Takes a line down to what a screen can show.</summary>
internal static class LineThinning
{
    /// <summary>At most so many points, in their order: of each stretch of equally many the least, the greatest, and a gap if it has one.</summary>
    public static IReadOnlyList<LinePoint> Thin(IReadOnlyList<LinePoint> points, int most)
    {
        if (points.Count <= most)
        {
            return points;
        }

        // The line of thinning that series with anomalies have.
        IReadOnlyList<SeriesPoint> kept = SeriesThinning.Thin([.. points.Select((point, i) => new SeriesPoint(new DateTime(i), point.Y, double.NaN, double.NaN, 0))], most);
        return [.. kept.Select(one => points[(int)one.Time.Ticks])];
    }
}
