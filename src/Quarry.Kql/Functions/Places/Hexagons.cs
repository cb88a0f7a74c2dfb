namespace Quarry.Kql.Functions.Places;

/// <summary>The icosahedron of the H3 grid: its faces as planes of hexagons, and the 122 cells of resolution 0.</summary>
/// <remarks>Source: the published constants of the H3 grid (h3geo.org). A unit is the distance of neighbours at resolution 0.</remarks>
internal static class Hexagons
{
    // A unit on the plane that touches the sphere in the middle of a face.
    private const double Unit = 0.38196601125010500003;

    // Latitude and longitude of the middle of each face, and the azimuth of its i axis; radians.
    private static readonly (double Latitude, double Longitude, double Axis)[] Faces =
    [
        (0.803582649718989942, 1.248397419617396099, 5.619958268523939882), (1.307747883455638156, 2.536945009877921159, 5.760339081714187279),
        (1.054751253523952054, -1.347517358900396623, 0.780213654393430055), (0.600191595538186799, -0.450603909469755746, 0.430469363979999913),
        (0.491715428198773866, 0.401988202911306943, 6.130269123335111400), (0.172745327415618701, 1.678146885280433686, 2.692877706530642877),
        (0.605929321571350690, 2.953923329812411617, 2.982963003477243874), (0.427370518328979641, -1.888876200336285401, 3.532912002790141181),
        (-0.079066118549212831, -0.733429513380867741, 3.494305004259568154), (-0.230961644455383637, 0.506495587332349035, 3.003214169499538391),
        (0.079066118549212831, 2.408163140208925497, 5.930472956509811562), (0.230961644455383637, -2.635097066257444203, 0.138378484090254847),
        (-0.172745327415618701, -1.463445768309359553, 0.448714947059150361), (-0.605929321571350690, -0.187669323777381622, 0.158629650112549365),
        (-0.427370518328979641, 1.252716453253507838, 5.891865957979238535), (-0.600191595538186799, 2.690988744120037492, 2.711123289609793325),
        (-0.491715428198773866, -2.739604450678486295, 3.294508837434268316), (-0.803582649718989942, -1.893195233972397139, 3.804819692245439833),
        (-1.307747883455638156, -0.604647643711872080, 3.664438879055192436), (-1.054751253523952054, 1.794075294689396615, 2.361378999196363184),
    ];

    // The middle of each face, and the directions of its i axis and of what is left of it.
    private static readonly (Direction Middle, Direction Along, Direction Across)[] Planes = [.. Faces.Select(Plane)];

    // Across the ij, ki and jk side of a face: the next face.
    private static readonly byte[][] Neighbors =
    [
        [4, 1, 5], [0, 2, 6], [1, 3, 7], [2, 4, 8], [3, 0, 9], [10, 14, 0], [11, 10, 1], [12, 11, 2], [13, 12, 3], [14, 13, 4],
        [5, 6, 15], [6, 7, 16], [7, 8, 17], [8, 9, 18], [9, 5, 19], [16, 19, 10], [17, 15, 11], [18, 16, 12], [19, 17, 13], [15, 18, 14],
    ];

    // Where a cell of resolution 0 is at home: face, i, j, k.
    private static readonly string[] Homes = (
        "1.100 2.110 1.000 2.100 0.200 1.110 1.001 2.000 0.100 2.010 1.010 1.011 3.100 3.110 11.200 4.100 0.000 6.010 0.001 2.011 7.001 2.001 0.110 6.001 10.200 "
        + "6.000 3.000 11.100 4.110 3.010 0.011 4.000 5.010 0.010 7.010 11.110 7.000 10.100 12.200 6.101 7.101 4.001 3.001 3.011 4.010 6.100 11.000 8.001 5.001 14.200 "
        + "5.000 12.100 10.110 4.011 12.110 7.100 11.010 10.000 13.200 10.001 11.001 9.010 8.010 6.200 8.000 9.001 14.100 5.101 16.011 8.101 5.100 12.000 7.200 12.010 10.010 "
        + "9.000 13.100 16.001 15.011 15.010 16.010 14.110 13.110 5.200 8.100 14.000 9.101 14.001 17.001 12.001 16.000 17.011 15.001 16.101 9.100 15.000 13.000 8.200 13.010 17.101 "
        + "19.010 14.010 19.011 17.010 13.001 17.000 16.100 9.200 15.101 15.100 18.011 18.001 19.001 17.100 19.000 18.010 18.101 19.200 19.100 18.000 19.101 18.100").Split(' ');

