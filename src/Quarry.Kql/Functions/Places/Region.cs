namespace Quarry.Kql.Functions.Places;

/// <summary>A part of the sphere, on the left of its loops.</summary>
internal sealed class Region
{
    private readonly GeoRing[] _rings;
    private EdgeTree? _tree;

    /// <summary>A region of its loops.</summary>
    public Region(IReadOnlyList<GlobePoint[]> loops)
    {
        Loops = loops;
        _rings = [.. loops.Select(loop => new GeoRing(loop))];
    }

    /// <summary>The boundary: shells counterclockwise, holes clockwise.</summary>
    public IReadOnlyList<GlobePoint[]> Loops { get; }

    /// <summary>How many points the boundary has.</summary>
    public int Count => Loops.Sum(loop => loop.Length);

    /// <summary>The edges, loop after loop.</summary>
    public EdgeTree Tree => _tree ??= new EdgeTree([.. Loops.SelectMany(loop => loop.Select((point, i) => new Edge(point.Vector, loop[(i + 1) % loop.Length].Vector)))]);

    /// <summary>The region of polygons.</summary>
    public static Region Of(GeoShape shape) => new([.. shape.Polygons.SelectMany(polygon => polygon.Select((ring, i) =>
        ring.IsClockwise == (i > 0) ? ring.Points : [.. ring.Points.Reverse()]))]);

    /// <summary>Whether a point that is on no edge is inside.</summary>
    public bool Contains(Direction point)
    {
        bool isInside = false;
        foreach (GeoRing ring in _rings)
        {
            isInside ^= ring.Contains(point) ?? false;
        }

        return isInside;
    }

    /// <summary>The polygons, each its shell and its holes; null where there are too many.</summary>
    public IReadOnlyList<IReadOnlyList<GlobePoint[]>>? Polygons()
    {
        GeoRing[] shells = [.. _rings.Where(ring => !ring.IsClockwise)];
        GeoRing[] holes = [.. _rings.Where(ring => ring.IsClockwise)];
        if ((long)shells.Length * holes.Length > 1_000_000)
        {
            return null;
        }

        var polygons = shells.Select(shell => new List<GlobePoint[]> { shell.Points }).ToList();
        foreach (GeoRing hole in holes)
        {
            int around = Enumerable.Range(0, shells.Length)
                .Where(i => hole.Points.Select(point => shells[i].Contains(point.Vector)).FirstOrDefault(isInside => isInside is not null) is true)
                .OrderBy(i => shells[i].Area).FirstOrDefault(-1);
            if (around < 0)
            {
                return null;
            }

            polygons[around].Add(hole.Points);
        }

        return polygons;
    }

    /// <summary>The GeoJSON; null where there are too many parts.</summary>
    public string? Json() => Polygons() is { } polygons ? GeoJson.Polygons(polygons, polygons.Count != 1) : null;
}
