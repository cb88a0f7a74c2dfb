namespace Quarry.Charts;

/// <summary>Takes a series down to what a screen can show.</summary>
internal static class SeriesThinning
{
    /// <summary>
    /// At most so many points and all anomalies, in their order: of each stretch of equally many points the least, the
    /// greatest, and a gap if it has one. A line through them covers the same ground on a screen.
    /// </summary>
    public static IReadOnlyList<SeriesPoint> Thin(IReadOnlyList<SeriesPoint> points, int most)
    {
        if (points.Count <= most)
        {
            return points;
        }

        int stretches = Math.Max(1, most / 3);
        var kept = new List<SeriesPoint>(most);
        for (int s = 0; s < stretches; s++)
        {
            int first = (int)((long)points.Count * s / stretches), last = (int)((long)points.Count * (s + 1) / stretches);
            (int least, int greatest, int gap) = Extremes(points, first, last);
            for (int i = first; i < last; i++)
            {
                if (i == least || i == greatest || i == gap || points[i].Anomaly != 0)
                {
                    kept.Add(points[i]);
                }
            }
        }

        return kept;
    }

    private static (int Least, int Greatest, int Gap) Extremes(IReadOnlyList<SeriesPoint> points, int first, int last)
    {
        int least = -1, greatest = -1, gap = -1;
        for (int i = first; i < last; i++)
        {
            double value = points[i].Value;
            if (!double.IsFinite(value))
            {
                gap = gap < 0 ? i : gap;
                continue;
            }

            least = least < 0 || value < points[least].Value ? i : least;
            greatest = greatest < 0 || value > points[greatest].Value ? i : greatest;
        }

        return (least, greatest, gap);
    }
}
