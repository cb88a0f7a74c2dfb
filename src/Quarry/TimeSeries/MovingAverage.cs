namespace Quarry.TimeSeries;

/// <summary>The mean of the values in a window that slides over a series.</summary>
internal static class MovingAverage
{
    private const int Parts = 4;

    /// <summary>result[i] is the mean of z[i] to z[i + window - 1].</summary>
    public static void Take(ReadOnlySpan<double> z, int window, Span<double> result)
    {
        double share = 1.0 / window;

        // Four stretches at once, because each sum waits for the one before.
        int stretch = result.Length / Parts;
        double a = Sum(z, 0, window), b = Sum(z, stretch, window), c = Sum(z, 2 * stretch, window), d = Sum(z, 3 * stretch, window);
        ReadOnlySpan<double> za = z, zb = z[stretch..], zc = z[(2 * stretch)..], zd = z[(3 * stretch)..];
        Span<double> ra = result, rb = result[stretch..], rc = result[(2 * stretch)..], rd = result[(3 * stretch)..];
        for (int i = 0; i < stretch; i++)
        {
            ra[i] = a * share;
            rb[i] = b * share;
            rc[i] = c * share;
            rd[i] = d * share;
            a += za[i + window] - za[i];
            b += zb[i + window] - zb[i];
            c += zc[i + window] - zc[i];
            if (i + window < zd.Length)
            {
                d += zd[i + window] - zd[i];
            }
        }

        for (int i = Parts * stretch; i < result.Length; i++)
        {
            result[i] = Sum(z, i, window) * share;
        }
    }

    private static double Sum(ReadOnlySpan<double> z, int start, int window)
    {
        double sum = 0;
        foreach (double value in z.Slice(start, window))
        {
            sum += value;
        }

        return sum;
    }
}
