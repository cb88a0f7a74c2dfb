namespace Quarry.Kql.Functions.Places;

/// <summary>Outlines and surroundings of cells of the H3 grid.</summary>
internal static class HexGeometry
{
    // Steps to the neighbours, counterclockwise from the i axis.
    private static readonly (int A, int B)[] Directions = [(1, 0), (1, 1), (0, 1), (-1, 0), (-1, -1), (0, -1)];

    // The same in the order that rings are gone around, from one step along i.
    private static readonly int[] NeighborOrder = [1, 2, 3, 4, 5, 0];

    /// <summary>
    /// The corners, counterclockwise. Cells of odd resolutions have another where a side bends at an edge of the icosahedron.
    /// </summary>
    public static List<GlobePoint> Outline(HexCell cell)
    {
        (int face, double x, double y) = cell.Place;
        bool isOdd = cell.Resolution % 2 != 0;
        if (cell.IsPentagon)
        {
            return Pentagon(cell, face, x, y, isOdd);
        }

        var outline = new List<GlobePoint>();
        (double X, double Y)[] corners = Corners(cell, x, y);
        for (int i = 0; i < corners.Length; i++)
        {
            (double X, double Y) from = corners[i];
            (double X, double Y) to = corners[(i + 1) % corners.Length];
            outline.Add(On(face, from));
            if (isOdd && Bend(from, to) is { } bend)
            {
                outline.Add(On(face, bend));
            }
        }

        return outline;
    }

    /// <summary>The six cells (five of a pentagon) around a cell, counterclockwise from the i axis.</summary>
    public static List<HexCell> Around(HexCell cell)
    {
        var around = new List<HexCell>();
        foreach ((int A, int B) step in Directions)
        {
            HexCell neighbor = Beside(cell, step);
            if (neighbor != cell && !around.Contains(neighbor))
            {
                around.Add(neighbor);
            }
        }

        return around;
    }

    /// <summary>The cells around a cell in the order of a ring.</summary>
    public static IEnumerable<HexCell> Neighbors(HexCell cell) => Around(cell) is { Count: 6 } around ? NeighborOrder.Select(i => around[i]) : Around(cell);

    /// <summary>The cells at each distance in steps from 0 up to one.</summary>
    public static List<List<HexCell>> Rings(HexCell cell, int distance) => Walk(cell, distance) ?? Search(cell, distance);

    // Around and around: out along the first axis, then a side of the ring each 60 degrees. Null where it meets a pentagon, around which a
    // ring is shorter.
    private static List<List<HexCell>>? Walk(HexCell cell, int distance)
    {
        var rings = new List<List<HexCell>> { new() { cell } };
        HexCell at = cell;
        HexCell? last = null;
        for (int ring = 1; ring <= distance; ring++)
        {
            var cells = new List<HexCell>(6 * ring);

            // From the end of one ring, heading along ij, a right turn leads out along i.
            if (Step(ref at, ref last, last is null ? 0 : -1) is false)
            {
                return null;
            }

            for (int side = 0; side < 6; side++)
            {
                for (int step = 0; step < ring; step++)
                {
                    if (Step(ref at, ref last, step > 0 ? 0 : side == 0 ? 2 : 1) is false)
                    {
                        return null;
                    }

                    cells.Add(at);
                }
            }

            rings.Add(cells);
        }

        return rings.Sum(ring => (long)ring.Count) == rings.SelectMany(ring => ring).Distinct().LongCount() ? rings : null;
    }

    // One step straight on, or turned left by so many times 60 degrees.
    private static bool Step(ref HexCell at, ref HexCell? last, int left)
    {
        if (at.IsPentagon || Around(at) is not { Count: 6 } around)
        {
            return false;
        }

        int back = last is { } from ? around.IndexOf(from) : 3;
        if (back < 0)
        {
            return false;
        }

        last = at;
        at = around[(back + 3 + left + 6) % 6];
        return true;
    }

    private static List<List<HexCell>> Search(HexCell cell, int distance)
    {
        var rings = new List<List<HexCell>> { new() { cell } };
        HashSet<HexCell> seen = [cell];
        for (int ring = 1; ring <= distance && rings[^1].Count > 0; ring++)
        {
            rings.Add([.. rings[^1].SelectMany(Around).Where(seen.Add).ToList().OrderBy(one => one.Id)]);
        }

        return rings;
    }

