using System.Runtime.Intrinsics;

namespace Quarry.TimeSeries;

/// <summary>
/// Sums over the windows in the middle of a series, block by block. A window reaches one block's length to either side, its two
/// outermost points without weight, so it is made of a tail and a head on each side.
/// </summary>
internal sealed class SlidingMoments
{
    private const int RowSize = 4 * Moments.Count;

    private readonly int _half;
    private readonly double[][] _coefficients;
    private Moments _before;
    private Moments _here;
    private Moments _behind;

    /// <param name="half">Half the window, which is a block's length and the bandwidth.</param>
    public SlidingMoments(int half)
    {
        _half = half;
        _before = new Moments(half);
        _here = new Moments(_before);
        _behind = new Moments(_before);
        _coefficients = [Coefficients(0), Coefficients(1), Coefficients(2)];
    }

    /// <summary>Starts over: the next <see cref="Advance"/> goes to block 1.</summary>
    public void Begin(ReadOnlySpan<double> z)
    {
        _here.Fill(z);
        _behind.Fill(z[_half..]);
    }

    /// <summary>Goes to a block, the one behind the last.</summary>
    public void Advance(ReadOnlySpan<double> z, int block)
    {
        (_before, _here, _behind) = (_here, _behind, _before);
        _behind.Fill(z[Math.Min(z.Length, (block + 1) * _half)..]);
    }

    /// <summary>Σ w kᵗ z over the window of a row of this block.</summary>
    public double Sum(int row, int power)
    {
        double[] c = _coefficients[power];
        int at = row * RowSize;
        Vector256<double> near = MomentPolynomial.Apply(c, at, _here.Tails, row)
            + MomentPolynomial.Apply(c, at + Moments.Count, _here.Heads, row);
        Vector256<double> far = MomentPolynomial.Apply(c, at + (2 * Moments.Count), _behind.Heads, row)
            + MomentPolynomial.Apply(c, at + (3 * Moments.Count), _before.Tails, row + 1);
        return Vector256.Sum(near + far);
    }

    private double[] Coefficients(int power)
    {
        double[] coefficients = new double[_half * RowSize];
        for (int row = 0; row < _half; row++)
        {
            double u = Moments.Coordinate(row, _half);
            Span<double> c = coefficients.AsSpan(row * RowSize, RowSize);
            MomentPolynomial.Expand(u, 0.5, _half, power, isRight: true, c[..Moments.Count]);
            MomentPolynomial.Expand(u, 0.5, _half, power, isRight: false, c.Slice(Moments.Count, Moments.Count));
            MomentPolynomial.Expand(u - 2, 0.5, _half, power, isRight: true, c.Slice(2 * Moments.Count, Moments.Count));
            MomentPolynomial.Expand(u + 2, 0.5, _half, power, isRight: false, c[(3 * Moments.Count)..]);
        }

        return coefficients;
    }
}
