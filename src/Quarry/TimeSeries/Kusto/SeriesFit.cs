namespace Quarry.TimeSeries.Kusto;

/// <summary>KQL's series_fit_line and series_fit_2lines: lines by least squares.</summary>
/// <remarks>
/// Source: Kusto's documentation. Its example fixes that the first point has x = 1 and that variances have the divisor n - 1. It does not
/// say how short a side of two lines may be; here it is two points.
/// </remarks>
public static class SeriesFit
{
    /// <summary>series_fit_line().</summary>
    /// <param name="series">The values, at least one.</param>
    /// <exception cref="QuarryException">The series is empty.</exception>
    public static LineFit Line(ReadOnlySpan<double> series)
    {
        if (series.IsEmpty)
        {
            throw new QuarryException("series_fit_line: an empty series has no line.");
        }

        (double slope, double intercept) = Regress(series, 1);
        double[] line = new double[series.Length];
        double mean = 0, rest = 0, all = 0;
        for (int i = 0; i < line.Length; i++)
        {
            line[i] = (slope * (i + 1)) + intercept;
            mean += (series[i] - mean) / (i + 1);
        }

        for (int i = 0; i < line.Length; i++)
        {
            all += (series[i] - mean) * (series[i] - mean);
            rest += (series[i] - line[i]) * (series[i] - line[i]);
        }

        int divisor = Math.Max(1, line.Length - 1);
        return new LineFit(all > 0 ? Math.Max(0, 1 - (rest / all)) : 1, slope, all / divisor, rest / divisor, intercept, line);
    }

    /// <summary>series_fit_2lines(): the two lines, one after the other, that leave the least.</summary>
    /// <param name="series">The values, at least four.</param>
    /// <exception cref="QuarryException">The series has fewer than four points.</exception>
    public static TwoLineFit TwoLines(ReadOnlySpan<double> series)
    {
        if (series.Length < 4)
        {
            throw new QuarryException($"series_fit_2lines: two lines need four points, and the series has {series.Length}.");
        }

        double[] before = Rests(series, false), behind = Rests(series, true);
        int split = 2;
        for (int candidate = 2; candidate <= series.Length - 2; candidate++)
        {
            split = before[candidate] + behind[candidate] < before[split] + behind[split] ? candidate : split;
        }

        LineFit whole = Line(series), left = Line(series[..split]), right = Line(series[split..]);
        double rest = (left.RVariance * Math.Max(1, split - 1)) + (right.RVariance * Math.Max(1, series.Length - split - 1));
        int divisor = series.Length - 1;
        double all = whole.Variance * divisor;
        return new TwoLineFit(
            all > 0 ? Math.Max(0, 1 - (rest / all)) : 1, split, whole.Variance, rest / divisor, [.. left.Line, .. right.Line], right, left);
    }

    /// <summary>Slope and intercept by least squares; NaN takes no part.</summary>
    internal static (double Slope, double Intercept) Regress(ReadOnlySpan<double> series, int first)
    {
        double count = 0, meanX = 0, meanY = 0, squares = 0, products = 0;
        for (int i = 0; i < series.Length; i++)
        {
            if (double.IsNaN(series[i]))
            {
                continue;
            }

            count++;
            double x = i + first - meanX;
            meanX += x / count;
            meanY += (series[i] - meanY) / count;
            squares += x * (i + first - meanX);
            products += x * (series[i] - meanY);
        }

        double slope = squares > 0 ? products / squares : 0;
        return (slope, meanY - (slope * meanX));
    }

    // For each split, the squares that a line leaves of the points before it, or behind.
    private static double[] Rests(ReadOnlySpan<double> series, bool isBehind)
    {
        double[] rests = new double[series.Length + 1];
        double count = 0, meanX = 0, meanY = 0, xx = 0, xy = 0, yy = 0;
        for (int n = 0; n < series.Length; n++)
        {
            int i = isBehind ? series.Length - 1 - n : n;
            count++;
            double x = i - meanX, y = series[i] - meanY;
            meanX += x / count;
            meanY += y / count;
            xx += x * (i - meanX);
            xy += x * (series[i] - meanY);
            yy += y * (series[i] - meanY);
            rests[isBehind ? i : i + 1] = xx > 0 ? Math.Max(0, yy - (xy * xy / xx)) : 0;
        }

        return rests;
    }
}
