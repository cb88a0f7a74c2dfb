namespace Quarry.TimeSeries.Kusto;

/// <summary>KQL's series_fir and series_iir.</summary>
/// <remarks>Source: Kusto's documentation of these functions; before its beginning a series counts as 0, as recorded results show.</remarks>
public static class SeriesFilter
{
    /// <summary>series_fir(): each value becomes a weighted sum of itself and those before it.</summary>
    /// <param name="series">The values.</param>
    /// <param name="filter">The weights, that of the value itself first.</param>
    /// <param name="normalize">Whether the weights are divided by their sum; if null, unless one is negative.</param>
    /// <param name="center">Whether the weights lie around the value instead.</param>
    /// <exception cref="QuarryException">There are no weights, or they are to be normalised and one is negative or all are 0.</exception>
    public static double[] Fir(ReadOnlySpan<double> series, ReadOnlySpan<double> filter, bool? normalize = null, bool center = false)
    {
        double sum = 0;
        bool hasNegative = false;
        foreach (double weight in filter)
        {
            sum += weight;
            hasNegative |= weight < 0;
        }

        bool divides = normalize ?? !hasNegative;
        if (filter.IsEmpty || (divides && (hasNegative || sum == 0)))
        {
            throw new QuarryException("series_fir: a filter needs weights, and only weights that are not negative and not all 0 can be normalised.");
        }

        double[] result = new double[series.Length];
        int ahead = center ? (filter.Length - 1) / 2 : 0;
        for (int i = 0; i < result.Length; i++)
        {
            double value = 0;
            for (int k = Math.Max(0, i + ahead - series.Length + 1); k < filter.Length && k <= i + ahead; k++)
            {
                value += filter[k] * series[i + ahead - k];
            }

            result[i] = divides ? value / sum : value;
        }

        return result;
    }

    /// <summary>series_iir(): a filter that also takes in its own results.</summary>
    /// <param name="series">The values.</param>
    /// <param name="numerators">The factors of the values.</param>
    /// <param name="denominators">The factors of the results; the first, which is not 0, divides.</param>
    /// <exception cref="QuarryException">A list is empty, or the first denominator 0.</exception>
    public static double[] Iir(ReadOnlySpan<double> series, ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators)
    {
        if (numerators.IsEmpty || denominators.IsEmpty || denominators[0] == 0)
        {
            throw new QuarryException("series_iir: there have to be numerators and denominators, and the first denominator must not be 0.");
        }

        double[] result = new double[series.Length];
        for (int i = 0; i < result.Length; i++)
        {
            double value = 0;
            for (int k = 0; k < numerators.Length && k <= i; k++)
            {
                value += numerators[k] * series[i - k];
            }

            for (int k = 1; k < denominators.Length && k <= i; k++)
            {
                value -= denominators[k] * result[i - k];
            }

            result[i] = value / denominators[0];
        }

        return result;
    }
}
