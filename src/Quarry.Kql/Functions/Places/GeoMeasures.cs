namespace Quarry.Kql.Functions.Places;

/// <summary>Lengths, areas, middles and nearest points of shapes. Metres.</summary>
internal static class GeoMeasures
{
    /// <summary>The length of all edges.</summary>
    public static double Length(GeoShape shape) => shape.Edges().Sum(edge => edge.From.AngleTo(edge.To)) * Sphere.EarthRadius;

    /// <summary>The length of the boundary of polygons.</summary>
    public static double Perimeter(GeoShape shape) => Length(shape);

    /// <summary>The area of polygons without their holes, in square metres.</summary>
    public static double Area(GeoShape shape) =>
        shape.Polygons.Sum(polygon => polygon[0].Area - polygon[1..].Sum(hole => hole.Area)) * Sphere.EarthRadius * Sphere.EarthRadius;

    /// <summary>The centre of mass of lines; null where they have no length.</summary>
    public static GlobePoint? LineCentroid(GeoShape shape)
    {
        var sum = new Direction(0, 0, 0);
        foreach (Edge edge in shape.Edges())
        {
            // The integral over an arc: along its middle, with twice the sine of half its angle.
            Direction middle = edge.From + edge.To;
            sum += (edge.To - edge.From).Length / middle.Length * middle;
        }

        return sum.Length < 1e-300 ? null : GlobePoint.Of(sum);
    }

    /// <summary>The centre of mass of polygons; null where it is the middle of the Earth.</summary>
    /// <remarks>Source: J. E. Brock, "The inertia tensor for a spherical triangle", J. Applied Mechanics 42 (1975): the integral over a triangle.</remarks>
    public static GlobePoint? AreaCentroid(GeoShape shape)
    {
        var sum = new Direction(0, 0, 0);
        foreach (GeoRing[] polygon in shape.Polygons)
        {
            for (int i = 0; i < polygon.Length; i++)
            {
                Direction moment = Moment(polygon[i]);
                sum += i == 0 ? moment : -moment;
            }
        }

        return sum.Length < 1e-300 ? null : GlobePoint.Of(sum);
    }

    /// <summary>The point at a fraction of the way along a line.</summary>
    public static GlobePoint At(GlobePoint[] line, double fraction)
    {
        double left = fraction * Angle(line);
        for (int i = 1; i < line.Length; i++)
        {
            double angle = line[i - 1].Vector.AngleTo(line[i].Vector);
            if (left < angle)
            {
                return left <= 0 ? line[i - 1] : GlobePoint.Of(line[i - 1].Vector.Towards(line[i].Vector, left / angle));
            }

            left -= angle;
        }

        return line[^1];
    }

    /// <summary>How far along a line, from 0 to 1, its nearest point to a point is.</summary>
    public static double Locate(GlobePoint[] line, Direction point)
    {
        double passed = 0;
        double best = 0;
        double nearest = double.PositiveInfinity;
        for (int i = 1; i < line.Length; i++)
        {
            Direction foot = point.NearestOf(line[i - 1].Vector, line[i].Vector);
            double distance = (foot - point).Length;
            if (distance < nearest)
            {
                nearest = distance;
                best = passed + line[i - 1].Vector.AngleTo(foot);
            }

            passed += line[i - 1].Vector.AngleTo(line[i].Vector);
        }

        return passed == 0 ? 0 : Math.Min(1, best / passed);
    }

    /// <summary>The nearest point of the lines, or of the rings.</summary>
    public static GlobePoint Nearest(GeoShape shape, Direction point)
    {
        Direction best = default;
        double nearest = double.PositiveInfinity;
        foreach (Edge edge in shape.Edges())
        {
            Direction foot = point.NearestOf(edge.From, edge.To);
            double distance = (foot - point).Length;
            if (distance < nearest)
            {
                (nearest, best) = (distance, foot);
            }
        }

        return GlobePoint.Of(best);
    }

    private static double Angle(GlobePoint[] line)
    {
        double angle = 0;
        for (int i = 1; i < line.Length; i++)
        {
            angle += line[i - 1].Vector.AngleTo(line[i].Vector);
        }

        return angle;
    }

    private static Direction Moment(GeoRing ring)
    {
        var sum = new Direction(0, 0, 0);
        Direction first = ring.Points[0].Vector;
        for (int i = 1; i + 1 < ring.Points.Length; i++)
        {
            sum += Moment(first, ring.Points[i].Vector, ring.Points[i + 1].Vector);
        }

        return ring.IsClockwise ? -sum : sum;
    }

    private static Direction Moment(Direction a, Direction b, Direction c)
    {
        double ofA = Stretch(b.AngleTo(c));
        double ofB = Stretch(c.AngleTo(a));
        double ofC = Stretch(a.AngleTo(b));
        var x = new Direction(a.X, b.X - a.X, c.X - a.X);
        var y = new Direction(a.Y, b.Y - a.Y, c.Y - a.Y);
        var z = new Direction(a.Z, b.Z - a.Z, c.Z - a.Z);
        var r = new Direction(ofA, ofB - ofA, ofC - ofA);
        return 0.5 * new Direction(y.Cross(z).Dot(r), z.Cross(x).Dot(r), x.Cross(y).Dot(r));
    }

    private static double Stretch(double angle) => angle == 0 ? 1 : angle / Math.Sin(angle);
}