    private static readonly (int Face, int A, int B)[] HomeAt = [.. Homes.Select(Home)];

    // By face, i, j, k.
    private static readonly (int Cell, int Turns)[] Cells;

    // The faces from which the way to a pentagon's missing part is clockwise.
    private static readonly Dictionary<int, (int One, int Other)> Pentagons = new (int Cell, int One, int Other)[]
    {
        (4, -1, -1), (14, 2, 6), (24, 1, 5), (38, 3, 7), (49, 0, 9), (58, 4, 8),
        (63, 11, 15), (72, 12, 16), (83, 10, 19), (97, 13, 17), (107, 14, 18), (117, -1, -1),
    }.ToDictionary(pentagon => pentagon.Cell, pentagon => (pentagon.One, pentagon.Other));

    static Hexagons() =>
        Cells = [.. Enumerable.Range(0, 20 * 27).Select(at => CellFor(at / 27, at / 9 % 3, at / 3 % 3, at % 3))];

    /// <summary>Whether a cell of resolution 0 is one of the twelve pentagons.</summary>
    public static bool IsPentagon(int cell) => Pentagons.ContainsKey(cell);

    /// <summary>Whether a pentagon is turned clockwise on a face.</summary>
    public static bool IsClockwise(int pentagon, int face) => Pentagons[pentagon] is var (one, other) && (face == one || face == other);

    /// <summary>Where a cell of resolution 0 is at home: the face and the steps along i and j.</summary>
    public static (int Face, int A, int B) HomeOf(int cell) => HomeAt[cell];

    /// <summary>The face a direction meets, and the place on its plane in units: x along the i axis.</summary>
    public static (int Face, double X, double Y) Project(Direction at)
    {
        int face = 0;
        for (int i = 1; i < Planes.Length; i++)
        {
            if (Planes[i].Middle.Dot(at) > Planes[face].Middle.Dot(at))
            {
                face = i;
            }
        }

        (Direction middle, Direction along, Direction across) = Planes[face];
        double scale = 1 / (middle.Dot(at) * Unit);
        return (face, along.Dot(at) * scale, across.Dot(at) * scale);
    }

    /// <summary>The direction of a place on a face's plane.</summary>
    public static Direction Direction(int face, double x, double y)
    {
        (Direction middle, Direction along, Direction across) = Planes[face];
        return (middle + (x * Unit * along) + (y * Unit * across)).Unit;
    }

    /// <summary>How far beyond a side of the face a place is, and which (0 ij, 1 ki, 2 jk); not positive within.</summary>
    public static (int Side, double Distance) Beyond(double x, double y)
    {
        double half = Math.Sqrt(3) / 2;
        double ij = (0.5 * x) + (half * y);
        double ki = (0.5 * x) - (half * y);
        return ij >= ki && ij >= -x ? (0, ij - 1) : ki >= -x ? (1, ki - 1) : (2, -x - 1);
    }

    /// <summary>How far beyond one side a place is.</summary>
    public static double Beyond(int side, double x, double y) => side switch
    {
        0 => (0.5 * x) + (Math.Sqrt(3) / 2 * y),
        1 => (0.5 * x) - (Math.Sqrt(3) / 2 * y),
        _ => -x,
    } - 1;

