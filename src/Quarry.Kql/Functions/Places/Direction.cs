namespace Quarry.Kql.Functions.Places;

/// <summary>A vector in space.</summary>
internal readonly record struct Direction(double X, double Y, double Z)
{
    /// <summary>The sum.</summary>
    public static Direction operator +(Direction a, Direction b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    /// <summary>The difference.</summary>
    public static Direction operator -(Direction a, Direction b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    /// <summary>The opposite.</summary>
    public static Direction operator -(Direction a) => new(-a.X, -a.Y, -a.Z);

    /// <summary>A multiple.</summary>
    public static Direction operator *(double factor, Direction a) => new(factor * a.X, factor * a.Y, factor * a.Z);

    /// <summary>The length.</summary>
    public double Length => Math.Sqrt(Dot(this));

    /// <summary>This direction with length one; a zero vector stays what it is.</summary>
    public Direction Unit => Length is > 0 and double length ? new Direction(X / length, Y / length, Z / length) : this;

    /// <summary>The inner product.</summary>
    public double Dot(Direction other) => (X * other.X) + (Y * other.Y) + (Z * other.Z);

    /// <summary>The cross product.</summary>
    public Direction Cross(Direction other) =>
        new((Y * other.Z) - (Z * other.Y), (Z * other.X) - (X * other.Z), (X * other.Y) - (Y * other.X));

    /// <summary>The normal of the great circle through two unit vectors, without the cancellation of the plain product where they are near.</summary>
    public Direction Normal(Direction other) => (this + other).Cross(other - this);

    /// <summary>The angle to another direction, in radians.</summary>
    public double AngleTo(Direction other) => Math.Atan2(Cross(other).Length, Dot(other));

    /// <summary>The point of a great circle's arc to another unit vector at a fraction of the way.</summary>
    public Direction Towards(Direction other, double fraction)
    {
        double angle = AngleTo(other);
        return angle == 0 ? this : ((Math.Sin((1 - fraction) * angle) * this) + (Math.Sin(fraction * angle) * other)).Unit;
    }

    /// <summary>The point of the shorter arc from a to b that is nearest to this one.</summary>
    public Direction NearestOf(Direction a, Direction b)
    {
        Direction normal = a.Normal(b).Unit;
        Direction foot = (this - (Dot(normal) * normal)).Unit;
        if (normal.Cross(a).Dot(foot) > 0 && b.Cross(normal).Dot(foot) > 0)
        {
            // a, foot, b in this order; beyond a right angle from both it is the far side of the circle.
            return foot;
        }

        return (this - a).Dot(this - a) <= (this - b).Dot(this - b) ? a : b;
    }

    /// <summary>Positive if a, b, c turn counterclockwise seen from outside.</summary>
    public static double Turn(Direction a, Direction b, Direction c) => (b - a).Cross(c - a).Dot(a);
}
