using Quarry.Charts;
using Quarry.Data.Kql;
using Quarry.Tables;

namespace Quarry.Data.Tests.Kql;

public class RenderedChartTests
{
    private static readonly DateTime Day = new(2026, 3, 4, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_timechart_has_a_line_for_each_text_and_column()
    {
        Table table = new TableBuilder(("Host", ColumnType.String), ("T", ColumnType.DateTime), ("A", ColumnType.Long), ("B", ColumnType.Real))
            .AddRow("x", Day.AddHours(1), 2L, 0.5).AddRow("x", Day, 1L, 0.25).AddRow("y", Day, 3L, null).Build();

        var chart = (LineChart)Draw(table, "timechart").Charts.Single();

        chart.IsTime.ShouldBeTrue();
        chart.XName.ShouldBe("T");
        chart.Series.Select(series => series.Name).ShouldBe(["x:A", "x:B", "y:A", "y:B"]);
        chart.Series[0].Points.Select(point => point.Y).ShouldBe([1, 2]);
        (chart.Series[0].Points[1].X - chart.Series[0].Points[0].X).ShouldBe(3_600_000);
        chart.Series[3].Points.Single().Y.ShouldBe(double.NaN);
    }

    [Fact]
    public void Arrays_of_make_series_are_taken_apart()
    {
        Table table = new TableBuilder(("Host", ColumnType.String), ("N", ColumnType.Dynamic), ("T", ColumnType.Dynamic))
            .AddRow("x", "[1,null,3]", "[\"2026-03-04T00:00:00.0000000Z\",\"2026-03-05T00:00:00.0000000Z\",\"2026-03-06T00:00:00.0000000Z\"]")
            .AddRow("y", "[4]", "not an array").Build();

        var chart = (LineChart)Draw(table, "timechart").Charts.Single();

        chart.IsTime.ShouldBeTrue();
        chart.Series.Select(series => series.Name).ShouldBe(["x", "y"]);
        chart.Series[0].Points.Select(point => point.Y).ShouldBe([1, double.NaN, 3]);
        chart.Series[1].Points.ShouldBeEmpty();
    }

    [Fact]
    public void What_the_query_says_of_axes_and_titles_is_honoured()
    {
        Table table = new TableBuilder(("a", ColumnType.String), ("b", ColumnType.Long), ("c", ColumnType.Long), ("d", ColumnType.Long))
            .AddRow("x", 1L, 2L, 3L).Build();

        var chart = (LineChart)Draw(table, "linechart", ("xcolumn", "b"), ("ycolumns", "d"), ("series", "c"), ("title", "t"), ("xtitle", "xt"), ("ytitle", "yt")).Charts.Single();

        chart.ShouldBe(chart with { Title = "t", XName = "xt", YName = "yt", IsTime = false });
        chart.Series.Single().Name.ShouldBe("2");
        chart.Series.Single().Points.ShouldBe([new LinePoint(1, 3)]);
    }

    [Fact]
    public void Bars_add_up_what_has_one_label()
    {
        Table table = new TableBuilder(("a", ColumnType.String), ("n", ColumnType.Long)).AddRow("x", 1L).AddRow("", 2L).AddRow("x", 4L).Build();

        ((BarChart)Draw(table, "barchart").Charts.Single()).Bars.ShouldBe([new Bar("x", 5), new Bar("(empty)", 2)]);
        ((PieChart)Draw(table, "piechart").Charts.Single()).Slices.Count.ShouldBe(2);
        ((GroupedBarChart)Draw(table, "columnchart", ("kind", "stacked100")).Charts.Single()).Stacking.ShouldBe(BarStacking.Shares);
    }

    [Fact]
    public void Anomalies_are_marked_where_their_column_has_a_flag()
    {
        Table table = new TableBuilder(("T", ColumnType.Dynamic), ("N", ColumnType.Dynamic), ("F", ColumnType.Dynamic))
            .AddRow("[\"2026-03-04T00:00:00Z\",\"2026-03-05T00:00:00Z\"]", "[1,9]", "[0,1]").Build();

        var chart = (SeriesChart)Draw(table, "anomalychart", ("anomalycolumns", "F"), ("ycolumns", "N")).Charts.Single();

        chart.Points.Select(point => point.Anomaly).ShouldBe([0, 1]);
    }

    [Theory]
    [InlineData("treemap", "treemap is not drawn")]
    [InlineData("timechart", "needs a column of times")]
    public void What_cannot_be_drawn_is_said(string kind, string remark)
    {
        RenderedChart drawn = Draw(new TableBuilder(("a", ColumnType.String), ("n", ColumnType.Long)).AddRow("x", 1L).Build(), kind);

        drawn.Charts.ShouldBeEmpty();
        drawn.Remarks.Single().ShouldContain(remark);
    }

    [Fact]
    public void A_column_that_is_not_there_or_no_numbers_are_said()
    {
        Table table = new TableBuilder(("a", ColumnType.String), ("b", ColumnType.String)).AddRow("x", "y").Build();

        Draw(table, "barchart", ("xcolumn", "c")).Remarks.Single().ShouldContain("no column 'c'");
        Draw(table, "barchart").Remarks.Single().ShouldContain("needs a column of numbers");
        Draw(table, "table").ShouldBeEquivalentTo(new RenderedChart([], []));
    }

    [Fact]
    public void More_series_than_can_be_told_apart_are_cut_and_said()
    {
        var builder = new TableBuilder(("T", ColumnType.DateTime), ("s", ColumnType.String), ("n", ColumnType.Long));
        for (int i = 0; i < 100; i++)
        {
            builder.AddRow(Day, $"s{i}", 1L);
        }

        RenderedChart drawn = Draw(builder.Build(), "timechart");

        ((LineChart)drawn.Charts.Single()).Series.Count.ShouldBe(RenderedChart.MostSeries);
        drawn.Remarks.Single().ShouldContain("of 100 series");
    }

    private static RenderedChart Draw(Table table, string kind, params (string Name, string Value)[] properties) =>
        RenderedChart.Of(table, new KqlRender(kind, properties.ToDictionary(one => one.Name, one => one.Value)));
}