    /// <summary>The same place on the plane of the face beyond a side.</summary>
    public static (int Face, double X, double Y) Across(int face, int side, double x, double y)
    {
        // Faces around the poles meet each other turned by 60 degrees along ij and ki; all else is turned by half.
        bool isPolar = face is < 5 or >= 15;
        int turns = isPolar && side < 2 ? (side == 0 ? 1 : 5) : 3;
        double angle = turns * (Math.PI / 3);
        double shift = (side == 2, isPolar, side) switch
        {
            (true, _, _) => Math.PI,
            (_, true, 0) => -Math.PI / 3,
            (_, true, _) => Math.PI / 3,
            (_, _, 0) => Math.PI / 3,
            _ => -Math.PI / 3,
        };
        (double sin, double cos) = Math.SinCos(angle);
        return (Neighbors[face][side], (cos * x) - (sin * y) + (2 * Math.Cos(shift)), (sin * x) + (cos * y) + (2 * Math.Sin(shift)));
    }

    /// <summary>
    /// The cell of resolution 0 at steps along i and j from the middle of a face, and how often 60 degrees counterclockwise turn the face's axes
    /// into the cell's. Null where no cell of this face or the next is.
    /// </summary>
    public static (int Cell, int Turns)? CellAt(int face, int a, int b)
    {
        int low = Math.Min(0, Math.Min(a, b));
        (int i, int j, int k) = (a - low, b - low, -low);
        return i <= 2 && j <= 2 && k <= 2 ? Cells[(27 * face) + (9 * i) + (3 * j) + k] : null;
    }

    /// <summary>The place of steps along i and j.</summary>
    public static (double X, double Y) Place(double a, double b) => (a - (b / 2), b * (Math.Sqrt(3) / 2));

    private static (int Cell, int Turns) CellFor(int face, int i, int j, int k)
    {
        (double x, double y) = Place(i - k, j - k);
        (int side, double distance) = Beyond(x, y);
        (int Face, double X, double Y) at = distance > 1e-9 ? Across(face, side, x, y) : (face, x, y);
        Direction direction = Direction(at.Face, at.X, at.Y);
        int cell = 0;
        double nearest = -2;
        for (int other = 0; other < HomeAt.Length; other++)
        {
            (int home, int a, int b) = HomeAt[other];
            (double homeX, double homeY) = Place(a, b);
            if (Direction(home, homeX, homeY).Dot(direction) is var near && near > nearest)
            {
                (cell, nearest) = (other, near);
            }
        }

        if (IsPentagon(cell))
        {
            return (cell, (face, i, j) switch
            {
                ( < 5, 2, 0) => face,
                ( < 5, 0, 2) => 1,
                ( < 5, _, _) => 0,
                ( < 15, 2, 0) => 0,
                ( < 15, _, _) => 3,
                (_, 2, 0) => 19 - face,
                (_, 0, 2) => 1,
                _ => 0,
            });
        }

        return (cell, HomeAt[cell].Face == face ? 0 : face is < 5 or >= 15 && side < 2 ? (side == 0 ? 1 : 5) : 3);
    }

    private static (int Face, int A, int B) Home(string home)
    {
        int point = home.IndexOf('.', StringComparison.Ordinal);
        int k = home[point + 3] - '0';
        return (int.Parse(home.AsSpan(0, point), System.Globalization.CultureInfo.InvariantCulture), home[point + 1] - '0' - k, home[point + 2] - '0' - k);
    }

    private static (Direction, Direction, Direction) Plane((double Latitude, double Longitude, double Axis) face)
    {
        (double sinNorth, double cosNorth) = Math.SinCos(face.Latitude);
        (double sinEast, double cosEast) = Math.SinCos(face.Longitude);
        var middle = new Direction(cosNorth * cosEast, cosNorth * sinEast, sinNorth);
        var north = new Direction(-sinNorth * cosEast, -sinNorth * sinEast, cosNorth);
        var east = new Direction(-sinEast, cosEast, 0);

        // An azimuth is clockwise; the plane's y axis is counterclockwise of x.
        (double sin, double cos) = Math.SinCos(face.Axis);
        Direction along = (cos * north) + (sin * east);
        return (middle, along, middle.Cross(along));
    }
}
