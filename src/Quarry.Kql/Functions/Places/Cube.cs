namespace Quarry.Kql.Functions.Places;

/// <summary>The six faces of the cube that the S2 hierarchy divides, with coordinates from -1 to 1.</summary>
internal static class Cube
{
    /// <summary>The face a direction meets, and where.</summary>
    public static (int Face, double U, double V) Project(Direction p)
    {
        double x = Math.Abs(p.X);
        double y = Math.Abs(p.Y);
        double z = Math.Abs(p.Z);
        int face = x > y ? (x > z ? 0 : 2) : (y > z ? 1 : 2);
        face = (face switch { 0 => p.X, 1 => p.Y, _ => p.Z }) < 0 ? face + 3 : face;
        Direction at = On(face, p);
        return (face, at.X / at.Z, at.Y / at.Z);
    }

    /// <summary>A direction along u, v and the normal of a face.</summary>
    public static Direction On(int face, Direction p) => face switch
    {
        0 => new Direction(p.Y, p.Z, p.X),
        1 => new Direction(-p.X, p.Z, p.Y),
        2 => new Direction(-p.X, -p.Y, p.Z),
        3 => new Direction(-p.Z, -p.Y, -p.X),
        4 => new Direction(-p.Z, p.X, -p.Y),
        _ => new Direction(p.Y, p.X, -p.Z),
    };

    /// <summary>The direction of a place on a face.</summary>
    public static Direction Direction(int face, double u, double v) => (face switch
    {
        0 => new Direction(1, u, v),
        1 => new Direction(-u, 1, v),
        2 => new Direction(-u, -v, 1),
        3 => new Direction(-1, -v, -u),
        4 => new Direction(v, -1, -u),
        _ => new Direction(v, u, -1),
    }).Unit;

    /// <summary>The coordinate of a cell, 0 to 1, as coordinate of the cube: the quadratic projection, which makes cells of similar size.</summary>
    public static double ToCube(double at) => at >= 0.5 ? ((4 * at * at) - 1) / 3 : (1 - (4 * (1 - at) * (1 - at))) / 3;

    /// <summary>The inverse of <see cref="ToCube"/>.</summary>
    public static double ToCell(double at) => at >= 0 ? 0.5 * Math.Sqrt(1 + (3 * at)) : 1 - (0.5 * Math.Sqrt(1 - (3 * at)));
}
