namespace Quarry.Kql.Functions.Places;

/// <summary>Takes points out of the rings of several polygons so that borders they share stay shared.</summary>
internal sealed class SharedBorders
{
    private readonly double _tolerance;
    private readonly HashSet<Direction> _junctions = [];

    private SharedBorders(IReadOnlyList<GeoRing[]> polygons, double tolerance)
    {
        _tolerance = tolerance;

        // Where borders meet: points with more than two neighbours.
        var neighbors = new Dictionary<Direction, (Direction First, Direction Second)>();
        foreach (GlobePoint[] ring in polygons.SelectMany(polygon => polygon).Select(ring => ring.Points))
        {
            for (int i = 0; i < ring.Length; i++)
            {
                Direction at = ring[i].Vector;
                Direction before = ring[(i + ring.Length - 1) % ring.Length].Vector;
                Direction after = ring[(i + 1) % ring.Length].Vector;
                if (!neighbors.TryAdd(at, (before, after)) && neighbors[at] != (before, after) && neighbors[at] != (after, before))
                {
                    _junctions.Add(at);
                }
            }
        }
    }

    /// <summary>The polygons with fewer points, as GeoJSON; null where nothing is left, or where edges would cross.</summary>
    public static string? Simplified(IReadOnlyList<GeoShape> shapes, double tolerance)
    {
        GeoRing[][] polygons = [.. shapes.SelectMany(shape => shape.Polygons)];
        var together = new GeoShape([], polygons, true);
        switch (together.Tree.Any(together.Tree, (i, j) => together.Tree.Edges[i].Crossing(together.Tree.Edges[j]) is not null))
        {
            case null:
                return null;
            case true:
                // Areas that lie over each other are one.
                if (Overlay.Union(shapes.Select(Region.Of))?.Polygons() is not { } united)
                {
                    return null;
                }

                polygons = [.. united.Select(polygon => (GeoRing[])[.. polygon.Select(ring => new GeoRing(ring))])];
                break;
        }

        var borders = new SharedBorders(polygons, tolerance);
        var simple = new List<IReadOnlyList<GlobePoint[]>>();
        foreach (GeoRing[] polygon in polygons)
        {
            List<GlobePoint[]> rings = [.. polygon.Select(ring => borders.Simplified(ring.Points))];
            if (IsLeft(rings[0], tolerance))
            {
                List<GlobePoint[]> left = [.. rings.Where(ring => IsLeft(ring, tolerance))];
                if (GeoShapes.OfPolygons([[.. left.Select(ring => (GlobePoint[])[.. ring, ring[0]])]], isMulti: false) is null)
                {
                    return null;
                }

                simple.Add(left);
            }
        }

        return simple.Count == 0 ? null : GeoJson.Polygons(simple, simple.Count > 1);
    }

    // Something is left of a ring that has breadth.
    private static bool IsLeft(GlobePoint[] ring, double tolerance) =>
        ring.Length >= 3 && ring.Max(point => point.Vector.AngleTo(ring[0].Vector)) * Sphere.EarthRadius > tolerance;

    private GlobePoint[] Simplified(GlobePoint[] ring)
    {
        // From a junction, or else from a point that does not depend on where the ring was begun.
        int start = Array.FindIndex(ring, point => _junctions.Contains(point.Vector));
        start = start >= 0 ? start : Array.IndexOf(ring, ring.MinBy(Key));
        GlobePoint[] turned = [.. ring[start..], .. ring[..start], ring[start]];
        var points = new List<GlobePoint>();
        for (int from = 0; from < turned.Length - 1;)
        {
            int to = from + 1;
            while (to < turned.Length - 1 && !_junctions.Contains(turned[to].Vector))
            {
                to++;
            }

            List<GlobePoint> chain = Chain(turned[from..(to + 1)]);
            points.AddRange(chain[..^1]);
            from = to;
        }

        return [.. points];
    }

    // The same points whichever way the chain is gone.
    private List<GlobePoint> Chain(GlobePoint[] chain)
    {
        int order = Key(chain[0]).CompareTo(Key(chain[^1]));
        bool isBackward = order > 0 || (order == 0 && Key(chain[1]).CompareTo(Key(chain[^2])) > 0);
        List<GlobePoint> simple = GeoEditing.Simplified(isBackward ? [.. chain.Reverse()] : chain, _tolerance);
        if (isBackward)
        {
            simple.Reverse();
        }

        return simple;
    }

    private static (double, double, double) Key(GlobePoint point) => (point.Vector.X, point.Vector.Y, point.Vector.Z);
}
