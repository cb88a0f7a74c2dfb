using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Quarry.TimeSeries;

/// <summary>The bisquare weights that take away the influence of points far from the fit.</summary>
internal sealed class RobustWeights(int length)
{
    private readonly OrderStatistic _order = new(length);
    private readonly double[] _distances = new double[length];

    /// <summary>The weights, 0 to 1.</summary>
    public double[] Weights { get; } = new double[length];

    /// <summary>Takes in the residuals.</summary>
    /// <param name="residuals">The residuals.</param>
    /// <param name="noise">What is not larger than this is nothing but rounding, and near.</param>
    public void Weigh(ReadOnlySpan<double> residuals, double noise)
    {
        ReadOnlySpan<Vector256<double>> from = MemoryMarshal.Cast<double, Vector256<double>>(residuals);
        Span<Vector256<double>> to = MemoryMarshal.Cast<double, Vector256<double>>(_distances.AsSpan());
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = Vector256.Abs(from[i]);
        }

        int done = from.Length * Vector256<double>.Count;
        for (int i = done; i < length; i++)
        {
            _distances[i] = Math.Abs(residuals[i]);
        }

        double range = 3 * _order.MiddleSum(_distances);
        double near = Math.Max(noise, 0.001 * range), far = Math.Max(noise, 0.999 * range), share = range > 0 ? 1 / range : 0;
        Span<Vector256<double>> weights = MemoryMarshal.Cast<double, Vector256<double>>(Weights.AsSpan());
        for (int i = 0; i < to.Length; i++)
        {
            Vector256<double> relative = to[i] * share, rest = Vector256<double>.One - (relative * relative);
            weights[i] = Vector256.ConditionalSelect(
                Vector256.LessThanOrEqual(to[i], Vector256.Create(near)),
                Vector256<double>.One,
                Vector256.LessThanOrEqual(to[i], Vector256.Create(far)) & (rest * rest));
        }

        for (int i = done; i < length; i++)
        {
            double relative = _distances[i] * share, rest = 1 - (relative * relative);
            Weights[i] = _distances[i] <= near ? 1 : _distances[i] > far ? 0 : rest * rest;
        }
    }
}
