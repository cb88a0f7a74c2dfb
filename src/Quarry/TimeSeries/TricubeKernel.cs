namespace Quarry.TimeSeries;

/// <summary>
/// The weights of locally weighted regression on an even grid, as the original of STL computes them: the tricube function of the
/// distance, cut at a thousandth from either end of its range.
/// </summary>
/// <remarks>Source: Cleveland, Cleveland, McRae, Terpenning, "STL", Journal of Official Statistics 6 (1990), section 2.</remarks>
internal static class TricubeKernel
{
    /// <summary>The bandwidth at a position of a window of the first points of a series.</summary>
    /// <param name="position">The position from 0; -1 is one before the first point.</param>
    /// <param name="points">How many points the window has.</param>
    /// <param name="span">The span that was asked for; beyond the series it widens the band.</param>
    public static double Bandwidth(int position, int points, int span) =>
        Math.Max(position, points - 1 - position) + ((span - points) / 2);

    /// <summary>Fills in the weights at a position of a window of the first points of a series, not normalised.</summary>
    public static void Fill(int position, double bandwidth, Span<double> weights)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = Weight(Math.Abs(i - position), bandwidth);
        }
    }

    /// <summary>
    /// The two factors that make the smoothed value of the weighted sums b0 = Σ w y and b1 = Σ w k y, where k is the distance from
    /// the position: a weighted mean (degree 0), or a weighted line at the position (degree 1).
    /// </summary>
    /// <param name="a0">Σ w, above zero.</param>
    /// <param name="a1">Σ w k.</param>
    /// <param name="a2">Σ w k².</param>
    /// <param name="degree">0 or 1.</param>
    /// <param name="length">The length of the series: points that lie too near to one another for it give no line.</param>
    public static (double Alpha, double Beta) Factors(double a0, double a1, double a2, int degree, int length)
    {
        double mean = a1 / a0;
        double spread = (a2 / a0) - (mean * mean);
        return degree > 0 && Math.Sqrt(Math.Max(spread, 0)) > 0.001 * (length - 1)
            ? ((1 + (mean * mean / spread)) / a0, -mean / spread / a0)
            : (1 / a0, 0);
    }

    /// <summary>The weight at a distance.</summary>
    public static double Weight(double distance, double bandwidth)
    {
        if (distance > 0.999 * bandwidth)
        {
            return 0;
        }

        if (distance <= 0.001 * bandwidth)
        {
            return 1;
        }

        double relative = distance / bandwidth;
        double rest = 1 - (relative * relative * relative);
        return rest * rest * rest;
    }
}
