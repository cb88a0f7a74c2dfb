namespace Quarry.Tests.TimeSeries;

/// <summary>STL as its paper words it, one sum after another: what the fast one is compared with.</summary>
internal static class NaiveStl
{
    public static (double[] Trend, double[] Seasonal, double[] Weights) Decompose(double[] y, Quarry.TimeSeries.StlParameters p)
    {
        int n = y.Length, period = p.Period;
        double[] trend = new double[n], seasonal = new double[n], weights = [.. Enumerable.Repeat(1.0, n)];
        int trendSpan = p.Trend ?? Odd(1.5 * period / (1 - (1.5 / p.Seasonal))), lowPassSpan = p.LowPass ?? Odd(period + 1);
        int inner = p.InnerIterations ?? (p.Robust ? 2 : 5), outer = p.OuterIterations ?? (p.Robust ? 15 : 0);
        for (int pass = 0; pass <= outer; pass++)
        {
            double[]? rho = pass == 0 ? null : weights;
            for (int i = 0; i < inner; i++)
            {
                double[] detrended = [.. y.Zip(trend, (a, b) => a - b)];
                double[] cycle = SmoothSeasons(detrended, rho, p);
                double[] mean = Mean(Mean(Mean(cycle, period), period), 3);
                double[] low = Smooth(mean, null, lowPassSpan, p.LowPassDegree, p.LowPassJump);
                seasonal = [.. Enumerable.Range(0, n).Select(k => cycle[k + period] - low[k])];
                trend = Smooth([.. y.Zip(seasonal, (a, b) => a - b)], rho, trendSpan, p.TrendDegree, p.TrendJump);
            }

            if (pass < outer)
            {
                weights = Bisquare([.. Enumerable.Range(0, n).Select(k => Math.Abs(y[k] - trend[k] - seasonal[k]))]);
            }
        }

        return (trend, seasonal, weights);
    }

    public static double[] Smooth(double[] y, double[]? rho, int span, int degree, int jump)
    {
        int n = y.Length;
        double[] smooth = new double[n];
        jump = Math.Max(1, Math.Min(jump, n - 1));
        List<int> grid = [.. Enumerable.Range(0, n).Where(i => i % jump == 0 || i == n - 1)];
        foreach (int x in grid)
        {
            int start = Math.Clamp(x - ((span - 1) / 2), 0, Math.Max(0, n - span));
            smooth[x] = At(y, rho, x, start, Math.Min(n, start + span) - 1, span, degree) ?? y[x];
        }

        for (int g = 1; g < grid.Count; g++)
        {
            int a = grid[g - 1], b = grid[g];
            for (int i = a + 1; i < b; i++)
            {
                smooth[i] = smooth[a] + ((smooth[b] - smooth[a]) / (b - a) * (i - a));
            }
        }

        return smooth;
    }

    private static double[] SmoothSeasons(double[] y, double[]? rho, Quarry.TimeSeries.StlParameters p)
    {
        double[] cycle = new double[y.Length + (2 * p.Period)];
        for (int phase = 0; phase < p.Period; phase++)
        {
            int[] at = [.. Enumerable.Range(0, y.Length).Where(i => i % p.Period == phase)];
            double[] sub = [.. at.Select(i => y[i])];
            double[]? subRho = rho is null ? null : [.. at.Select(i => rho[i])];
            double[] smooth = Smooth(sub, subRho, p.Seasonal, p.SeasonalDegree, p.SeasonalJump);
            int m = sub.Length, q = Math.Min(p.Seasonal, m);
            double before = At(sub, subRho, -1, 0, q - 1, p.Seasonal, p.SeasonalDegree) ?? smooth[0];
            double behind = At(sub, subRho, m, m - q, m - 1, p.Seasonal, p.SeasonalDegree) ?? smooth[m - 1];
            double[] all = [before, .. smooth, behind];
            for (int i = 0; i < all.Length; i++)
            {
                cycle[(i * p.Period) + phase] = all[i];
            }
        }

        return cycle;
    }

    private static double? At(double[] y, double[]? rho, int x, int left, int right, int span, int degree)
    {
        int n = y.Length;
        double h = Math.Max(x - left, right - x) + (span > n ? (span - n) / 2 : 0);
        double[] w = new double[n];
        for (int i = left; i <= right; i++)
        {
            double d = Math.Abs(i - x);
            w[i] = (d > 0.999 * h ? 0 : d <= 0.001 * h ? 1 : Math.Pow(1 - Math.Pow(d / h, 3), 3)) * (rho?[i] ?? 1);
        }

        double sum = w.Sum();
        if (sum <= 0)
        {
            return null;
        }

        w = [.. w.Select(v => v / sum)];
        double a = w.Select((v, i) => v * i).Sum(), c = w.Select((v, i) => v * (i - a) * (i - a)).Sum();
        if (degree > 0 && h > 0 && Math.Sqrt(c) > 0.001 * (n - 1))
        {
            w = [.. w.Select((v, i) => v * (1 + ((x - a) * (i - a) / c)))];
        }

        return w.Select((v, i) => v * y[i]).Sum();
    }

    private static double[] Bisquare(double[] r)
    {
        double[] sorted = [.. r.Order()];
        double cmad = 3 * (sorted[r.Length / 2] + sorted[r.Length - (r.Length / 2) - 1]);
        return [.. r.Select(v => v <= 0.001 * cmad ? 1 : v > 0.999 * cmad ? 0 : Math.Pow(1 - Math.Pow(v / cmad, 2), 2))];
    }

    private static double[] Mean(double[] y, int window) =>
        [.. Enumerable.Range(0, y.Length - window + 1).Select(i => y.AsSpan(i, window).ToArray().Average())];

    private static int Odd(double atLeast)
    {
        int whole = (int)Math.Ceiling(atLeast);
        return whole % 2 == 1 ? whole : whole + 1;
    }
}
