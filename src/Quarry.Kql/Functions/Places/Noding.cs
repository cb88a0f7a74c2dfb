namespace Quarry.Kql.Functions.Places;

/// <summary>Edges of two sets, cut where they meet.</summary>
internal sealed class Noding
{
    // Cuts take memory; shapes of the world have a few.
    private const int MostCuts = 2_000_000;
    private readonly Dictionary<int, List<GlobePoint>>[] _cuts = [[], []];
    private readonly EdgeTree[] _trees;
    private int _count;

    private Noding(EdgeTree first, EdgeTree second) => _trees = [first, second];

    /// <summary>Finds where the edges meet; null where that takes too much.</summary>
    public static Noding? Of(EdgeTree first, EdgeTree second)
    {
        var noding = new Noding(first, second);
        return first.Any(second, (i, j) =>
        {
            noding.Meet(i, j);
            return noding._count > MostCuts;
        }) is false ? noding : null;
    }

    /// <summary>A path of the first (0) or second (1) set with the points where it is cut.</summary>
    /// <param name="set">0 or 1.</param>
    /// <param name="path">The path.</param>
    /// <param name="firstEdge">The number of its first edge in the tree.</param>
    /// <param name="isClosed">Whether an edge leads from the last point to the first.</param>
    public List<GlobePoint> Cut(int set, IReadOnlyList<GlobePoint> path, int firstEdge, bool isClosed)
    {
        var points = new List<GlobePoint>();
        for (int i = 0; i < path.Count; i++)
        {
            points.Add(path[i]);
            if ((isClosed || i < path.Count - 1) && _cuts[set].TryGetValue(firstEdge + i, out List<GlobePoint>? cuts))
            {
                Direction from = path[i].Vector;
                Direction last = from;
                foreach (GlobePoint cut in cuts.OrderBy(cut => (cut.Vector - from).Length))
                {
                    if (cut.Vector != last)
                    {
                        points.Add(cut);
                        last = cut.Vector;
                    }
                }
            }
        }

        return points;
    }

    private void Meet(int i, int j)
    {
        Edge first = _trees[0].Edges[i];
        Edge second = _trees[1].Edges[j];
        bool isTouching = Touch(0, i, first, second.From) | Touch(0, i, first, second.To) | Touch(1, j, second, first.From) | Touch(1, j, second, first.To);
        if (!isTouching && first.Crossing(second) is { } at)
        {
            var point = GlobePoint.Of(at);
            Add(0, i, point);
            Add(1, j, point);
        }
    }

    // Whether a point of the other edge lies on this one; cut there unless it is an end.
    private bool Touch(int set, int index, in Edge edge, Direction point)
    {
        if (point == edge.From || point == edge.To)
        {
            return true;
        }

        if (!edge.Touches(point))
        {
            return false;
        }

        Add(set, index, GlobePoint.Of(point) with { Vector = point });
        return true;
    }

    private void Add(int set, int index, GlobePoint point)
    {
        if (!_cuts[set].TryGetValue(index, out List<GlobePoint>? cuts))
        {
            _cuts[set].Add(index, cuts = []);
        }

        cuts.Add(point);
        _count++;
    }
}
