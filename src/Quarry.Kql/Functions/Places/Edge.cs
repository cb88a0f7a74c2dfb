namespace Quarry.Kql.Functions.Places;

/// <summary>The shorter arc of the great circle between two points.</summary>
internal readonly record struct Edge(Direction From, Direction To)
{
    /// <summary>How near, in radians, two points count as one: what rounding of coordinates moves a point.</summary>
    public const double Nearness = 2e-15;

    /// <summary>Where two edges cross inside both; null where they do not.</summary>
    public Direction? Crossing(in Edge other)
    {
        double first = Direction.Turn(From, other.From, To);
        double second = Direction.Turn(other.From, To, other.To);
        double third = Direction.Turn(To, other.To, From);
        double fourth = Direction.Turn(other.To, From, other.From);
        bool isLeft = first > 0 && second > 0 && third > 0 && fourth > 0;
        if (!isLeft && !(first < 0 && second < 0 && third < 0 && fourth < 0))
        {
            return null;
        }

        Direction at = From.Normal(To).Cross(other.From.Normal(other.To)).Unit;
        return at.Dot(From + To) < 0 ? -at : at;
    }

    /// <summary>Whether a point lies on the edge, its ends included.</summary>
    public bool Touches(Direction point) => (point.NearestOf(From, To) - point).Length <= Nearness;

    /// <summary>Whether the edges have a point in common.</summary>
    public bool Meets(in Edge other) =>
        Crossing(other) is not null || Touches(other.From) || Touches(other.To) || other.Touches(From) || other.Touches(To);
}
