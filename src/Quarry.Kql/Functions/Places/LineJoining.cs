namespace Quarry.Kql.Functions.Places;

/// <summary>Joins edges to lines, and tells what lines have in common.</summary>
internal static class LineJoining
{
    /// <summary>One point as Point, several as MultiPoint; none, none.</summary>
    public static IEnumerable<string> Points(IEnumerable<GlobePoint> points)
    {
        GlobePoint[] all = [.. points.DistinctBy(point => point.Vector)];
        if (all.Length == 1)
        {
            yield return GeoJson.Point(all[0]);
        }
        else if (all.Length > 1)
        {
            yield return GeoJson.Points(all);
        }
    }

    /// <summary>One line as LineString, several as MultiLineString; none, none.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<IReadOnlyList<GlobePoint>> lines)
    {
        if (lines.Count > 0)
        {
            yield return GeoJson.Lines(lines, lines.Count > 1);
        }
    }

    /// <summary>Joins edges, in whatever order, to lines that end where three or one of them meet. An edge counts once, whatever its direction.</summary>
    public static List<List<GlobePoint>> Chains(IEnumerable<(GlobePoint From, GlobePoint To)> edges)
    {
        var seen = new HashSet<(Direction, Direction)>();
        var unique = new List<(GlobePoint From, GlobePoint To)>();
        var degree = new Dictionary<Direction, (int Out, int In)>();
        var outgoing = new Dictionary<Direction, int>();
        foreach ((GlobePoint From, GlobePoint To) edge in edges)
        {
            if (edge.From.Vector == edge.To.Vector || seen.Contains((edge.To.Vector, edge.From.Vector)) || !seen.Add((edge.From.Vector, edge.To.Vector)))
            {
                continue;
            }

            (int Out, int In) from = degree.GetValueOrDefault(edge.From.Vector);
            degree[edge.From.Vector] = (from.Out + 1, from.In);
            (int Out, int In) to = degree.GetValueOrDefault(edge.To.Vector);
            degree[edge.To.Vector] = (to.Out, to.In + 1);
            outgoing[edge.From.Vector] = unique.Count;
            unique.Add(edge);
        }

        bool[] isUsed = new bool[unique.Count];
        var chains = new List<List<GlobePoint>>();

        // First from where lines begin, then what is left: rings.
        foreach (bool isRing in (ReadOnlySpan<bool>)[false, true])
        {
            for (int i = 0; i < unique.Count; i++)
            {
                if (isUsed[i] || (!isRing && degree[unique[i].From.Vector] == (1, 1)))
                {
                    continue;
                }

                var chain = new List<GlobePoint> { unique[i].From };
                for (int at = i; !isUsed[at];)
                {
                    isUsed[at] = true;
                    chain.Add(unique[at].To);
                    if (degree[unique[at].To.Vector] == (1, 1))
                    {
                        at = outgoing[unique[at].To.Vector];
                    }
                }

                chains.Add(chain);
            }
        }

        return chains;
    }

    /// <summary>The union of lines as GeoJSON: what several have counts once. Lines that only cross are not cut there.</summary>
    public static string Union(IEnumerable<GeoShape> shapes)
    {
        List<List<GlobePoint>> chains = Chains(shapes.SelectMany(shape => shape.Lines).SelectMany(Edges));
        return GeoJson.Lines(chains, chains.Count > 1);
    }

    /// <summary>What two lines have in common as GeoJSON; null where it takes too much.</summary>
    public static string? Intersection(GeoShape first, GeoShape second)
    {
        if (Noding.Of(first.Tree, second.Tree) is not { } noding)
        {
            return null;
        }

        List<List<GlobePoint>> ones = Cut(0, first, noding);
        List<List<GlobePoint>> others = Cut(1, second, noding);
        HashSet<(Direction, Direction)> edges = [.. others.SelectMany(Edges).SelectMany(edge => new[] { (edge.From.Vector, edge.To.Vector), (edge.To.Vector, edge.From.Vector) })];
        List<List<GlobePoint>> shared = Chains(ones.SelectMany(Edges).Where(edge => edges.Contains((edge.From.Vector, edge.To.Vector))));
        HashSet<Direction> covered = [.. shared.SelectMany(line => line).Select(point => point.Vector)];
        return GeoJson.Collection([
            .. Points(ones.SelectMany(line => line).IntersectBy(others.SelectMany(line => line).Select(point => point.Vector), point => point.Vector)
                .Where(point => !covered.Contains(point.Vector))),
            .. Lines(shared),
        ]);
    }

    /// <summary>The part of a line inside a region, its boundary included, as GeoJSON; null where it takes too much.</summary>
    public static string? Intersection(GeoShape line, Region region)
    {
        if (Noding.Of(line.Tree, region.Tree) is not { } noding)
        {
            return null;
        }

        long left = 300_000_000;
        var nodes = new HashSet<Direction>();
        var edges = new HashSet<(Direction, Direction)>();
        int edge = 0;
        foreach (GlobePoint[] loop in region.Loops)
        {
            List<GlobePoint> cut = noding.Cut(1, loop, edge, isClosed: true);
            edge += loop.Length;
            for (int i = 0; i < cut.Count; i++)
            {
                nodes.Add(cut[i].Vector);
                edges.Add((cut[i].Vector, cut[(i + 1) % cut.Count].Vector));
            }
        }

        var lines = new List<List<GlobePoint>>();
        var points = new List<GlobePoint>();
        foreach (List<GlobePoint> path in Cut(0, line, noding))
        {
            bool? isInside = null;
            points.AddRange(path.Where(point => nodes.Contains(point.Vector)));
            for (int i = 1; i < path.Count; i++)
            {
                bool wasInside = isInside is true;
                (Direction from, Direction to) = (path[i - 1].Vector, path[i].Vector);
                if (isInside is null || nodes.Contains(from))
                {
                    isInside = edges.Contains((from, to)) || edges.Contains((to, from)) || region.Contains((from + to).Unit);
                    left -= region.Count;
                    if (left < 0)
                    {
                        return null;
                    }
                }

                if (isInside is true)
                {
                    if (!wasInside)
                    {
                        lines.Add([path[i - 1]]);
                    }

                    lines[^1].Add(path[i]);
                }
            }
        }

        HashSet<Direction> covered = [.. lines.SelectMany(one => one).Select(point => point.Vector)];
        return GeoJson.Collection([.. Points(points.Where(point => !covered.Contains(point.Vector))), .. Lines(lines)]);
    }

    private static List<List<GlobePoint>> Cut(int set, GeoShape shape, Noding noding)
    {
        var paths = new List<List<GlobePoint>>();
        int edge = 0;
        foreach (GlobePoint[] line in shape.Lines)
        {
            paths.Add(noding.Cut(set, line, edge, isClosed: false));
            edge += line.Length - 1;
        }

        return paths;
    }

    private static IEnumerable<(GlobePoint From, GlobePoint To)> Edges(IReadOnlyList<GlobePoint> line) => line.Skip(1).Select((point, i) => (line[i], point));
}
