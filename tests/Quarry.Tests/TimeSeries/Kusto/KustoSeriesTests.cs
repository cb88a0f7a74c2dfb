using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Quarry.Testing;
using Quarry.TimeSeries;
using Quarry.TimeSeries.Kusto;

namespace Quarry.Tests.TimeSeries.Kusto;

public sealed partial class KustoSeriesTests
{
    private static readonly double[] Traffic =
    [
        80, 139, 87, 110, 68, 54, 50, 51, 53, 133, 86, 141, 97, 156, 94, 149, 95, 140, 77, 61, 50, 54, 47, 133, 72, 152, 94, 148, 105, 162, 101, 160, 87, 63, 53,
        55, 54, 151, 103, 189, 108, 183, 113, 175, 113, 178, 90, 71, 62, 62, 65, 165, 109, 181, 115, 182, 121, 178, 114, 170,
    ];

    [Fact]
    public void Fills_as_the_documentation_shows()
    {
        double[][] backward = DocumentedRow("series-fill-backward-function.md#0", 1);
        SeriesFill.Backward(backward[0]).ShouldBe(backward[1]);
        double[][] constant = DocumentedRow("series-fill-const-function.md#0", 1);
        SeriesFill.Const(constant[0], 0).ShouldBe(constant[1]);
        SeriesFill.Const(constant[0], -1).ShouldBe(constant[2]);
        double[][] forward = DocumentedRow("series-fill-forward-function.md#0", 1);
        SeriesFill.Forward(forward[0]).ShouldBe(forward[1]);
    }

    [Fact]
    public void Fills_in_lines_as_the_documentation_shows()
    {
        // The last cell of the second row (74 and 38) is a slip of the documentation: 73 and 36 stand beside it.
        for (int row = 1; row <= 3; row++)
        {
            double[][] cells = DocumentedRow("series-fill-linear-function.md#0", row);
            bool areIntegers = row == 2;
            ShouldBeNear(SeriesFill.Linear(cells[0], areIntegers: areIntegers), cells[1]);
            ShouldBeNear(SeriesFill.Linear(cells[0], fillEdges: false, areIntegers: areIntegers), cells[3]);
            if (row != 2)
            {
                ShouldBeNear(SeriesFill.Linear(cells[0], constant: 3.14159), cells[4]);
            }
        }
    }

    [Fact]
    public void Statistics_are_the_documented_ones()
    {
        SeriesStatistics stats = SeriesStatistics.Of([23, 46, 23, 87, 4, 8, 3, 75, 2, 56, 13, 75, 32, 16, 29])!;
        JsonElement expected = JsonDocument.Parse(Documented("series-stats-dynamic-function.md#0")[1][0]).RootElement;

        (stats.Min, stats.MinIndex, stats.Max, stats.MaxIndex, stats.Length).ShouldBe((2, 8, 87, 3, 15));
        stats.Avg.ShouldBe(expected.GetProperty("avg").GetDouble(), 1e-12);
        stats.Stdev.ShouldBe(expected.GetProperty("stdev").GetDouble(), 1e-12);
        stats.Variance.ShouldBe(expected.GetProperty("variance").GetDouble(), 1e-10);
        stats.Sum.ShouldBe(expected.GetProperty("sum").GetDouble());
        SeriesStatistics.Of([1, double.NaN]).ShouldBeNull();
        SeriesStatistics.Of([1, double.NaN, 3], ignoreNonFinite: true)!.Avg.ShouldBe(2);
    }

    [Fact]
    public void The_documented_period_is_found()
    {
        (double[] periods, double[] scores) = SeriesPeriods.Detect(Traffic, 0, 50, 2);

        periods[0].ShouldBe(14);
        scores[0].ShouldBe(0.84, 0.005);
        (periods[1], scores[1]).ShouldBe((0, 0));
        double[] validated = SeriesPeriods.Validate(Traffic, 14, 10, 3, 31);
        validated[0].ShouldBe(0.84, 0.005);
        validated[1..].ShouldBe([0, 0, 0]);
    }

