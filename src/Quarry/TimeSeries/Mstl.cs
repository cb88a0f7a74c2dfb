namespace Quarry.TimeSeries;

/// <summary>Decomposition of a series with several periods, one within another: a day within a week.</summary>
/// <remarks>
/// Source: Bandara, Hyndman, Bergmeir, "MSTL: A Seasonal-Trend Decomposition Algorithm for Time Series with Multiple Seasonal
/// Patterns" (2021), without its Box-Cox transformation.
/// </remarks>
public static class Mstl
{
    /// <summary>Decomposes a series.</summary>
    /// <param name="values">The values at even steps, all finite.</param>
    /// <param name="periods">The periods, in any order; each at most half the series.</param>
    /// <param name="parameters">
    /// The other parameters of each decomposition. Where <see cref="StlParameters.Seasonal"/> is the default, the spans are 11, 15, 19 …
    /// from the shortest period on, as the paper has them; otherwise it is the span for every period. One period alone is plain STL.
    /// </param>
    /// <param name="iterations">How often each season is taken out anew. Default: 2.</param>
    /// <exception cref="QuarryException">A parameter is out of its range, a period is there twice, or longer than half the series.</exception>
    public static MultipleDecomposition Decompose(
        ReadOnlySpan<double> values, IReadOnlyList<int> periods, StlParameters? parameters = null, int iterations = 2)
    {
        parameters ??= new StlParameters();
        int length = values.Length;
        int[] sorted = [.. periods.Order()];
        if (sorted.Length == 0 || sorted.Distinct().Count() != sorted.Length || iterations < 1)
        {
            throw new QuarryException("One period or several different ones are needed, and at least one iteration.");
        }

        Stl[] stl = [.. sorted.Select((period, i) => new Stl(length, Of(parameters, period, i, sorted.Length)))];
        double[][] seasons = [.. sorted.Select(_ => new double[length])];
        double[] rest = values.ToArray();
        var last = new Decomposition(new double[rest.Length], new double[rest.Length], new double[rest.Length], new double[rest.Length]);
        for (int iteration = 0; iteration < (sorted.Length == 1 ? 1 : iterations); iteration++)
        {
            for (int i = 0; i < stl.Length; i++)
            {
                Add(rest, seasons[i]);
                stl[i].Decompose(rest, last.Trend, seasons[i], last.Residual, last.Weights);
                Lanes.Subtract(rest, seasons[i], rest);
            }
        }

        for (int i = 0; i < rest.Length; i++)
        {
            last.Seasonal[i] = seasons.Sum(season => season[i]);
            last.Residual[i] = values[i] - last.Trend[i] - last.Seasonal[i];
        }

        return new MultipleDecomposition(last, sorted, seasons);
    }

    private static StlParameters Of(StlParameters parameters, int period, int index, int count) => parameters with
    {
        Period = period,
        Seasonal = count > 1 && parameters.Seasonal == new StlParameters().Seasonal ? 11 + (4 * index) : parameters.Seasonal,
    };

    private static void Add(Span<double> values, ReadOnlySpan<double> more)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] += more[i];
        }
    }
}
