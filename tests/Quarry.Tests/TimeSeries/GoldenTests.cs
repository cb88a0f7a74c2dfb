using System.Globalization;
using Quarry.Catalogue;
using Quarry.Tables;
using Quarry.Testing;
using Quarry.TimeSeries;

namespace Quarry.Tests.TimeSeries;

/// <summary>The recorded outputs: components equal; what differs of the reference's table is listed here with the reason.</summary>
public sealed class GoldenTests
{
    /// <summary>The columns of the reference's table that differ on purpose. A column that equals may not stand here.</summary>
    private static readonly Dictionary<string, string> Different = new(StringComparer.Ordinal)
    {
        ["residual"] = "not cut to a whole number",
        ["trend"] = "not cut to a whole number",
        ["seasonal"] = "not cut to a whole number",
        ["baseline"] = "not cut to a whole number",
        ["score"] = "of the residual itself, not of the residual cut to a whole number",
    };

    [Theory]
    [InlineData("ts_default", 24, 7, false)]
    [InlineData("ts_thr2", 24, 7, false)]
    [InlineData("ts_s13_p12", 12, 13, false)]
    [InlineData("ts_robust", 24, 7, true)]
    public void Components_equal_the_recorded_ones(string name, int period, int seasonal, bool robust)
    {
        Dictionary<string, string[]> golden = Csv($"golden/timeseries/{name}.float.csv");
        double[] values = Numbers(golden["value"]);

        Decomposition result = Stl.Decompose(values, new StlParameters { Period = period, Seasonal = seasonal, Robust = robust });

        ShouldEqual(result.Trend, Numbers(golden["trend"]), 1e-8, "trend");
        ShouldEqual(result.Seasonal, Numbers(golden["seasonal"]), 1e-8, "seasonal");
        ShouldEqual(result.Residual, Numbers(golden["residual"]), 1e-8, "residual");
        ShouldEqual(result.Weights, Numbers(golden["weights"]), 1e-8, "weights");
        if (!robust)
        {
            ShouldEqual(Scores.Of(result.Residual, values, AnomalyScore.Zscore), Numbers(golden["zscore_float"]), 1e-8, "score");
        }
    }

    [Theory]
    [InlineData("ts_default", 24, 7)]
    [InlineData("ts_s13_p12", 12, 13)]
    public void The_table_is_the_references_but_for_what_it_cuts_off(string name, int period, int seasonal)
    {
        Dictionary<string, string[]> golden = Csv($"golden/timeseries/{name}.csv");

        Table table = Anomalies(new AnomalyOptions { Period = [period.ToString(CultureInfo.InvariantCulture)], Seasonal = seasonal });

        table.Schema.Select(c => c.Name).SkipLast(1).ShouldBe(golden.Keys);
        var wrong = new List<string>();
        foreach ((string column, string[] cells) in golden.Skip(1))
        {
            double[] ours = [.. Enumerable.Range(0, table.RowCount).Select(i => Convert.ToDouble(table[column].GetValue(i), CultureInfo.InvariantCulture))];
            double[] theirs = Numbers(cells);
            if (ours.SequenceEqual(theirs) == Different.ContainsKey(column))
            {
                wrong.Add(column);
            }

            if (Different.TryGetValue(column, out string? reason) && reason.StartsWith("not cut", StringComparison.Ordinal))
            {
                ours.Select(Math.Truncate).ShouldBe(theirs, column);
            }
        }

        wrong.ShouldBeEmpty();
        table[0].GetValue(167).ShouldBe(DateTime.Parse(golden["TimeGenerated"][167], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal));
    }

    [Fact]
    public void The_notebooks_anomalies_are_found()
    {
        Table table = Anomalies(new AnomalyOptions { View = AnomalyView.Anomalies });

        Enumerable.Range(0, table.RowCount).Select(i => ((DateTime)table[0].GetValue(i)!).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture))
            .ShouldBe(["2020-07-10 18:00", "2020-07-10 19:00"]);
        table["anomalies"].GetValue(0).ShouldBe(1L);
    }

    [Fact]
    public void The_notebooks_period_and_its_kql_are_the_references()
    {
        Table table = Anomalies(new AnomalyOptions { View = AnomalyView.Periods });

        table.RowCount.ShouldBe(1);
        table["kql"].GetValue(0).ShouldBe("| where TimeGenerated between (datetime(2020-07-10 17:00:00+00:00) .. datetime(2020-07-10 20:00:00+00:00))");
        table["spikes"].GetValue(0).ShouldBe(2L);
    }

    [Fact]
    public void Periods_and_thresholds_of_the_demo_are_the_references()
    {
        Dictionary<string, string[]> demo = Csv("data/docs_TimeSeriesDemo.csv");
        DateTime[] times = [.. demo["TimeGenerated"].Select(t => DateTime.Parse(t, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal))];
        int[] anomalies = [.. Numbers(demo["anomalies"]).Select(a => (int)a)];
        double[] scores = Numbers(demo["score"]);

        AnomalyPeriods.ToKql(AnomalyPeriods.Find(times, anomalies)).ShouldBe(
            "| where TimeGenerated between (datetime(2019-05-13 16:00:00+00:00) .. datetime(2019-05-13 18:00:00+00:00)) "
            + "or TimeGenerated between (datetime(2019-05-17 20:00:00+00:00) .. datetime(2019-05-17 22:00:00+00:00)) "
            + "or TimeGenerated between (datetime(2019-05-26 04:00:00+00:00) .. datetime(2019-05-26 06:00:00+00:00))");
        Count(Scores.ApplyThreshold(scores, 2)).ShouldBe((3, 4));
        Count(Scores.ApplyThreshold(scores, 2, 1)).ShouldBe((3, 9));
        Count(Scores.ApplyThreshold(scores, 3)).ShouldBe((3, 3));

        static (int, int) Count(int[] flags) => (flags.Count(f => f > 0), flags.Count(f => f < 0));
    }

    private static Table Anomalies(AnomalyOptions options)
    {
        Dictionary<string, string[]> data = Csv("data/timeseries.csv");
        var builder = new TableBuilder(data.Keys.Select(name => (name, ColumnType.String)));
        for (int i = 0; i < data["TimeGenerated"].Length; i++)
        {
            builder.AddRow(data["TimeGenerated"][i], data["TotalBytesSent"][i]);
        }

        return TableStream.Of(builder.Build()).DetectAnomalies(options, AnalysisContext.Default).Gather();
    }

    private static void ShouldEqual(double[] ours, double[] theirs, double tolerance, string what)
    {
        ours.Length.ShouldBe(theirs.Length);
        double scale = theirs.Max(Math.Abs);
        for (int i = 0; i < ours.Length; i++)
        {
            ours[i].ShouldBe(theirs[i], tolerance * Math.Max(Math.Abs(theirs[i]), scale * 1e-4), $"{what} {i}");
        }
    }

    private static double[] Numbers(string[] cells) => [.. cells.Select(c => double.Parse(c, CultureInfo.InvariantCulture))];

    private static Dictionary<string, string[]> Csv(string path)
    {
        string[][] rows = [.. File.ReadAllLines(Corpus.PathOf(path)).Select(line => line.Split(',').Select(cell => cell.Trim('"')).ToArray())];
        return rows[0].Select((name, i) => (name, cells: rows.Skip(1).Select(row => row[i]).ToArray())).ToDictionary(c => c.name, c => c.cells);
    }
}