    [Fact]
    public void A_line_is_the_documented_one()
    {
        LineFit fit = SeriesFit.Line([2, 5, 6, 8, 11, 15, 17, 18, 25, 26, 30, 30]);

        fit.RSquare.ShouldBe(0.982, 0.001);
        fit.Slope.ShouldBe(2.730, 0.001);
        fit.Variance.ShouldBe(98.628, 0.001);
        fit.RVariance.ShouldBe(1.686, 0.001);
        fit.Interception.ShouldBe(-1.666, 0.001);
        fit.Line[0].ShouldBe(1.064, 0.001);
        fit.Line[11].ShouldBe(31.102, 0.01);
    }

    [Fact]
    public void The_recorded_fit_and_filters_of_Kusto_are_ours()
    {
        Recorded("extend fit = series_fit_line(s)").ShouldContain("0.92");
        SeriesFit.Line([1, 2, 4, 8]).RSquare.ShouldBe(0.92, 1e-12);
        Arrays(Recorded("dlt = series_fir(s, dynamic([1,-1]), false, false)"))[^1].ShouldBe(SeriesFilter.Fir([5, 15, 10, 20], [1, -1], false));
        Arrays(Recorded("0,\\\"a\\\"", "cums = series_iir"))[^1].ShouldBe(SeriesFilter.Iir([10, 30, 0], [1], [1, -1]));
        Arrays(Recorded("step 2d | extend f = series_fill_forward(s)"))[^1].ShouldBe(SeriesFill.Forward([10, 30, 0, 70]));
    }

    [Fact]
    public void Bins_are_those_of_recorded_make_series()
    {
        long[] axis = [1, 3, 1, 5, 7];
        MakeSeries.Aggregate(axis, [10, 30, 5, 50, 70], 1, 9, 2, SeriesAggregate.Sum).ShouldBe([15, 30, 50, 70]);
        MakeSeries.Bins(1, 10, 3).ShouldBe([1, 4, 7]);
        MakeSeries.Aggregate([1, 2, 3], [10, 20, 30], 1, 10, 3, SeriesAggregate.Sum).ShouldBe([60, 0, 0]);
        MakeSeries.Range([2, 40], 24).ShouldBe((0, 48));
        Should.Throw<QuarryException>(() => MakeSeries.Bins(long.MinValue, long.MaxValue, 1)).Message.ShouldContain("1,048,576");
        Arrays(Recorded("make-series s = sum(v) default = -7 on t from 1 to 8 step 1")).Count.ShouldBeGreaterThan(0);
        MakeSeries.Aggregate([2, 4, 6], [20, 40, 60], 1, 8, 1, SeriesAggregate.Sum, -7).ShouldBe([-7, 20, -7, 40, -7, 60, -7]);
    }

    [Fact]
    public void Two_lines_split_where_the_slope_changes()
    {
        double[] series = [.. Enumerable.Range(0, 20).Select(i => i < 12 ? 2.0 * i : 24 - (3.0 * (i - 12)))];

        TwoLineFit fit = SeriesFit.TwoLines(series);

        fit.SplitIndex.ShouldBeInRange(12, 13);
        fit.Left.Slope.ShouldBe(2, 1e-9);
        fit.Right.Slope.ShouldBe(-3, 1e-9);
        fit.RSquare.ShouldBe(1, 1e-12);

        var random = new System.Random(1);
        double[] any = [.. Enumerable.Range(0, 40).Select(_ => random.NextDouble())];
        int best = Enumerable.Range(2, 37).MinBy(k => Rest(any[..k]) + Rest(any[k..]));
        SeriesFit.TwoLines(any).SplitIndex.ShouldBe(best);

        static double Rest(double[] part) => SeriesFit.Line(part).RVariance * (part.Length - 1);
    }

