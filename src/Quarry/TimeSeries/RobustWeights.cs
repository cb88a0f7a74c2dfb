namespace Quarry.TimeSeries;

/// <summary>The bisquare weights that take away the influence of points far from the fit.</summary>
internal sealed class RobustWeights(int length)
{
    private readonly OrderStatistic _order = new(length);
    private readonly double[] _distances = new double[length];

    /// <summary>The weights, 0 to 1.</summary>
    public double[] Weights { get; } = new double[length];

    /// <summary>Takes in the residuals.</summary>
    public void Weigh(ReadOnlySpan<double> residuals)
    {
        for (int i = 0; i < residuals.Length; i++)
        {
            _distances[i] = Math.Abs(residuals[i]);
        }

        int middle = length / 2;
        double range = 3 * (_order.Select(_distances, middle) + _order.Select(_distances, length - middle - 1));
        double near = 0.001 * range, far = 0.999 * range, share = 1 / range;
        for (int i = 0; i < _distances.Length; i++)
        {
            double distance = _distances[i], relative = distance * share, rest = 1 - (relative * relative);
            Weights[i] = distance <= near ? 1 : distance > far ? 0 : rest * rest;
        }
    }
}
