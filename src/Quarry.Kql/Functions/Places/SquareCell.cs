using System.Globalization;

namespace Quarry.Kql.Functions.Places;

/// <summary>A cell of the S2 hierarchy: one of 4^level squares on a face of the cube around the Earth.</summary>
/// <remarks>
/// Source: the public description of S2 cells: three bits of face, two bits a level along the Hilbert curve, then a 1; the quadratic
/// projection from cell to cube coordinates.
/// </remarks>
internal readonly record struct SquareCell(ulong Id)
{
    /// <summary>The finest level.</summary>
    public const int MostLevel = 30;
    private const long Size = 1L << MostLevel;

    // Along the curve: which quarter (i, j) comes at a position, by orientation (1: axes swapped, 2: both turned around) ...
    private static ReadOnlySpan<byte> Quarters => [0, 1, 3, 2, 0, 2, 3, 1, 3, 2, 0, 1, 3, 1, 0, 2];

    // ... and how the orientation changes there.
    private static ReadOnlySpan<byte> Turns => [1, 0, 0, 3];

    /// <summary>The level, 0 to 30.</summary>
    public int Level => MostLevel - (System.Numerics.BitOperations.TrailingZeroCount(Id) / 2);

    /// <summary>The face of the cube, 0 to 5.</summary>
    public int Face => (int)(Id >> 61);

    /// <summary>The id in hexadecimal without its last zeros.</summary>
    public string Token => Id.ToString("x16", CultureInfo.InvariantCulture).TrimEnd('0');

    /// <summary>The cell of a token; null of what is none.</summary>
    public static SquareCell? Read(ReadOnlySpan<byte> token)
    {
        if (token.Length is < 1 or > 16 || !ulong.TryParse(token, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong digits))
        {
            return null;
        }

        ulong id = digits << (4 * (16 - token.Length));
        return id >> 61 < 6 && (id & (~id + 1) & 0x1555_5555_5555_5555) != 0 ? new SquareCell(id) : null;
    }

    /// <summary>The cell of a level around a point.</summary>
    public static SquareCell Of(Direction point, int level)
    {
        (int face, double u, double v) = Cube.Project(point);
        return At(face, Cell(Cube.ToCell(u)), Cell(Cube.ToCell(v)), level);
    }

    /// <summary>The cells within this one at the next level, along the curve.</summary>
    public IEnumerable<SquareCell> Children
    {
        get
        {
            ulong last = Id & (~Id + 1);
            for (int i = 0; i < 4; i++)
            {
                yield return new SquareCell(Id - last + (ulong)((2 * i) + 1) * (last >> 2));
            }
        }
    }

    /// <summary>The cube coordinates of the sides.</summary>
    public (double LowU, double LowV, double HighU, double HighV) Sides
    {
        get
        {
            (long i, long j, long size) = Corner();
            return (Cube.ToCube(i / (double)Size), Cube.ToCube(j / (double)Size), Cube.ToCube((i + size) / (double)Size), Cube.ToCube((j + size) / (double)Size));
        }
    }

    /// <summary>The middle in cell coordinates.</summary>
    public Direction Center
    {
        get
        {
            (long i, long j, long size) = Corner();
            return Cube.Direction(Face, Cube.ToCube((i + (size / 2.0)) / Size), Cube.ToCube((j + (size / 2.0)) / Size));
        }
    }

    /// <summary>The four corners, counterclockwise.</summary>
    public Direction[] Corners
    {
        get
        {
            (double lowU, double lowV, double highU, double highV) = Sides;
            return [Cube.Direction(Face, lowU, lowV), Cube.Direction(Face, highU, lowV), Cube.Direction(Face, highU, highV), Cube.Direction(Face, lowU, highV)];
        }
    }

    /// <summary>The cells that share a side, then those that share only a corner; each once.</summary>
    public IEnumerable<SquareCell> Neighbors
    {
        get
        {
            (long i, long j, long size) = Corner();
            int face = Face;
            int level = Level;
            SquareCell self = this;
            (int I, int J)[] steps = [(0, -1), (1, 0), (0, 1), (-1, 0), (-1, -1), (1, -1), (1, 1), (-1, 1)];
            return steps.Select(step => Beside(face, i, j, size, step, level)).OfType<SquareCell>().Where(cell => cell != self).Distinct();
        }
    }

    // Null where two steps lead around a corner of the cube, where only three cells meet.
    private static SquareCell? Beside(int face, long i, long j, long size, (int I, int J) step, int level)
    {
        (long toI, long toJ) = (i + (step.I * size), j + (step.J * size));
        bool isOffI = toI is < 0 or >= Size;
        bool isOffJ = toJ is < 0 or >= Size;
        if (isOffI && isOffJ)
        {
            return null;
        }

        if (!isOffI && !isOffJ)
        {
            return At(face, toI, toJ, level);
        }

        // Just over the edge of the face, in the middle of the cell along it.
        double u = isOffI ? step.I * (1 + 1e-12) : Cube.ToCube((toI + (size / 2.0)) / Size);
        double v = isOffJ ? step.J * (1 + 1e-12) : Cube.ToCube((toJ + (size / 2.0)) / Size);
        return Of(Cube.Direction(face, u, v), level);
    }

    private static long Cell(double at) => Math.Clamp((long)Math.Floor(at * Size), 0, Size - 1);

    private static SquareCell At(int face, long i, long j, int level)
    {
        ulong id = (ulong)face;
        int turn = face & 1;
        for (int bit = MostLevel - 1; bit >= MostLevel - level; bit--)
        {
            int quarter = (int)(((i >> bit & 1) << 1) | (j >> bit & 1));
            int position = Quarters.Slice(4 * turn, 4).IndexOf((byte)quarter);
            id = (id << 2) | (uint)position;
            turn ^= Turns[position];
        }

        return new SquareCell(((id << 1) | 1) << (2 * (MostLevel - level)));
    }

    // The corner of lowest i and j, and the length of the sides.
    private (long I, long J, long Size) Corner()
    {
        long i = 0;
        long j = 0;
        int turn = Face & 1;
        int level = Level;
        for (int step = 0; step < level; step++)
        {
            int position = (int)(Id >> (59 - (2 * step)) & 3);
            int quarter = Quarters[(4 * turn) + position];
            i = (i << 1) | (uint)(quarter >> 1);
            j = (j << 1) | (uint)(quarter & 1);
            turn ^= Turns[position];
        }

        int rest = MostLevel - level;
        return (i << rest, j << rest, 1L << rest);
    }
}