    [Fact]
    public void Decomposition_is_the_median_of_each_phase_and_then_the_trend()
    {
        double[] series = [1, 10, 2, 11, 3, 12, 4, double.NaN];

        KustoDecomposition parts = SeriesDecompose.Decompose(series, 2);

        parts.Seasonal.ShouldBe([2.5, 11, 2.5, 11, 2.5, 11, 2.5, 11]);
        parts.Trend.ShouldAllBe(t => t == 0);
        parts.Residual[0].ShouldBe(-1.5);
        double.IsNaN(parts.Residual[7]).ShouldBeTrue();
        SeriesDecompose.Decompose([1, 2, 3], 0).Baseline.ShouldBe([2, 2, 2]);
        SeriesDecompose.Decompose([1, 2, 3], 0, TrendKind.Linefit).Residual.ShouldAllBe(r => Math.Abs(r) < 1e-12);
        SeriesDecompose.Decompose([1, 2, 3], 0, TrendKind.None).Residual.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void Anomalies_of_the_documented_example_are_found()
    {
        // The documentation's weekly series, its noise from a fixed seed.
        var random = new System.Random(3);
        double[] series = [.. Enumerable.Range(1, 24 * 7 * 5).Select(t =>
            (2 * random.NextDouble()) + (t / 24 % 7 >= 5 ? 10.0 : 15.0) - (t % 24 / 10.0 * (t % 24 / 10.0))
            + (t is 150 or 200 or 780 ? -8 : t is 300 or 400 or 600 ? 8 : 0))];

        KustoAnomalies found = SeriesDecompose.Anomalies(series);

        int[] at = [149, 199, 779, 299, 399, 599];
        at.Select(i => found.Flag[i]).ShouldBe([-1, -1, -1, 1, 1, 1]);
        found.Flag.Count(f => f != 0).ShouldBe(6);
    }

    [Fact]
    public void A_forecast_does_not_learn_from_what_it_predicts()
    {
        double[] series = [.. Enumerable.Range(0, 70).Select(i => (i % 7) + (i >= 63 ? 1000 : 0.0))];

        double[] forecast = SeriesDecompose.Forecast(series, 7);

        forecast[^7..].ShouldBe([0, 1, 2, 3, 4, 5, 6]);
    }

    [Fact]
    public void Outliers_of_nothing_and_of_one_value_score_0()
    {
        SeriesOutliers.Score([]).ShouldBeEmpty();
        SeriesOutliers.Score([5, 5, 5, 9]).Length.ShouldBe(4);
        SeriesOutliers.Score([5, 5, 5]).ShouldBe([0, 0, 0]);
        SeriesOutliers.Score([1, 2, 3, 4, 5, 6, 7, 8, 9, double.NaN, 100])[^2].ShouldBe(0);
        SeriesOutliers.Score([1, 2, 3, 4, 5, 6, 7, 8, 9, double.NaN, 100])[^1].ShouldBeGreaterThan(1.5);
        SeriesPeriods.Detect([], 0, 10, 1).Periods.ShouldBe([0]);
        SeriesPeriods.Detect([1, 1, 1, 1, 1, 1, 1, 1, 1, 1], 0, 10, 1).Periods.ShouldBe([0]);
    }

    private static void ShouldBeNear(double[] ours, double[] theirs)
    {
        ours.Length.ShouldBe(theirs.Length);
        for (int i = 0; i < ours.Length; i++)
        {
            if (double.IsNaN(theirs[i]))
            {
                double.IsNaN(ours[i]).ShouldBeTrue();
            }
            else
            {
                ours[i].ShouldBe(theirs[i], 0.001);
            }
        }
    }

    private static double[][] DocumentedRow(string id, int row) => [.. Documented(id)[row].Select(Array)];

    private static string[][] Documented(string id)
    {
        foreach (string line in File.ReadLines(Corpus.PathOf("oracle/docs-examples.jsonl")))
        {
            JsonElement example = JsonDocument.Parse(line).RootElement;
            if (example.GetProperty("id").GetString()!.EndsWith("/" + id, StringComparison.Ordinal))
            {
                return [.. example.GetProperty("expected").EnumerateArray().Select(r => r.EnumerateArray().Select(c => c.GetString()!).ToArray())];
            }
        }

        throw new InvalidOperationException(id);
    }

    private static string Recorded(params string[] parts)
    {
        foreach (string line in File.ReadLines(Corpus.PathOf("oracle/kusto-results.jsonl")))
        {
            if (parts.All(line.Contains))
            {
                return JsonDocument.Parse(line).RootElement.GetProperty("rows")[0].GetString()!;
            }
        }

        throw new InvalidOperationException(parts[0]);
    }

    private static List<double[]> Arrays(string row) => [.. Numbers().Matches(row).Select(m => Array(m.Value))];

    private static double[] Array(string text) =>
        [.. text.Trim('[', ']').Split(',').Select(cell => cell.Trim() is "null" ? double.NaN : double.Parse(cell, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"\[[-\d.,\s]+\]")]
    private static partial Regex Numbers();
}
