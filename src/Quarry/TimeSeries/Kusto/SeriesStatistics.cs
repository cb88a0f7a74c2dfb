namespace Quarry.TimeSeries.Kusto;

/// <summary>KQL's series_stats and series_stats_dynamic. NaN stands for null.</summary>
/// <param name="Min">The smallest value.</param>
/// <param name="MinIndex">Where it stands first.</param>
/// <param name="Max">The largest value.</param>
/// <param name="MaxIndex">Where it stands first.</param>
/// <param name="Avg">The mean.</param>
/// <param name="Stdev">The sample standard deviation.</param>
/// <param name="Variance">The sample variance.</param>
/// <param name="Sum">The sum.</param>
/// <param name="Length">How many elements the series has.</param>
/// <remarks>Source: Kusto's documentation of series_stats_dynamic().</remarks>
public sealed record SeriesStatistics(
    double Min, int MinIndex, double Max, int MaxIndex, double Avg, double Stdev, double Variance, double Sum, int Length)
{
    /// <summary>The statistics of a series; null where it is empty or holds what is not finite.</summary>
    /// <param name="series">The values.</param>
    /// <param name="ignoreNonFinite">Whether nulls, NaN and infinities are passed over instead.</param>
    public static SeriesStatistics? Of(ReadOnlySpan<double> series, bool ignoreNonFinite = false)
    {
        int min = -1, max = -1;
        double count = 0, mean = 0, squares = 0, sum = 0;
        for (int i = 0; i < series.Length; i++)
        {
            double value = series[i];
            if (!double.IsFinite(value))
            {
                if (!ignoreNonFinite)
                {
                    return null;
                }

                continue;
            }

            min = min < 0 || value < series[min] ? i : min;
            max = max < 0 || value > series[max] ? i : max;
            count++;
            double away = value - mean;
            mean += away / count;
            squares += away * (value - mean);
            sum += value;
        }

        double variance = count > 1 ? squares / (count - 1) : 0;
        return min < 0 ? null : new SeriesStatistics(
            series[min], min, series[max], max, sum / count, Math.Sqrt(variance), variance, sum, series.Length);
    }
}
