namespace Quarry.Kql.Functions.Places;

/// <summary>What regions and lines have in common, and what they cover together.</summary>
internal sealed class Overlay
{
    // Points times edges that are looked at to tell what is inside, at most: some seconds.
    private const long MostWork = 300_000_000;
    private readonly List<Piece> _kept = [];
    private readonly List<Piece> _opposite = [];

    private Overlay(Region first, Region second, Noding noding, bool isUnion)
    {
        List<List<GlobePoint>> ones = Paths(0, first, noding);
        List<List<GlobePoint>> others = Paths(1, second, noding);
        Work = Keep(ones, second, others, isUnion, keepsShared: true) + Keep(others, first, ones, isUnion, keepsShared: false);
        Common = [.. ones.SelectMany(path => path).IntersectBy(others.SelectMany(path => path).Select(point => point.Vector), point => point.Vector)];
    }

    private IReadOnlyList<GlobePoint> Common { get; }

    private long Work { get; }

    /// <summary>The union of regions as GeoJSON; null where it takes too much.</summary>
    public static string? Union(IEnumerable<Region> regions)
    {
        // The smallest first, so that a large one is not gone through once for each small one.
        var queue = new PriorityQueue<Region, (int, int)>();
        int number = 0;
        foreach (Region region in regions)
        {
            queue.Enqueue(region, (region.Count, number++));
        }

        while (queue.Count > 1)
        {
            Region first = queue.Dequeue();
            Region second = queue.Dequeue();
            if (Of(first, second, isUnion: true) is not { } overlay || overlay.Trace() is not { } united)
            {
                return null;
            }

            queue.Enqueue(united, (united.Count, number++));
        }

        return queue.TryDequeue(out Region? all, out _) ? all.Json() : null;
    }

    /// <summary>What two regions have in common, lines and points where they touch included, as GeoJSON; null where it takes too much.</summary>
    public static string? Intersection(Region first, Region second)
    {
        if (Of(first, second, isUnion: false) is not { } overlay || overlay.Trace() is not { } common)
        {
            return null;
        }

        var lines = LineJoining.Chains(overlay._opposite.Select(piece => (piece.From, piece.To)));
        HashSet<Direction> covered = [.. overlay._kept.Concat(overlay._opposite).SelectMany(piece => new[] { piece.From.Vector, piece.To.Vector })];
        List<string> parts = [.. LineJoining.Points(overlay.Common.Where(point => !covered.Contains(point.Vector)))];
        parts.AddRange(LineJoining.Lines(lines));
        if (common.Loops.Count > 0)
        {
            if (common.Json() is not { } json)
            {
                return null;
            }

            parts.Add(json);
        }

        return GeoJson.Collection(parts);
    }

    private static Overlay? Of(Region first, Region second, bool isUnion) =>
        Noding.Of(first.Tree, second.Tree) is { } noding && new Overlay(first, second, noding, isUnion) is { Work: < MostWork } overlay ? overlay : null;

    private static List<List<GlobePoint>> Paths(int set, Region region, Noding noding)
    {
        var paths = new List<List<GlobePoint>>();
        int edge = 0;
        foreach (GlobePoint[] loop in region.Loops)
        {
            paths.Add(noding.Cut(set, loop, edge, isClosed: true));
            edge += loop.Length;
        }

        return paths;
    }

    // Keeps the pieces of one region's boundary that are inside the other (outside for a union).
    private long Keep(List<List<GlobePoint>> paths, Region other, List<List<GlobePoint>> otherPaths, bool isUnion, bool keepsShared)
    {
        HashSet<Direction> nodes = [.. otherPaths.SelectMany(path => path).Select(point => point.Vector)];
        HashSet<(Direction, Direction)> edges = [.. otherPaths.SelectMany(path => path.Select((point, i) => (point.Vector, path[(i + 1) % path.Count].Vector)))];
        long work = 0;
        foreach (List<GlobePoint> path in paths)
        {
            bool? isInside = null;
            for (int i = 0; i < path.Count && work < MostWork; i++)
            {
                GlobePoint from = path[i];
                GlobePoint to = path[(i + 1) % path.Count];
                if (edges.Contains((from.Vector, to.Vector)))
                {
                    if (keepsShared)
                    {
                        _kept.Add(new Piece(from, to, _kept.Count));
                    }

                    isInside = null;
                }
                else if (edges.Contains((to.Vector, from.Vector)))
                {
                    if (keepsShared)
                    {
                        _opposite.Add(new Piece(from, to, _opposite.Count));
                    }

                    isInside = null;
                }
                else
                {
                    // It can only change where the boundaries meet.
                    if (isInside is null || nodes.Contains(from.Vector))
                    {
                        isInside = other.Contains((from.Vector + to.Vector).Unit);
                        work += other.Count;
                    }

                    if (isInside != isUnion)
                    {
                        _kept.Add(new Piece(from, to, _kept.Count));
                    }
                }
            }
        }

        return work;
    }

    // Joins the kept pieces to loops with the region on the left; null where they do not close.
    private Region? Trace()
    {
        Dictionary<Direction, List<Piece>> outgoing = _kept.GroupBy(piece => piece.From.Vector).ToDictionary(group => group.Key, group => group.ToList());
        bool[] isUsed = new bool[_kept.Count];
        var loops = new List<(int First, GlobePoint[] Loop)>();
        foreach (Piece start in _kept)
        {
            if (isUsed[start.Number])
            {
                continue;
            }

            var loop = new List<Piece>();
            for (Piece piece = start; !isUsed[piece.Number];)
            {
                isUsed[piece.Number] = true;
                loop.Add(piece);
                if (!outgoing.TryGetValue(piece.To.Vector, out List<Piece>? next))
                {
                    return null;
                }

                piece = next.Count == 1 ? next[0] : next.MinBy(one => Clockwise(piece, one))!;
            }

            // Closed elsewhere than where it began: rounding made the pieces contradict each other.
            if (loop[^1].To.Vector != start.From.Vector || loop.Count < 3)
            {
                return null;
            }

            // The last edge of the input ends the loop.
            int highest = loop.Max(piece => piece.Number);
            int last = loop.FindIndex(piece => piece.Number == highest) + 1;
            GlobePoint[] points = [.. loop.Skip(last).Concat(loop.Take(last)).Select(piece => piece.From)];
            loops.Add((loop[last % loop.Count].Number, points));
        }

        return new Region([.. loops.OrderBy(loop => loop.First).Select(loop => loop.Loop)]);
    }

    // How far clockwise from the way back the next piece leaves.
    private static double Clockwise(Piece piece, Piece next)
    {
        Direction at = piece.To.Vector;
        Direction back = at.Normal(piece.From.Vector);
        Direction on = at.Normal(next.To.Vector);
        double angle = Math.Atan2(back.Cross(on).Dot(at), back.Dot(on));
        return angle < 0 ? -angle : (2 * Math.PI) - angle;
    }

    private sealed record Piece(GlobePoint From, GlobePoint To, int Number);
}
