using FsCheck.Fluent;
using Quarry.TimeSeries;

namespace Quarry.Tests.TimeSeries;

public sealed class StlTests
{
    [Theory]
    [InlineData(168, 24, 7, false, 0)]
    [InlineData(168, 24, 7, true, 0)]
    [InlineData(170, 24, 7, true, 1e9)]
    [InlineData(48, 24, 7, false, 0)]
    [InlineData(97, 24, 35, true, 0)]
    [InlineData(167, 24, 7, true, 0)]
    [InlineData(4, 2, 3, false, 0)]
    [InlineData(5, 2, 3, true, 0)]
    [InlineData(29, 7, 101, true, -1e7)]
    [InlineData(1500, 160, 7, false, 0)]
    [InlineData(1500, 160, 7, true, 1e8)]
    [InlineData(1407, 700, 3, false, 1e9)]
    [InlineData(1000, 3, 251, true, 0)]
    [InlineData(601, 2, 2001, true, 0)]
    [InlineData(1201, 3, 399, false, 0)]
    public void Equals_the_definition(int length, int period, int seasonal, bool robust, double offset)
    {
        double[] series = Series(length, period, offset, seed: length);
        var parameters = new StlParameters { Period = period, Seasonal = seasonal, Robust = robust, OuterIterations = robust ? 4 : null };

        ShouldEqualTheDefinition(series, parameters);
    }

