namespace Quarry.Kql.Functions.Numbers;

/// <summary>The gamma function, the error function and the beta distribution.</summary>
/// <remarks>
/// Sources: C. Lanczos, "A precision approximation of the gamma function" (1964), with g = 7 and nine terms; NIST Digital Library of Mathematical
/// Functions, 7.6, 7.9 and 8.17.
/// </remarks>
internal static class SpecialFunctions
{
    private static readonly double[] Lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
        -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>Gamma(x). Of a negative whole number it is not a number.</summary>
    public static double Gamma(double x)
    {
        if (x is >= 1 and <= 171 && x == Math.Floor(x))
        {
            double factorial = 1;
            for (int i = 2; i < x; i++)
            {
                factorial *= i;
            }

            return factorial;
        }

        if (x == Math.Floor(x) && x <= 0)
        {
            return x == 0 ? double.PositiveInfinity : double.NaN;
        }

        if (x < 0.5)
        {
            return Math.PI / (Math.Sin(Math.PI * x) * Gamma(1 - x));
        }

        double t = x + 6.5;
        double half = Math.Pow(t, (x - 0.5) / 2);
        return Math.Sqrt(2 * Math.PI) * half * Math.Exp(-t) * half * Series(x - 1);
    }

    /// <summary>The natural logarithm of Gamma(x), x positive.</summary>
    public static double LogGamma(double x)
    {
        if (x < 0.5)
        {
            return Math.Log(Math.PI / Math.Sin(Math.PI * x)) - LogGamma(1 - x);
        }

        double t = x + 6.5;
        return x is 1 or 2 ? 0 : (0.5 * Math.Log(2 * Math.PI)) + ((x - 0.5) * Math.Log(t)) - t + Math.Log(Series(x - 1));
    }

    private static double Series(double x)
    {
        double sum = Lanczos[0];
        for (int i = 1; i < Lanczos.Length; i++)
        {
            sum += Lanczos[i] / (x + i);
        }

        return sum;
    }

    /// <summary>erf(x).</summary>
    public static double ErrorFunction(double x)
    {
        if (double.IsNaN(x) || Math.Abs(x) > 2.5)
        {
            return double.IsNaN(x) ? x : Math.CopySign(1 - ComplementaryErrorFunction(Math.Abs(x)), x);
        }

        double term = x;
        double sum = x;
        for (int n = 1; n < 200 && Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    /// <summary>1 - erf(x), exact where erf(x) is close to 1.</summary>
    public static double ComplementaryErrorFunction(double x)
    {
        if (!(x > 2.5))
        {
            return 1 - ErrorFunction(x);
        }

        // The continued fraction from its end.
        double fraction = 0;
        for (int n = 120; n > 0; n--)
        {
            fraction = n / 2.0 / (x + fraction);
        }

        return Math.Exp(-x * x) / (Math.Sqrt(Math.PI) * (x + fraction));
    }

    /// <summary>P(X &lt;= x) for the beta distribution; not a number outside of 0 to 1 or for parameters that are not positive.</summary>
    public static double? BetaDistribution(double x, double alpha, double beta)
    {
        if (!(x >= 0 && x <= 1 && alpha > 0 && beta > 0) || double.IsInfinity(alpha + beta))
        {
            return double.NaN;
        }

        if (x is 0 or 1)
        {
            return x;
        }

        double front = Math.Exp(LogGamma(alpha + beta) - LogGamma(alpha) - LogGamma(beta) + (alpha * Math.Log(x)) + (beta * double.LogP1(-x)));
        return x < (alpha + 1) / (alpha + beta + 2) ? front * Fraction(x, alpha, beta) / alpha : 1 - (front * Fraction(1 - x, beta, alpha) / beta);
    }

    // The continued fraction by Lentz's method.
    private static double Fraction(double x, double a, double b)
    {
        double c = 1;
        double d = 1 / NotZero(1 - ((a + b) * x / (a + 1)));
        double value = d;
        for (int m = 1; m <= 10_000; m++)
        {
            double even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / NotZero(1 + (even * d));
            c = NotZero(1 + (even / c));
            value *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / NotZero(1 + (odd * d));
            c = NotZero(1 + (odd / c));
            value *= d * c;
            if (Math.Abs((d * c) - 1) < 1e-16)
            {
                break;
            }
        }

        return value;
    }

    private static double NotZero(double value) => Math.Abs(value) < 1e-300 ? 1e-300 : value;

    /// <summary>The x whose <see cref="BetaDistribution"/> is p: null outside of 0 to 1, not a number for parameters that are not positive.</summary>
    public static double? BetaQuantile(double p, double alpha, double beta)
    {
        if (!(p >= 0 && p <= 1))
        {
            return null;
        }

        if (!(alpha > 0 && beta > 0) || double.IsInfinity(alpha + beta))
        {
            return double.NaN;
        }

        double low = 0;
        double high = 1;
        for (int i = 0; i < 1100 && low < high; i++)
        {
            double middle = (low + high) / 2;
            if (middle <= low || middle >= high)
            {
                break;
            }

            (low, high) = BetaDistribution(middle, alpha, beta) < p ? (middle, high) : (low, middle);
        }

        return p is 0 or 1 ? p : high;
    }

    /// <summary>The density of the beta distribution; not a number for parameters that are not positive.</summary>
    public static double? BetaDensity(double x, double alpha, double beta) =>
        !(alpha > 0 && beta > 0) || !(x >= 0 && x <= 1) ? double.NaN
        : Math.Exp(LogGamma(alpha + beta) - LogGamma(alpha) - LogGamma(beta)) * Math.Pow(x, alpha - 1) * Math.Pow(1 - x, beta - 1);
}
