namespace Quarry.Kql.Functions.Places;

/// <summary>Lines, or polygons, of a GeoJSON text. Their edges are arcs of great circles.</summary>
/// <param name="Lines">Lines of at least two points, where it is a LineString or a MultiLineString.</param>
/// <param name="Polygons">Polygons, where it is a Polygon or a MultiPolygon; each ring without the repeated last point, the shell first.</param>
/// <param name="IsMulti">Whether it is written as several.</param>
internal sealed record GeoShape(GlobePoint[][] Lines, GeoRing[][] Polygons, bool IsMulti)
{
    private EdgeTree? _tree;

    /// <summary>Whether it is made of polygons.</summary>
    public bool IsArea => Polygons.Length > 0;

    /// <summary>All rings.</summary>
    public IEnumerable<GeoRing> Rings => Polygons.SelectMany(polygon => polygon);

    /// <summary>All edges, to be searched.</summary>
    public EdgeTree Tree => _tree ??= new EdgeTree([.. Edges()]);

    /// <summary>All edges.</summary>
    public IEnumerable<Edge> Edges()
    {
        foreach (GlobePoint[] line in Lines)
        {
            for (int i = 1; i < line.Length; i++)
            {
                yield return new Edge(line[i - 1].Vector, line[i].Vector);
            }
        }

        foreach (GeoRing ring in Rings)
        {
            for (int i = 0; i < ring.Points.Length; i++)
            {
                yield return new Edge(ring.Points[i].Vector, ring.Points[(i + 1) % ring.Points.Length].Vector);
            }
        }
    }

    /// <summary>A point of each line, or of each polygon.</summary>
    public IEnumerable<Direction> Starts() => Lines.Select(line => line[0].Vector).Concat(Polygons.Select(polygon => polygon[0].Points[0].Vector));

    /// <summary>Whether a point is inside a polygon, or is one of its vertices.</summary>
    public bool Contains(Direction point)
    {
        bool isInside = false;
        foreach (GeoRing ring in Rings)
        {
            switch (ring.Contains(point))
            {
                case null:
                    return true;
                case true:
                    isInside = !isInside;
                    break;
            }
        }

        return isInside;
    }
}