    private static HexCell Beside(HexCell cell, (int A, int B) step)
    {
        (int face, double x, double y) = cell.Place;
        (double stepX, double stepY) = HexCell.OnFace(cell.Resolution, step.A, step.B);
        (x, y) = (x + stepX, y + stepY);
        (int side, double distance) = Hexagons.Beyond(x, y);
        if (distance > 1e-10)
        {
            (face, x, y) = Hexagons.Across(face, side, x, y);
        }

        return HexCell.Of(Hexagons.Direction(face, x, y), cell.Resolution);
    }

    private static (double X, double Y)[] Corners(HexCell cell, double x, double y)
    {
        var corners = new (double, double)[6];
        for (int i = 0; i < 6; i++)
        {
            // A third of the steps to two neighbours.
            (int A, int B) one = Directions[i];
            (int A, int B) other = Directions[(i + 1) % 6];
            (double byX, double byY) = HexCell.OnFace(cell.Resolution, (one.A + other.A) / 3.0, (one.B + other.B) / 3.0);
            corners[i] = (x + byX, y + byY);
        }

        return corners;
    }

    // The icosahedron's vertex is the middle; what one face shows repeats every 72 degrees.
    private static List<GlobePoint> Pentagon(HexCell cell, int face, double x, double y, bool isOdd)
    {
        Direction middle = Hexagons.Direction(face, x, y);
        (double X, double Y)[] corners = Corners(cell, x, y);
        int first = Enumerable.Range(0, 6).MinBy(i => Hexagons.Beyond(corners[i].X, corners[i].Y).Distance);
        var part = new List<Direction> { Hexagons.Direction(face, corners[first].X, corners[first].Y) };
        if (isOdd && (Bend(corners[first], corners[(first + 1) % 6]) ?? Bend(corners[(first + 5) % 6], corners[first])) is { } bend)
        {
            part.Add(Hexagons.Direction(face, bend.X, bend.Y));
        }

        var outline = new List<GlobePoint>();
        for (int turn = 0; turn < 5; turn++)
        {
            (double sin, double cos) = Math.SinCos(turn * 2 * Math.PI / 5);
            foreach (Direction point in part)
            {
                outline.Add(GlobePoint.Of((cos * point) + (sin * middle.Cross(point)) + ((1 - cos) * middle.Dot(point) * middle)));
            }
        }

        // Around the middle, whichever side of the first corner the bend was found on.
        Direction start = outline[0].Vector;
        return [.. outline.OrderBy(point => Angle(middle, start, point.Vector))];
    }

    private static double Angle(Direction middle, Direction start, Direction point)
    {
        double angle = Math.Atan2(start.Cross(point).Dot(middle), (start - (start.Dot(middle) * middle)).Dot(point));
        return angle < -1e-9 ? angle + (2 * Math.PI) : angle;
    }

    // Where a side crosses an edge of the face, not at its ends.
    private static (double X, double Y)? Bend((double X, double Y) from, (double X, double Y) to)
    {
        (int fromSide, double fromBeyond) = Hexagons.Beyond(from.X, from.Y);
        (int toSide, double toBeyond) = Hexagons.Beyond(to.X, to.Y);
        if (fromBeyond > 1e-9 == toBeyond > 1e-9 || Math.Abs(fromBeyond) <= 1e-9 || Math.Abs(toBeyond) <= 1e-9)
        {
            return null;
        }

        // The distance to one side is linear along the way.
        int side = fromBeyond > 0 ? fromSide : toSide;
        double start = Hexagons.Beyond(side, from.X, from.Y);
        double part = start / (start - Hexagons.Beyond(side, to.X, to.Y));
        return (from.X + (part * (to.X - from.X)), from.Y + (part * (to.Y - from.Y)));
    }

    private static GlobePoint On(int face, (double X, double Y) place)
    {
        (int side, double distance) = Hexagons.Beyond(place.X, place.Y);
        (int Face, double X, double Y) at = distance > 1e-10 ? Hexagons.Across(face, side, place.X, place.Y) : (face, place.X, place.Y);
        return GlobePoint.Of(Hexagons.Direction(at.Face, at.X, at.Y));
    }
}
