using System.Runtime.Intrinsics;

namespace Quarry.TimeSeries;

/// <summary>Sums over the window at the beginning of a series, or of one turned round, for each position that has this window.</summary>
internal sealed class EdgeMoments
{
    private const int RowSize = 2 * Moments.Count;

    private readonly int _first;
    private readonly Moments _moments;
    private readonly double[][] _coefficients;
    private readonly double[] _plain;
    private readonly double[] _bandwidth;

    /// <param name="points">How many points the window has.</param>
    /// <param name="first">The first position: 0, or -1.</param>
    /// <param name="count">How many positions from 0 on.</param>
    /// <param name="span">The span that was asked for.</param>
    /// <param name="degree">0 or 1.</param>
    /// <param name="length">The length of the series.</param>
    public EdgeMoments(int points, int first, int count, int span, int degree, int length)
    {
        _first = first;
        _moments = new Moments(points);
        _bandwidth = [.. Enumerable.Range(first, count - first).Select(position => TricubeKernel.Bandwidth(position, points, span))];
        _coefficients = [Coefficients(0), Coefficients(1), Coefficients(2)];
        _plain = new double[_coefficients[0].Length];
        FillPlain(degree, length);
    }

    /// <summary>The bandwidth at a position.</summary>
    public double Bandwidth(int position) => _bandwidth[position - _first];

    /// <summary>Takes in the values of the window.</summary>
    public void Fill(ReadOnlySpan<double> window) => _moments.Fill(window);

    /// <summary>Σ w kᵗ z at a position.</summary>
    public double Sum(int position, int power) => Sum(_coefficients[power], position);

    /// <summary>The smoothed value at a position where all values weigh the same.</summary>
    public double Smooth(int position) => Sum(_plain, position);

    private double Sum(double[] coefficients, int position)
    {
        int at = (position - _first) * RowSize, row = Math.Max(position, 0);
        return Vector256.Sum(
            MomentPolynomial.Apply(coefficients, at, _moments.Tails, row)
            + MomentPolynomial.Apply(coefficients, at + Moments.Count, _moments.Heads, row));
    }

    private double[] Coefficients(int power)
    {
        double[] coefficients = new double[_bandwidth.Length * RowSize];
        for (int i = 0; i < _bandwidth.Length; i++)
        {
            double u = Moments.Coordinate(i + _first, _moments.Length), scale = _moments.Length / (2 * _bandwidth[i]);
            Span<double> c = coefficients.AsSpan(i * RowSize, RowSize);
            MomentPolynomial.Expand(u, scale, _bandwidth[i], power, isRight: true, c[..Moments.Count]);
            MomentPolynomial.Expand(u, scale, _bandwidth[i], power, isRight: false, c[Moments.Count..]);
        }

        return coefficients;
    }

    private void FillPlain(int degree, int length)
    {
        double[] ones = new double[_moments.Length];
        Array.Fill(ones, 1);
        Fill(ones);
        for (int i = 0; i < _bandwidth.Length; i++)
        {
            int position = i + _first;
            (double alpha, double beta) = TricubeKernel.Factors(Sum(position, 0), Sum(position, 1), Sum(position, 2), degree, length);
            for (int j = i * RowSize; j < (i + 1) * RowSize; j++)
            {
                _plain[j] = (alpha * _coefficients[0][j]) + (beta * _coefficients[1][j]);
            }
        }
    }
}
