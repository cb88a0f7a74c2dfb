namespace Quarry.Kql.Functions.Places;

/// <summary>A closed ring of at least three points, which stands for the smaller of the two regions it divides the sphere into.</summary>
internal sealed class GeoRing
{
    private readonly Direction _middle;
    private readonly double _nearness;

    /// <summary>A ring of its points, the first not repeated.</summary>
    public GeoRing(GlobePoint[] points)
    {
        Points = points;
        var sum = new Direction(0, 0, 0);
        foreach (GlobePoint point in points)
        {
            sum += point.Vector;
        }

        _middle = sum.Unit;
        Direction middle = _middle;
        double far = points.Max(point => point.Vector.AngleTo(middle));

        // A cap that contains all vertices contains the edges too, unless it is more than half the sphere.
        _nearness = far < 1.5 ? Math.Cos(far) - 1e-12 : -2;
        double area = SignedArea(points);
        IsClockwise = area < 0 ? area > -2 * Math.PI : area > 2 * Math.PI;
        Area = Math.Abs(area) > 2 * Math.PI ? (4 * Math.PI) - Math.Abs(area) : Math.Abs(area);
    }

    /// <summary>The points in the order they were written.</summary>
    public GlobePoint[] Points { get; }

    /// <summary>The area on the unit sphere.</summary>
    public double Area { get; }

    /// <summary>Whether the smaller region is on the right.</summary>
    public bool IsClockwise { get; }

    /// <summary>Whether a point is inside; null if it is a vertex.</summary>
    public bool? Contains(Direction point)
    {
        if (point.Dot(_middle) < _nearness)
        {
            return false;
        }

        // How often the ring winds around the point: a full turn for what is inside.
        double turn = 0;
        Direction last = Points[^1].Vector;
        foreach (GlobePoint vertex in Points)
        {
            Direction next = vertex.Vector;
            if ((next - point).Length <= Edge.Nearness)
            {
                return null;
            }

            Direction lastSide = point.Normal(last);
            Direction nextSide = point.Normal(next);
            turn += Math.Atan2(lastSide.Cross(nextSide).Dot(point), lastSide.Dot(nextSide));
            last = next;
        }

        return (IsClockwise ? -turn : turn) > Math.PI;
    }

    // The sum of the triangles that the first point makes with the edges (L'Huilier's theorem; the results of the
    // documented examples are those of this formula, to the last digit).
    private static double SignedArea(GlobePoint[] points)
    {
        double sum = 0;
        Direction first = points[0].Vector;
        for (int i = 1; i + 1 < points.Length; i++)
        {
            Direction second = points[i].Vector;
            Direction third = points[i + 1].Vector;
            double turn = Direction.Turn(first, second, third);
            sum += turn == 0 ? 0 : Math.CopySign(TriangleArea(first, second, third), turn);
        }

        return sum;
    }

    private static double TriangleArea(Direction first, Direction second, Direction third)
    {
        double a = second.AngleTo(third);
        double b = third.AngleTo(first);
        double c = first.AngleTo(second);
        double half = 0.5 * (a + b + c);
        return 4 * Math.Atan(Math.Sqrt(Math.Max(0, Math.Tan(0.5 * half) * Math.Tan(0.5 * (half - a)) * Math.Tan(0.5 * (half - b)) * Math.Tan(0.5 * (half - c)))));
    }
}
