namespace Quarry.Kql.Functions.Places;

/// <summary>Adds points to lines and rings, and takes points out of them.</summary>
internal static class GeoEditing
{
    // What a densified shape may have at most, as documented.
    private const int MostPoints = 10_485_760;

    // Where along an edge the straight line in degrees and the great circle are furthest apart, and what the distance there
    // is of the greatest (as S2's documentation gives them for its tessellation).
    private const double Furthest = 0.31215691082248312;
    private const double Scale = 0.83829992569888509;

    /// <summary>
    /// Adds points until the great circles between them are no further than a tolerance in metres from the straight lines in degrees. An edge
    /// of more than 180 degrees of longitude goes the other way around. Null where there are too many points.
    /// </summary>
    public static List<GlobePoint>? Densified(IReadOnlyList<GlobePoint> points, double tolerance, bool isRing)
    {
        double limit = Math.Max(tolerance / Sphere.EarthRadius, 1e-13) * Scale;
        var dense = new List<GlobePoint> { points[0] };
        for (int i = 0; i < points.Count - (isRing ? 0 : 1); i++)
        {
            GlobePoint from = points[i];
            GlobePoint to = points[(i + 1) % points.Count];
            double east = to.Longitude - from.Longitude;
            double end = from.Longitude + (east > 180 ? east - 360 : east < -180 ? east + 360 : east);
            Divide(dense, (from.Longitude, from.Latitude, from.Vector), (end, to.Latitude, to.Vector), limit, 0);
            dense[^1] = to;
            if (dense.Count > MostPoints)
            {
                return null;
            }
        }

        if (isRing)
        {
            dense.RemoveAt(dense.Count - 1);
        }

        return dense;
    }

    /// <summary>Takes out the points whose leaving moves the line by no more than a tolerance in metres. The ends stay.</summary>
    /// <remarks>One pass with the sector of directions in which all points passed so far are near enough, as in the S2 library's documentation.</remarks>
    public static List<GlobePoint> Simplified(IReadOnlyList<GlobePoint> points, double tolerance)
    {
        double limit = tolerance / Sphere.EarthRadius;
        var kept = new List<GlobePoint> { points[0] };
        for (int at = 0; at < points.Count - 1;)
        {
            at = FurthestFrom(points, at, limit);
            kept.Add(points[at]);
        }

        return kept;
    }

    private static int FurthestFrom(IReadOnlyList<GlobePoint> points, int start, double limit)
    {
        Direction origin = points[start].Vector;
        Direction side = Math.Abs(origin.Z) < 0.9 ? new Direction(0, 0, 1) : new Direction(1, 0, 0);
        Direction right = side.Cross(origin).Unit;
        Direction up = origin.Cross(right);
        double middle = 0;
        double half = Math.PI;
        double passed = 0;
        for (int i = start + 1; i < points.Count; i++)
        {
            Direction next = points[i].Vector;
            double distance = origin.AngleTo(next);
            if (distance > Math.PI / 2 || (distance < passed && passed > limit))
            {
                return Math.Max(i - 1, start + 1);
            }

            passed = distance;
            if (distance <= limit)
            {
                continue;
            }

            double direction = Math.Atan2(up.Dot(next), right.Dot(next));
            double off = Math.IEEERemainder(direction - middle, 2 * Math.PI);
            if (Math.Abs(off) > half)
            {
                return Math.Max(i - 1, start + 1);
            }

            double width = Math.Asin(Math.Min(1, Math.Sin(Math.Min(limit, Math.PI / 2)) / Math.Sin(distance)));
            double low = Math.Max(-half, off - width);
            double high = Math.Min(half, off + width);
            middle += (low + high) / 2;
            half = (high - low) / 2;
        }

        return points.Count - 1;
    }

    private static void Divide(
        List<GlobePoint> to, (double Longitude, double Latitude, Direction Vector) from, (double Longitude, double Latitude, Direction Vector) end, double limit, int depth)
    {
        // 2^18 pieces of an edge are shorter than any tolerance asks for.
        if (depth < 18 && to.Count <= MostPoints && Distance(from, end) > limit)
        {
            (double, double, Direction) middle = Between(from, end, 0.5);
            Divide(to, from, middle, limit, depth + 1);
            Divide(to, middle, end, limit, depth + 1);
        }
        else
        {
            double longitude = end.Longitude > 180 ? end.Longitude - 360 : end.Longitude < -180 ? end.Longitude + 360 : end.Longitude;
            to.Add(new GlobePoint(longitude, end.Latitude, end.Vector));
        }
    }

    private static double Distance((double Longitude, double Latitude, Direction Vector) from, (double Longitude, double Latitude, Direction Vector) to) =>
        from.Vector.Dot(to.Vector) < -1e-14 ? double.PositiveInfinity
        : Math.Max(
            from.Vector.Towards(to.Vector, Furthest).AngleTo(Between(from, to, Furthest).Vector),
            from.Vector.Towards(to.Vector, 1 - Furthest).AngleTo(Between(from, to, 1 - Furthest).Vector));

    private static (double Longitude, double Latitude, Direction Vector) Between(
        (double Longitude, double Latitude, Direction Vector) from, (double Longitude, double Latitude, Direction Vector) to, double fraction)
    {
        double longitude = ((1 - fraction) * from.Longitude) + (fraction * to.Longitude);
        double latitude = ((1 - fraction) * from.Latitude) + (fraction * to.Latitude);
        double within = longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude;
        return (longitude, latitude, GlobePoint.At(Math.Clamp(within, -180, 180), Math.Clamp(latitude, -90, 90))!.Value.Vector);
    }
}
