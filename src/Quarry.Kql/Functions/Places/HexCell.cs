using System.Globalization;

namespace Quarry.Kql.Functions.Places;

/// <summary>A cell of the H3 grid: hexagons, and twelve pentagons, on an icosahedron around the Earth; seven in each of the next resolution.</summary>
/// <remarks>
/// Source: the public description of the H3 index (h3geo.org): four bits of mode, four of resolution, seven of base cell, then
/// three bits a resolution that tell the direction from the middle (1 k, 2 j, 4 i and their sums), 7 where there is none.
/// </remarks>
internal readonly record struct HexCell(ulong Id)
{
    /// <summary>The finest resolution.</summary>
    public const int MostResolution = 15;

    // How far the axes of an odd resolution are turned counterclockwise.
    private const double OddTurn = 0.333473172251832115336090755351601070065900389;

    // Steps along i and j in a direction 0 to 6, and the direction 60 degrees counterclockwise and clockwise of it.
    private static readonly (int A, int B)[] DigitSteps = [(0, 0), (-1, -1), (0, 1), (-1, 0), (1, 0), (0, -1), (1, 1)];

    private static ReadOnlySpan<byte> Left => [0, 5, 3, 1, 6, 4, 2];

    private static ReadOnlySpan<byte> Right => [0, 3, 6, 2, 5, 1, 4];

    /// <summary>The resolution, 0 to 15.</summary>
    public int Resolution => (int)(Id >> 52) & 15;

    /// <summary>The index in hexadecimal.</summary>
    public string Token => Id.ToString("x", CultureInfo.InvariantCulture);

    /// <summary>Whether this is one of the twelve pentagons of its resolution.</summary>
    public bool IsPentagon => Hexagons.IsPentagon(BaseCell) && LeadingDigit == 0;

    private int BaseCell => (int)(Id >> 45) & 127;

    private int LeadingDigit
    {
        get
        {
            for (int r = 1; r <= Resolution; r++)
            {
                if (Digit(r) is > 0 and int digit)
                {
                    return digit;
                }
            }

            return 0;
        }
    }

    /// <summary>The cell of an index; null of what is none.</summary>
    public static HexCell? Read(ReadOnlySpan<byte> token)
    {
        if (token.Length is < 1 or > 16 || !ulong.TryParse(token, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong id))
        {
            return null;
        }

        var cell = new HexCell(id);
        if (id >> 56 != 0x08 || cell.BaseCell > 121)
        {
            return null;
        }

        for (int r = 1; r <= MostResolution; r++)
        {
            if (cell.Digit(r) == 7 != r > cell.Resolution)
            {
                return null;
            }
        }

        return Hexagons.IsPentagon(cell.BaseCell) && cell.LeadingDigit == 1 ? null : cell;
    }

    /// <summary>The cell of a resolution around a point.</summary>
    public static HexCell Of(Direction point, int resolution)
    {
        (int face, double x, double y) = Hexagons.Project(point);
        double scale = Math.Pow(7, resolution / 2.0);
        (double sin, double cos) = Math.SinCos(resolution % 2 == 0 ? 0 : -OddTurn);
        (long a, long b) = Nearest(((cos * x) - (sin * y)) * scale, ((sin * x) + (cos * y)) * scale);
        Span<byte> digits = stackalloc byte[resolution];
        for (int r = resolution; r > 0; r--)
        {
            (long a, long b) up = Up(a, b, r);
            (long a, long b) middle = Down(up.a, up.b, r);
            digits[r - 1] = (byte)Array.IndexOf(DigitSteps, ((int)(a - middle.a), (int)(b - middle.b)));
            (a, b) = up;
        }

        // Rounding never gives a point of a face a cell beyond the next face.
        (int baseCell, int turns) = Hexagons.CellAt(face, (int)a, (int)b)!.Value;
        bool isPentagon = Hexagons.IsPentagon(baseCell);
        if (isPentagon && Leading(digits) == 1)
        {
            Turn(digits, Hexagons.IsClockwise(baseCell, face) ? Right : Left);
        }

        for (; turns > 0; turns--)
        {
            Turn(digits, Left);
            if (isPentagon && Leading(digits) == 1)
            {
                Turn(digits, Left);
            }
        }

        ulong id = (0x08UL << 56) | ((ulong)resolution << 52) | ((ulong)baseCell << 45) | 0x1FFF_FFFF_FFFF;
        for (int r = 1; r <= resolution; r++)
        {
            id = With(id, r, digits[r - 1]);
        }

        return new HexCell(id);
    }

    /// <summary>The cell of a coarser resolution that this one is counted to.</summary>
    public HexCell Parent(int resolution)
    {
        ulong id = (Id & ~(15UL << 52)) | ((ulong)resolution << 52);
        for (int r = resolution + 1; r <= MostResolution; r++)
        {
            id = With(id, r, 7);
        }

        return new HexCell(id);
    }

    /// <summary>The cells of a finer resolution that are counted to this one.</summary>
    public IEnumerable<HexCell> Children(int resolution)
    {
        if (resolution == Resolution)
        {
            return [this];
        }

        int next = Resolution + 1;
        ulong id = (Id & ~(15UL << 52)) | ((ulong)next << 52);
        bool isPentagon = IsPentagon;
        return Enumerable.Range(0, 7).Where(digit => !isPentagon || digit != 1).SelectMany(digit => new HexCell(With(id, next, (uint)digit)).Children(resolution));
    }

    /// <summary>The middle.</summary>
    public Direction Center
    {
        get
        {
            (int face, double x, double y) = Place;
            return Hexagons.Direction(face, x, y);
        }
    }

    /// <summary>The middle on the plane of a face.</summary>
    public (int Face, double X, double Y) Place
    {
        get
        {
            int baseCell = BaseCell;
            bool isPentagon = Hexagons.IsPentagon(baseCell);
            bool isTurned = isPentagon && LeadingDigit == 5;
            (int face, long a, long b) = Hexagons.HomeOf(baseCell);
            int resolution = Resolution;
            for (int r = 1; r <= resolution; r++)
            {
                (a, b) = Down(a, b, r);
                int digit = Digit(r);
                (int A, int B) step = DigitSteps[isTurned ? Right[digit] : digit];
                a += step.A;
                b += step.B;
            }

            (double x, double y) = OnFace(resolution, a, b);
            int leading = isTurned ? Right[5] : LeadingDigit;
            (int side, double distance) = Hexagons.Beyond(x, y);
            if (distance > 1e-10 && isPentagon && leading == 4 && side == 1)
            {
                // The part of a pentagon's plane that is missing begins there: turned over the gap around the pentagon, at (2, 0).
                (double sin, double cos) = Math.SinCos(-Math.PI / 3);
                (x, y) = (2 + (cos * (x - 2)) - (sin * y), (sin * (x - 2)) + (cos * y));
            }

            for (int i = 0; i < (isPentagon ? 5 : 1) && distance > 1e-10; i++)
            {
                (face, x, y) = Hexagons.Across(face, side, x, y);
                (side, distance) = Hexagons.Beyond(x, y);
            }

            return (face, x, y);
        }
    }

    /// <summary>The place of steps along i and j of a resolution, in units of resolution 0.</summary>
    public static (double X, double Y) OnFace(int resolution, double a, double b)
    {
        (double x, double y) = Hexagons.Place(a, b);
        double scale = Math.Pow(7, -resolution / 2.0);
        (double sin, double cos) = Math.SinCos(resolution % 2 == 0 ? 0 : OddTurn);
        return (((cos * x) - (sin * y)) * scale, ((sin * x) + (cos * y)) * scale);
    }

    // The hexagon around a place: the nearest steps with the third coordinate the sum of the others.
    private static (long A, long B) Nearest(double x, double y)
    {
        double b = y / (Math.Sqrt(3) / 2);
        double a = x + (b / 2);
        double c = -(a - b) - b;
        double q = Math.Round(a - b);
        double r = Math.Round(b);
        double s = Math.Round(c);
        double offQ = Math.Abs(q - (a - b));
        double offR = Math.Abs(r - b);
        double offS = Math.Abs(s - c);
        if (offQ > offR && offQ > offS)
        {
            q = -r - s;
        }
        else if (offR > offS)
        {
            r = -q - s;
        }

        return ((long)(q + r), (long)r);
    }

    // The steps of the next coarser resolution, and of the next finer one; r is the finer of the two.
    private static (long A, long B) Up(long a, long b, int r) => r % 2 != 0
        ? (Round((3 * a) - b), Round(a + (2 * b)))
        : (Round((2 * a) + b), Round((3 * b) - a));

    private static (long A, long B) Down(long a, long b, int r) => r % 2 != 0
        ? ((2 * a) + b, (-1 * a) + (3 * b))
        : ((3 * a) - b, a + (2 * b));

    private static long Round(long sevenths) => (long)Math.Floor((sevenths / 7.0) + 0.5);

    private static int Leading(ReadOnlySpan<byte> digits) => digits.IndexOfAnyExcept((byte)0) is >= 0 and int at ? digits[at] : 0;

    private static void Turn(Span<byte> digits, ReadOnlySpan<byte> by)
    {
        foreach (ref byte digit in digits)
        {
            digit = by[digit];
        }
    }

    private static ulong With(ulong id, int resolution, uint digit) => (id & ~(7UL << (3 * (15 - resolution)))) | ((ulong)digit << (3 * (15 - resolution)));

    private int Digit(int resolution) => (int)(Id >> (3 * (15 - resolution))) & 7;
}
