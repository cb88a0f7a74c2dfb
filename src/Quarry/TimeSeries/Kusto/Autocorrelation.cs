namespace Quarry.TimeSeries.Kusto;

/// <summary>How a series resembles itself some points later.</summary>
internal static class Autocorrelation
{
    /// <summary>
    /// For each distance, the mean product of two values so far apart, of the series less its mean, over its variance; NaN counts as
    /// the mean. All 0 for a constant series. Through a Fourier transform: n log n.
    /// </summary>
    public static double[] Of(ReadOnlySpan<double> series)
    {
        int length = series.Length, size = 2;
        while (size < 2 * length)
        {
            size *= 2;
        }

        double mean = 0, count = 0;
        foreach (double value in series)
        {
            mean += double.IsFinite(value) ? (value - mean) / ++count : 0;
        }

        double[] real = new double[size], imaginary = new double[size];
        double largest = 0;
        for (int i = 0; i < length; i++)
        {
            real[i] = double.IsFinite(series[i]) ? series[i] - mean : 0;
            largest = Math.Max(largest, Math.Abs(real[i]));
        }

        double[] correlation = new double[length];
        if (!(largest > 1e-12 * Math.Abs(mean)))
        {
            return correlation;
        }

        Transform(real, imaginary);
        for (int i = 0; i < size; i++)
        {
            (real[i], imaginary[i]) = ((real[i] * real[i]) + (imaginary[i] * imaginary[i]), 0);
        }

        // The power is real and even, so transforming forwards once more is transforming back.
        Transform(real, imaginary);
        for (int i = 0; i < length; i++)
        {
            correlation[i] = real[i] / real[0] * length / (length - i);
        }

        return correlation;
    }

    // Cooley and Tukey's transform, in place; the length is a power of two.
    private static void Transform(double[] real, double[] imaginary)
    {
        int size = real.Length;
        for (int i = 1, j = 0; i < size; i++)
        {
            int bit = size >> 1;
            for (; (j & bit) != 0; bit >>= 1)
            {
                j ^= bit;
            }

            j ^= bit;
            if (i < j)
            {
                (real[i], real[j]) = (real[j], real[i]);
                (imaginary[i], imaginary[j]) = (imaginary[j], imaginary[i]);
            }
        }

        for (int half = 1; half < size; half *= 2)
        {
            for (int k = 0; k < half; k++)
            {
                (double sine, double cosine) = Math.SinCos(-Math.PI * k / half);
                for (int i = k; i < size; i += 2 * half)
                {
                    double re = (real[i + half] * cosine) - (imaginary[i + half] * sine);
                    double im = (real[i + half] * sine) + (imaginary[i + half] * cosine);
                    (real[i + half], imaginary[i + half]) = (real[i] - re, imaginary[i] - im);
                    (real[i], imaginary[i]) = (real[i] + re, imaginary[i] + im);
                }
            }
        }
    }
}