    [Fact]
    public void Equals_the_definition_with_any_parameters()
    {
        var parameters =
            from period in Gen.Choose(2, 30)
            from seasonal in Gen.Choose(1, 30)
            from trend in Gen.Choose(0, 150)
            from lowPass in Gen.Choose(0, 40)
            from degrees in Gen.Choose(0, 7)
            from jumps in Gen.Choose(0, 8)
            from robust in Gen.Elements(true, false)
            select new StlParameters
            {
                Period = period,
                Seasonal = (2 * seasonal) + 1,
                Trend = trend < 3 ? null : (2 * trend) + 1,
                LowPass = lowPass < 3 ? null : (2 * lowPass) + 1,
                SeasonalDegree = degrees & 1,
                TrendDegree = (degrees >> 1) & 1,
                LowPassDegree = (degrees >> 2) & 1,
                SeasonalJump = jumps < 5 ? 1 : Math.Min(jumps - 3, seasonal),
                TrendJump = jumps < 3 ? 1 : Math.Min(jumps, (trend < 3 ? period : trend) / 2),
                LowPassJump = jumps is 2 or 8 ? 2 : 1,
                Robust = robust,
                InnerIterations = robust ? 1 : 2,
                OuterIterations = robust ? 2 : 0,
            };
        var cases = from p in parameters from more in Gen.Choose(0, 150) from seed in Gen.Choose(0, 1 << 20) select (p, more, seed);

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(80).WithQuietOnSuccess(true),
            Prop.ForAll(cases.ToArbitrary(), c => ShouldEqualTheDefinition(Series(((c.p.Robust ? 3 : 2) * c.p.Period) + c.more, c.p.Period, 0, c.seed), c.p)));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(8)]
    public void Is_right_where_whole_windows_have_no_weight(int period)
    {
        // More than half is nearly one value, so that all else has no weight: whole windows are without any, others have some at their rim.
        var random = new System.Random(period);
        double[] series = [.. Enumerable.Range(0, 900).Select(i => random.NextDouble() + (i is >= 420 and < 820 ? 1000 + (i * 7919 % 1000) : 0))];

        ShouldEqualTheDefinition(series, new StlParameters { Period = period, Robust = true, InnerIterations = 1, OuterIterations = 2 }, 1e-8);
    }

    [Fact]
    public void Residuals_that_are_nothing_but_rounding_keep_their_weight()
    {
        // Two periods fit perfectly. What rounding leaves must not decide which points count.
        double[] series = Series(44, 22, 0, 5);

        Decomposition result = Stl.Decompose(series, new StlParameters { Period = 22, Trend = 133, Robust = true });

        result.Weights.ShouldAllBe(w => w == 1);
    }

    [Fact]
    public void A_huge_point_leaves_no_trace_where_it_is_out_of_reach()
    {
        double[] series = Series(4000, 4, 0, 1);
        var parameters = new StlParameters { Period = 4, Trend = 401, LowPass = 5, InnerIterations = 1 };
        Decomposition before = Stl.Decompose(series, parameters);
        series[0] += 1e12;

        Decomposition after = Stl.Decompose(series, parameters);

        // The centre is half of it, and that costs the digits a double has.
        after.Trend[3000].ShouldBe(before.Trend[3000], 1e-3);
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e290)]
    public void Any_scale_gives_the_same_components(double scale)
    {
        double[] series = Series(100, 7, 0, 3);
        Decomposition plain = Stl.Decompose(series, new StlParameters { Period = 7, Robust = true });

        Decomposition scaled = Stl.Decompose([.. series.Select(v => v * scale)], new StlParameters { Period = 7, Robust = true });

        for (int i = 0; i < 100; i++)
        {
            (scaled.Trend[i] / scale).ShouldBe(plain.Trend[i], 1e-9 * 100);
            (scaled.Seasonal[i] / scale).ShouldBe(plain.Seasonal[i], 1e-9 * 100);
            scaled.Weights[i].ShouldBe(plain.Weights[i], 1e-7);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_constant_series_is_its_trend_exactly(bool robust)
    {
        double[] series = [.. Enumerable.Repeat(0.1, 500)];

        Decomposition result = Stl.Decompose(series, new StlParameters { Period = 24, Robust = robust });

        result.Trend.ShouldAllBe(v => v == 0.1);
        result.Seasonal.ShouldAllBe(v => v == 0);
        result.Residual.ShouldAllBe(v => v == 0);
        result.Weights.ShouldAllBe(v => v == 1);
    }

    [Fact]
    public void An_instance_gives_the_same_results_for_every_series_and_allocates_nothing()
    {
        double[] first = Series(500, 24, 0, 1), second = Series(500, 24, 5, 2);
        var stl = new Stl(500, new StlParameters { Robust = true });
        double[] trend = new double[500], seasonal = new double[500], residual = new double[500], weights = new double[500];
        stl.Decompose(second, trend, seasonal, residual, weights);

        long before = GC.GetAllocatedBytesForCurrentThread();
        stl.Decompose(first, trend, seasonal, residual, weights);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        allocated.ShouldBe(0);
        trend.ShouldBe(Stl.Decompose(first, new StlParameters { Robust = true }).Trend);
    }

    [Theory]
    [InlineData(47, 24, 7, "too short")]
    [InlineData(100, 1, 7, "Period")]
    [InlineData(100, 24, 6, "Seasonal")]
    [InlineData(100, 24, 1, "Seasonal")]
    public void What_cannot_be_decomposed_is_an_error_that_says_why(int length, int period, int seasonal, string expected) =>
        Should.Throw<QuarryException>(() => Stl.Decompose(new double[length], new StlParameters { Period = period, Seasonal = seasonal }))
            .Message.ShouldContain(expected);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_value_that_is_no_number_is_an_error(double value)
    {
        double[] series = Series(100, 24, 0, 1);
        series[17] = value;

        Should.Throw<QuarryException>(() => Stl.Decompose(series, new StlParameters())).Message.ShouldContain("Point 17");
    }

    internal static double[] Series(int length, int period, double offset, int seed)
    {
        var random = new System.Random(seed);
        double[] season = [.. Enumerable.Range(0, period).Select(_ => random.NextDouble() * 50)];
        double[] series = [.. Enumerable.Range(0, length).Select(i => offset + season[i % period] + (i * 0.1) + random.NextDouble() * 10)];
        for (int i = 0; i < length / 20; i++)
        {
            series[random.Next(length)] += random.Next(-300, 300);
        }

        return series;
    }

    private static void ShouldEqualTheDefinition(double[] series, StlParameters parameters, double tolerance = 1e-9)
    {
        (double[] trend, double[] seasonal, double[] weights) = NaiveStl.Decompose(series, parameters);
        Decomposition result = Stl.Decompose(series, parameters);

        double scale = series.Max(Math.Abs);
        for (int i = 0; i < series.Length; i++)
        {
            result.Trend[i].ShouldBe(trend[i], tolerance * scale, $"trend {i} of {parameters}");
            result.Seasonal[i].ShouldBe(seasonal[i], tolerance * scale, $"season {i} of {parameters}");
            result.Weights[i].ShouldBe(weights[i], tolerance * 1e4, $"weight {i} of {parameters}");
            (result.Trend[i] + result.Seasonal[i] + result.Residual[i]).ShouldBe(series[i], 1e-12 * scale);
        }
    }
}
