namespace Quarry.TimeSeries.Kusto;

/// <summary>KQL's series_fill_const, series_fill_forward, series_fill_backward and series_fill_linear. NaN stands for null.</summary>
/// <remarks>Source: Kusto's documentation of these functions and its examples.</remarks>
public static class SeriesFill
{
    /// <summary>series_fill_const(): missing values become a constant.</summary>
    /// <param name="series">The values.</param>
    /// <param name="constant">What to put.</param>
    /// <param name="placeholder">What counts as missing.</param>
    public static double[] Const(ReadOnlySpan<double> series, double constant, double placeholder = double.NaN)
    {
        double[] filled = series.ToArray();
        for (int i = 0; i < filled.Length; i++)
        {
            filled[i] = IsMissing(filled[i], placeholder) ? constant : filled[i];
        }

        return filled;
    }

    /// <summary>series_fill_forward(): missing values become the one before; those at the beginning stay.</summary>
    public static double[] Forward(ReadOnlySpan<double> series, double placeholder = double.NaN)
    {
        double[] filled = series.ToArray();
        for (int i = 1; i < filled.Length; i++)
        {
            filled[i] = IsMissing(filled[i], placeholder) ? filled[i - 1] : filled[i];
        }

        return filled;
    }

    /// <summary>series_fill_backward(): missing values become the one behind; those at the end stay.</summary>
    public static double[] Backward(ReadOnlySpan<double> series, double placeholder = double.NaN)
    {
        double[] filled = series.ToArray();
        for (int i = filled.Length - 2; i >= 0; i--)
        {
            filled[i] = IsMissing(filled[i], placeholder) ? filled[i + 1] : filled[i];
        }

        return filled;
    }

    /// <summary>series_fill_linear(): missing values are put on the line between their neighbours.</summary>
    /// <param name="series">The values.</param>
    /// <param name="placeholder">What counts as missing.</param>
    /// <param name="fillEdges">Whether those at the ends become the nearest value, else they stay.</param>
    /// <param name="constant">What all become where all are missing; NaN leaves them.</param>
    /// <param name="areIntegers">Whether the elements are int or long: what is put in is then cut to a whole number.</param>
    public static double[] Linear(
        ReadOnlySpan<double> series, double placeholder = double.NaN, bool fillEdges = true, double constant = 0, bool areIntegers = false)
    {
        double[] filled = series.ToArray();
        int before = -1;
        for (int i = 0; i < filled.Length; i++)
        {
            if (IsMissing(series[i], placeholder))
            {
                continue;
            }

            for (int gap = before + 1; gap < i; gap++)
            {
                if (before >= 0)
                {
                    double value = series[before] + ((series[i] - series[before]) * (gap - before) / (i - before));
                    filled[gap] = areIntegers ? Math.Truncate(value) : value;
                }
                else if (fillEdges)
                {
                    filled[gap] = series[i];
                }
            }

            before = i;
        }

        if (before < 0)
        {
            filled.AsSpan().Fill(double.IsNaN(constant) ? placeholder : constant);
        }
        else if (fillEdges)
        {
            filled.AsSpan(before + 1).Fill(series[before]);
        }

        return filled;
    }

    private static bool IsMissing(double value, double placeholder) => double.IsNaN(placeholder) ? double.IsNaN(value) : value == placeholder;
}
