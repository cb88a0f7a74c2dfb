namespace Quarry.Kql.Functions.Places;

/// <summary>Edges in a tree of boxes in space, so that a search does not look at each.</summary>
internal sealed class EdgeTree
{
    private const int LeafSize = 4;
    private readonly Box[] _boxes;
    private readonly int[] _order;

    /// <summary>A tree of edges.</summary>
    public EdgeTree(Edge[] edges)
    {
        Edges = edges;
        _order = [.. Enumerable.Range(0, edges.Length)];
        _boxes = new Box[Math.Max(1, 2 * NodesFor(edges.Length))];
        var middles = new Direction[edges.Length];
        for (int i = 0; i < edges.Length; i++)
        {
            middles[i] = edges[i].From + edges[i].To;
        }

        Build(1, 0, edges.Length, middles);
    }

    /// <summary>The edges.</summary>
    public Edge[] Edges { get; }

    /// <summary>
    /// Tells the pairs of edges, one of this tree and one of another (or of this one again: each pair once), whose boxes meet.
    /// Ends early where the function says so; null when there were too many pairs to look at.
    /// </summary>
    public bool? Any(EdgeTree other, Func<int, int, bool> isSought)
    {
        // Far more than shapes of the world have; edges that lie across each other on purpose would take hours.
        int left = 20_000_000;
        bool isSelf = ReferenceEquals(this, other);
        var stack = new Stack<(int Node, int From, int To, int Other, int OtherFrom, int OtherTo)>();
        stack.Push((1, 0, Edges.Length, 1, 0, other.Edges.Length));
        while (stack.TryPop(out (int Node, int From, int To, int Other, int OtherFrom, int OtherTo) pair))
        {
            if (--left < 0)
            {
                return null;
            }

            if ((isSelf && pair.OtherTo <= pair.From) || pair.From == pair.To || pair.OtherFrom == pair.OtherTo || !_boxes[pair.Node].Meets(other._boxes[pair.Other]))
            {
                continue;
            }

            int count = pair.To - pair.From;
            int otherCount = pair.OtherTo - pair.OtherFrom;
            if (count <= LeafSize && otherCount <= LeafSize)
            {
                for (int i = pair.From; i < pair.To; i++)
                {
                    for (int j = isSelf ? Math.Max(pair.OtherFrom, i + 1) : pair.OtherFrom; j < pair.OtherTo; j++)
                    {
                        if (isSought(_order[i], other._order[j]))
                        {
                            return true;
                        }
                    }
                }
            }
            else if (count >= otherCount)
            {
                int middle = pair.From + (count / 2);
                stack.Push((2 * pair.Node, pair.From, middle, pair.Other, pair.OtherFrom, pair.OtherTo));
                stack.Push(((2 * pair.Node) + 1, middle, pair.To, pair.Other, pair.OtherFrom, pair.OtherTo));
            }
            else
            {
                int middle = pair.OtherFrom + (otherCount / 2);
                stack.Push((pair.Node, pair.From, pair.To, 2 * pair.Other, pair.OtherFrom, middle));
                stack.Push((pair.Node, pair.From, pair.To, (2 * pair.Other) + 1, middle, pair.OtherTo));
            }
        }

        return false;
    }

    private static int NodesFor(int count)
    {
        int nodes = 1;
        while (count > LeafSize)
        {
            count = (count + 1) / 2;
            nodes *= 2;
        }

        return nodes;
    }

    private void Build(int node, int from, int to, Direction[] middles)
    {
        if (from == to)
        {
            return;
        }

        if (to - from <= LeafSize)
        {
            Box box = Box.Of(Edges[_order[from]]);
            for (int i = from + 1; i < to; i++)
            {
                box = box.With(Box.Of(Edges[_order[i]]));
            }

            _boxes[node] = box;
            return;
        }

        Box around = Box.Around(middles[_order[from]]);
        for (int i = from + 1; i < to; i++)
        {
            around = around.With(Box.Around(middles[_order[i]]));
        }

        Func<Direction, double> along = around.LongestAxis;
        int middle = from + ((to - from) / 2);
        double[] keys = new double[to - from];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = along(middles[_order[from + i]]);
        }

        keys.AsSpan().Sort(_order.AsSpan(from, to - from));
        Build(2 * node, from, middle, middles);
        Build((2 * node) + 1, middle, to, middles);
        _boxes[node] = _boxes[2 * node].With(_boxes[(2 * node) + 1]);
    }

    /// <summary>A box in space.</summary>
    private readonly record struct Box(Direction Low, Direction High)
    {
        public Func<Direction, double> LongestAxis
        {
            get
            {
                Direction size = High - Low;
                return size.X >= size.Y && size.X >= size.Z ? static at => at.X : size.Y >= size.Z ? static at => at.Y : static at => at.Z;
            }
        }

        public static Box Around(Direction point) => new(point, point);

        public static Box Of(Edge edge)
        {
            // An arc bulges out of the box of its ends by no more than its sagitta.
            double chord = (edge.To - edge.From).Length;
            double bulge = 1 - Math.Sqrt(Math.Max(0, 1 - (chord * chord / 4))) + 1e-14;
            var margin = new Direction(bulge, bulge, bulge);
            Box box = Around(edge.From).With(Around(edge.To));
            return new Box(box.Low - margin, box.High + margin);
        }

        public Box With(Box other) => new(
            new Direction(Math.Min(Low.X, other.Low.X), Math.Min(Low.Y, other.Low.Y), Math.Min(Low.Z, other.Low.Z)),
            new Direction(Math.Max(High.X, other.High.X), Math.Max(High.Y, other.High.Y), Math.Max(High.Z, other.High.Z)));

        public bool Meets(Box other) =>
            Low.X <= other.High.X && other.Low.X <= High.X && Low.Y <= other.High.Y && other.Low.Y <= High.Y && Low.Z <= other.High.Z && other.Low.Z <= High.Z;
    }
}
