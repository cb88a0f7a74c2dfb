namespace Quarry.Kql.Functions.Places;

/// <summary>The cells of one level of the S2 hierarchy that a shape meets.</summary>
internal sealed class SquareCovering
{
    /// <summary>The most cells, as documented.</summary>
    private const int MostCells = 65_536;
    private const long MostWork = 300_000_000;
    private readonly GeoShape _shape;
    private readonly Edge[] _edges;
    private readonly int _level;
    private readonly List<SquareCell> _cells = [];
    private long _work;

    private SquareCovering(GeoShape shape, int level)
    {
        _shape = shape;
        _edges = [.. shape.Edges()];
        _level = level;
    }

    /// <summary>The tokens along the curve as an array in JSON; null where there are too many.</summary>
    public static string? Json(GeoShape shape, int level)
    {
        var covering = new SquareCovering(shape, level);
        int[] all = [.. Enumerable.Range(0, covering._edges.Length)];
        for (int face = 0; face < 6; face++)
        {
            if (!covering.Cover(new SquareCell(((ulong)face << 61) | (1UL << 60)), 0, all))
            {
                return null;
            }
        }

        return GeoJson.Texts(covering._cells.Select(cell => cell.Token));
    }

    // False where there are too many.
    private bool Cover(SquareCell cell, int level, int[] edges)
    {
        _work += edges.Length;
        int[] meeting = edges.Length == 0 ? edges : Meeting(cell, edges);
        if (meeting.Length == 0)
        {
            if (!_shape.IsArea)
            {
                return true;
            }

            _work += _edges.Length;
            return !_shape.Contains(cell.Center) || Fill(cell, level);
        }

        if (level == _level)
        {
            _cells.Add(cell);
            return _cells.Count <= MostCells && _work <= MostWork;
        }

        foreach (SquareCell child in cell.Children)
        {
            if (!Cover(child, level + 1, meeting))
            {
                return false;
            }
        }

        return _work <= MostWork;
    }

    // All cells within one that is inside as a whole.
    private bool Fill(SquareCell cell, int level)
    {
        if (_level - level > 8 || _cells.Count + (1 << (2 * (_level - level))) > MostCells)
        {
            return false;
        }

        IEnumerable<SquareCell> cells = [cell];
        for (; level < _level; level++)
        {
            cells = cells.SelectMany(one => one.Children);
        }

        _cells.AddRange(cells);
        return true;
    }

    // The edges that have a point in a cell. Seen from the middle of the Earth an edge is a straight line on a face.
    private int[] Meeting(SquareCell cell, int[] edges)
    {
        (double lowU, double lowV, double highU, double highV) = cell.Sides;
        int face = cell.Face;
        var meeting = new List<int>();
        foreach (int edge in edges)
        {
            Direction from = Cube.On(face, _edges[edge].From);
            Direction to = Cube.On(face, _edges[edge].To);
            double start = 0;
            double end = 1;
            if (Clip(from.Z, to.Z, ref start, ref end)
                && Clip(from.X - (lowU * from.Z), to.X - (lowU * to.Z), ref start, ref end) && Clip((highU * from.Z) - from.X, (highU * to.Z) - to.X, ref start, ref end)
                && Clip(from.Y - (lowV * from.Z), to.Y - (lowV * to.Z), ref start, ref end) && Clip((highV * from.Z) - from.Y, (highV * to.Z) - to.Y, ref start, ref end))
            {
                meeting.Add(edge);
            }
        }

        return [.. meeting];
    }

    // Leaves of a stretch the part where a linear function is not negative.
    private static bool Clip(double from, double to, ref double start, ref double end)
    {
        if (from < 0 && to < 0)
        {
            return false;
        }

        if (from < 0)
        {
            start = Math.Max(start, from / (from - to));
        }
        else if (to < 0)
        {
            end = Math.Min(end, from / (from - to));
        }

        return start <= end;
    }
}
