using Quarry.TimeSeries;

namespace Quarry.Tests.TimeSeries;

public sealed class MstlTests
{
    [Fact]
    public void One_period_is_plain_stl()
    {
        double[] series = StlTests.Series(300, 24, 0, 1);

        Mstl.Decompose(series, [24]).Sum.Trend.ShouldBe(Stl.Decompose(series, new StlParameters()).Trend);
    }

    [Fact]
    public void Seasons_within_one_another_are_told_apart()
    {
        double[] day = [.. Enumerable.Range(0, 24).Select(i => 10 * Math.Sin(i * Math.PI / 12))];
        double[] week = [.. Enumerable.Range(0, 168).Select(i => i >= 120 ? 12.5 : -5.0)];
        double[] series = [.. Enumerable.Range(0, 168 * 6).Select(i => 100 + (0.01 * i) + day[i % 24] + week[i % 168])];

        MultipleDecomposition result = Mstl.Decompose(series, [168, 24]);

        result.Periods.ShouldBe([24, 168]);
        for (int i = 168; i < series.Length - 168; i++)
        {
            result.Seasons[0][i].ShouldBe(day[i % 24], 1.5);
            result.Seasons[1][i].ShouldBe(week[i % 168], 2.5);
            (result.Sum.Trend[i] + result.Sum.Seasonal[i] + result.Sum.Residual[i]).ShouldBe(series[i], 1e-9);
        }
    }

    [Fact]
    public void Periods_given_twice_or_none_are_errors()
    {
        Should.Throw<QuarryException>(() => Mstl.Decompose(new double[100], []));
        Should.Throw<QuarryException>(() => Mstl.Decompose(new double[100], [7, 7]));
        Should.Throw<QuarryException>(() => Mstl.Decompose(new double[100], [7, 60]));
    }
}
