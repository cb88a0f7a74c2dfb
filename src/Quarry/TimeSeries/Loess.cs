namespace Quarry.TimeSeries;

/// <summary>
/// Locally weighted regression (degree 0 or 1) of one or several interleaved series on an even grid, at each of their points and,
/// on request, at one more before and behind. An instance is made for a length and has buffers of its own: one thread at a time.
/// </summary>
/// <remarks>
/// Source: Cleveland, Cleveland, McRae, Terpenning, "STL", Journal of Official Statistics 6 (1990), sections 2 and 3.
/// </remarks>
internal abstract class Loess
{
    /// <summary>From so many points in a window on, sums of moments are cheaper than the window's weights one by one (measured).</summary>
    public const int ManyPoints = 192;

    /// <summary>A regression.</summary>
    /// <param name="length">How many values there are in all.</param>
    /// <param name="stride">How many series are interleaved; value i belongs to series i modulo this. 1 for one series.</param>
    /// <param name="span">The span, odd: how many neighbouring points of its series a value is made of.</param>
    /// <param name="degree">0 or 1.</param>
    /// <param name="extends">Whether each series is continued by a point before and one behind it.</param>
    public static Loess Create(int length, int stride, int span, int degree, bool extends)
    {
        int points = Math.Min(span, ((length - 1) / stride) + 1);
        return points < ManyPoints ? new DirectLoess(length, stride, span, degree, extends)
            : stride == 1 ? new MomentLoess(length, span, degree, extends)
            : new InterleavedLoess(length, stride, span, degree, extends);
    }

    /// <summary>Smooths values, all of the same weight.</summary>
    /// <param name="z">The values.</param>
    /// <param name="result">The smoothed values; where the series are continued, <c>stride</c> more at either end.</param>
    public abstract void Smooth(ReadOnlySpan<double> z, Span<double> result);

    /// <summary>
    /// Prepares for <see cref="SmoothWeighted"/>, once for weights that serve several times.
    /// </summary>
    /// <param name="weights">A weight for each value.</param>
    /// <param name="alpha">For each result, the factor of Σ w y; 0 where nothing in the window has weight, below 0 where the sums are to be taken one by one.</param>
    /// <param name="beta">For each result, the factor of Σ w k y.</param>
    public abstract void Weigh(ReadOnlySpan<double> weights, Span<double> alpha, Span<double> beta);

    /// <summary>Smooths values of different weights.</summary>
    /// <param name="z">The values.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="weighted">The values times their weights.</param>
    /// <param name="alpha">What <see cref="Weigh"/> gave.</param>
    /// <param name="beta">What <see cref="Weigh"/> gave.</param>
    /// <param name="result">The smoothed values; a value without a weight in its window stays as it is.</param>
    public abstract void SmoothWeighted(
        ReadOnlySpan<double> z, ReadOnlySpan<double> weights, ReadOnlySpan<double> weighted,
        ReadOnlySpan<double> alpha, ReadOnlySpan<double> beta, Span<double> result);

    /// <summary>Puts the value itself where nothing in its window had weight; at the continued ends, the smoothed value beside it.</summary>
    protected static void KeepUnweighted(ReadOnlySpan<double> z, ReadOnlySpan<double> alpha, int stride, bool extends, Span<double> result)
    {
        if (!alpha.Contains(0))
        {
            return;
        }

        int offset = extends ? stride : 0;
        for (int i = 0; i < z.Length; i++)
        {
            if (alpha[i + offset] == 0)
            {
                result[i + offset] = z[i];
            }
        }

        for (int i = 0; i < offset; i++)
        {
            if (alpha[i] == 0)
            {
                result[i] = result[i + stride];
            }

            int last = result.Length - 1 - i;
            if (alpha[last] == 0)
            {
                result[last] = result[last - stride];
            }
        }
    }
}
