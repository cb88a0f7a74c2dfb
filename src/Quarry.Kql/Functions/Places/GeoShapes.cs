namespace Quarry.Kql.Functions.Places;

/// <summary>Makes shapes of points, where they are valid.</summary>
internal static class GeoShapes
{
    /// <summary>Lines; null where one has less than two points, or an edge is half a great circle.</summary>
    public static GeoShape? OfLines(IReadOnlyList<GlobePoint[]> lines, bool isMulti)
    {
        if (lines.Count == 0)
        {
            return null;
        }

        foreach (GlobePoint[] line in lines)
        {
            if (line.Length < 2 || HasEndlessEdge(line))
            {
                return null;
            }
        }

        return new GeoShape([.. lines], [], isMulti);
    }

    /// <summary>
    /// Polygons; null where there is none, where a ring is open, has less than three points or one twice, or where rings cross or share an edge.
    /// </summary>
    public static GeoShape? OfPolygons(IReadOnlyList<IReadOnlyList<GlobePoint[]>> polygons, bool isMulti)
    {
        if (polygons.Count == 0)
        {
            return null;
        }

        var all = new List<GeoRing[]>();
        foreach (IReadOnlyList<GlobePoint[]> polygon in polygons)
        {
            if (polygon.Count == 0)
            {
                return null;
            }

            var rings = new List<GeoRing>();
            foreach (GlobePoint[] closed in polygon)
            {
                if (closed.Length < 4 || closed[0].Vector != closed[^1].Vector || HasEndlessEdge(closed)
                    || closed[1..].Select(point => point.Vector).Distinct().Count() != closed.Length - 1)
                {
                    return null;
                }

                rings.Add(new GeoRing(closed[..^1]));
            }

            all.Add([.. rings]);
        }

        var shape = new GeoShape([], [.. all], isMulti);
        return shape.Tree.Any(shape.Tree, (i, j) => IsConflict(shape.Tree.Edges[i], shape.Tree.Edges[j])) is false ? shape : null;
    }

    /// <summary>Whether two edges of the boundary of one region may not be: they cross, or are the same.</summary>
    private static bool IsConflict(in Edge one, in Edge other) =>
        (one.From == other.From && one.To == other.To) || (one.From == other.To && one.To == other.From) || one.Crossing(other) is not null;

    private static bool HasEndlessEdge(GlobePoint[] points)
    {
        for (int i = 1; i < points.Length; i++)
        {
            if ((points[i - 1].Vector + points[i].Vector).Length < 1e-14)
            {
                return true;
            }
        }

        return false;
    }
}
