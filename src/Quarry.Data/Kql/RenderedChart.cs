using System.Globalization;
using Quarry.Charts;
using Quarry.Tables;

namespace Quarry.Data.Kql;

/// <summary>
/// A result drawn as its <c>render</c> says, by KQL's rules: the first column is x (the first time for a chart of times), columns
/// of numbers are y, columns of texts tell series apart, and arrays of <c>make-series</c> are taken apart.
/// </summary>
/// <param name="Charts">The charts; none where the rows are to be shown as a table.</param>
/// <param name="Remarks">What could not be drawn as asked, a sentence each.</param>
public sealed record RenderedChart(IReadOnlyList<Chart> Charts, IReadOnlyList<string> Remarks)
{
    /// <summary>How many series are drawn at most.</summary>
    public const int MostSeries = 40;

    private static readonly string[] NotDrawn = ["xaxis", "yaxis", "ysplit", "accumulate", "xmin", "xmax", "ymin", "ymax"];

    /// <summary>Draws a result.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="render">How.</param>
    public static RenderedChart Of(Table table, KqlRender render)
    {
        var remarks = new List<string>();
        string kind = render.Kind.ToLowerInvariant();
        if (kind is "table" or "card" || table.RowCount == 0)
        {
            return new RenderedChart([], []);
        }

        try
        {
            var columns = RenderColumns.Of(table, render);
            IReadOnlyList<Chart> charts = kind switch
            {
                "timechart" or "linechart" => [Lines(columns, LineForm.Line, remarks)],
                "areachart" => [Lines(columns, Area(render), remarks)],
                "stackedareachart" => [Lines(columns, LineForm.StackedArea, remarks)],
                "scatterchart" => [Lines(columns, LineForm.Points, remarks)],
                "barchart" or "columnchart" => [Bars(columns, kind == "columnchart", remarks)],
                "piechart" => [Pie(columns)],
                "anomalychart" => Anomalies(columns, remarks),
                _ => throw new QuarryException($"render {render.Kind} is not drawn: the rows are shown as a table."),
            };
            string[] left = [.. render.Properties.Keys.Where(NotDrawn.Contains)];
            if (left.Length > 0)
            {
                remarks.Add($"render: {string.Join(", ", left)} {(left.Length == 1 ? "is" : "are")} not drawn.");
            }

            return new RenderedChart(charts, remarks);
        }
        catch (QuarryException error)
        {
            return new RenderedChart([], [error.Message]);
        }
    }

    private static LineForm Area(KqlRender render) => render.Properties.GetValueOrDefault("kind")?.ToLowerInvariant() switch
    {
        "stacked" => LineForm.StackedArea,
        "stacked100" => LineForm.ShareArea,
        _ => LineForm.Area,
    };

    private static Chart Lines(RenderColumns columns, LineForm form, List<string> remarks)
    {
        // Over texts there is no axis to draw a line along.
        if (columns.IsCategories)
        {
            return Bars(columns, isUpright: true, remarks);
        }

        IReadOnlyList<LineSeries> series = Fewest(columns.Series(remarks), remarks);
        return new LineChart(columns.Title, columns.XTitle, columns.YTitle, columns.IsTime, form, series);
    }

    private static IReadOnlyList<T> Fewest<T>(IReadOnlyList<T> series, List<string> remarks)
    {
        if (series.Count <= MostSeries)
        {
            return series;
        }

        remarks.Add(string.Create(CultureInfo.InvariantCulture, $"The chart shows the first {MostSeries} of {series.Count:N0} series."));
        return [.. series.Take(MostSeries)];
    }

    private static Chart Bars(RenderColumns columns, bool isUpright, List<string> remarks)
    {
        (IReadOnlyList<string> labels, IReadOnlyList<BarGroup> groups) = columns.Groups(remarks);
        string kind = columns.Property("kind")?.ToLowerInvariant() ?? "";
        return groups.Count == 1 && !isUpright
            ? new BarChart(columns.Title, columns.XTitle, columns.YTitle, [.. labels.Select((label, i) => new Bar(label, groups[0].Values[i]))])
            : new GroupedBarChart(
                columns.Title, columns.XTitle, columns.YTitle, labels, Fewest(groups, remarks),
                kind switch { "stacked" => BarStacking.Stacked, "stacked100" => BarStacking.Shares, _ => BarStacking.Beside },
                isUpright);
    }

    private static PieChart Pie(RenderColumns columns)
    {
        (IReadOnlyList<string> labels, IReadOnlyList<BarGroup> groups) = columns.Groups([]);
        return new PieChart(columns.Title, columns.XTitle, columns.YTitle, [.. labels.Select((label, i) => new Bar(label, groups[0].Values[i]))]);
    }

    // The columns of flags (-1, 0, 1) are named by anomalycolumns; a value is marked where any of them is not 0.
    private static IReadOnlyList<Chart> Anomalies(RenderColumns columns, List<string> remarks)
    {
        if (!columns.IsTime)
        {
            throw new QuarryException("render anomalychart needs a column of times: the rows are shown as a table.");
        }

        IReadOnlyList<LineSeries> all = columns.Series(remarks, withFlags: true);
        string[] flagNames = columns.Names("anomalycolumns");
        bool IsFlags(LineSeries series) => flagNames.Any(name => series.Name == name || series.Name.EndsWith($":{name}", StringComparison.Ordinal));
        string Group(LineSeries series) => series.Name.LastIndexOf(':') is >= 0 and int at ? series.Name[..at] : "";
        ILookup<string, LineSeries> flags = all.Where(IsFlags).ToLookup(Group, StringComparer.Ordinal);
        IReadOnlyList<LineSeries> values = Fewest([.. all.Where(series => !IsFlags(series))], remarks);
        return
        [
            .. values.Select(series => new SeriesChart(
                values.Count == 1 ? columns.Title : $"{columns.Title}: {series.Name}",
                columns.XTitle,
                series.Name,
                Marked(series, [.. flags[Group(series)]]))),
        ];
    }

    private static List<SeriesPoint> Marked(LineSeries series, LineSeries[] flags)
    {
        var flagged = new Dictionary<double, int>();
        foreach (LinePoint point in flags.SelectMany(flag => flag.Points).Where(point => point.Y is > 0 or < 0))
        {
            flagged[point.X] = Math.Sign(point.Y);
        }

        return [.. series.Points.Select(point => new SeriesPoint(
            DateTime.UnixEpoch.AddMilliseconds(point.X), point.Y, double.NaN, double.NaN, flagged.GetValueOrDefault(point.X)))];
    }
}
