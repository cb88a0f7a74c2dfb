using System.Globalization;

namespace Quarry.Charts;

/// <summary>Several series over an axis of time or of numbers.</summary>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="XName">What the x axis is, for example a column's name.</param>
/// <param name="YName">What the y axis is.</param>
/// <param name="IsTime">Whether x is a time.</param>
/// <param name="Form">How the points are drawn.</param>
/// <param name="Series">The lines.</param>
public sealed record LineChart(string Title, string XName, string YName, bool IsTime, LineForm Form, IReadOnlyList<LineSeries> Series) : Chart(Title)
{
    /// <summary>How many points are drawn at most, of all series together; past them the least and the greatest of each stretch stand for it.</summary>
    public const int MostPoints = 10_000;

    private protected override void WriteTo(VegaLiteWriter writer)
    {
        (LinePoint Point, string Name, int First)[] drawn = [.. Drawn()];
        long all = Series.Sum(series => (long)series.Points.Count);
        string cut = drawn.Length < all ? string.Create(CultureInfo.InvariantCulture, $", drawn by {drawn.Length:N0} of {all:N0} points") : "";
        string zone = IsTime ? ", UTC" : "";

        // A series is known by the number of its first point, through which the legend finds its name: no name becomes an expression.
        writer.Write(
            """
            {
              "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
              "title": { "text": "$title", "subtitle": "$subtitle" },
              "description": "$title",
              "width": "container",
              "height": 280,
              "data": { "name": "points", "values": "$points" },
              "transform": [
                { "calculate": "$when", "as": "w" }
              ],
              "mark": { "type": "$mark", "tooltip": true, "interpolate": "linear", "fillOpacity": "$fill", "line": "$line", "clip": true },
              "encoding": {
                "x": {
                  "field": "x", "type": "$xType", "scale": "$xScale",
                  "axis": { "title": "$xName", "grid": false, "labelExpr": "$clock" }
                },
                "y": {
                  "field": "y", "type": "quantitative", "stack": "$stack", "scale": { "zero": "$zero" },
                  "axis": { "title": "$yName", "format": "$yFormat", "tickCount": 5 }
                },
                "color": {
                  "field": "s", "type": "nominal", "sort": null, "scale": { "scheme": "tableau10" },
                  "legend": { "title": null, "orient": "top", "columns": 6, "labelLimit": 200, "symbolType": "circle", "labelExpr": "data('points')[datum.value].n" }
                },
                "tooltip": [
                  { "field": "w", "type": "nominal", "title": "$xTip" },
                  { "field": "y", "type": "quantitative", "title": "$yTip", "format": ",.6~g" },
                  { "field": "n", "type": "nominal", "title": "series" }
                ]
              },
              "config": "$config"
            }
            """u8,
            ("title", w => w.Text(Title)),
            ("subtitle", w => w.Text($"{YName} by {XName}{zone}{cut}")),
            ("when", w => w.Words(IsTime ? "utcFormat(toDate(datum.x), '%Y-%m-%d %H:%M:%S')" : "format(datum.x, ',.6~g')")),
            ("mark", w => w.Words(Form switch { LineForm.Line => "line", LineForm.Points => "point", _ => "area" })),
            ("fill", w => w.Number(Form is LineForm.Area ? 0.35 : Form is LineForm.Line ? 0 : 0.8)),
            ("line", w => w.Flag(Form is LineForm.Area)),
            ("xType", w => w.Words(IsTime ? "temporal" : "quantitative")),
            ("xScale", w => w.Write(IsTime ? """{ "type": "utc", "nice": false }"""u8 : """{ "zero": false, "nice": false }"""u8)),
            ("xName", w => w.Text(XName)),
            ("clock", w => w.Words(IsTime ? TimeAxis.Label : "datum.label")),
            ("stack", w => w.Words(Form switch { LineForm.StackedArea => "zero", LineForm.ShareArea => "normalize", _ => null })),
            ("zero", w => w.Flag(Form is not (LineForm.Line or LineForm.Points))),
            ("yName", w => w.Text(YName)),
            ("yFormat", w => w.Words(Form == LineForm.ShareArea ? ".0%" : "~s")),
            ("xTip", w => w.TooltipTitle(XName)),
            ("yTip", w => w.TooltipTitle(YName, blanks: 2)),
            ("points", w => w.List(drawn, item =>
            {
                w.Field("x", item.Point.X);
                w.Field("y", item.Point.Y);
                w.Field("s", item.First);
                w.Field("n", item.Name);
            })));
    }

    private IEnumerable<(LinePoint Point, string Name, int First)> Drawn()
    {
        int most = MostPoints / Math.Max(1, Series.Count), first = 0;
        foreach (LineSeries series in Series)
        {
            IReadOnlyList<LinePoint> points = Form == LineForm.Points ? Sample(series.Points, most) : LineThinning.Thin(series.Points, most);
            foreach (LinePoint point in points)
            {
                yield return (point, series.Name, first);
            }

            first += points.Count;
        }
    }

    // Of a cloud of points every so many-th.
    private static IReadOnlyList<LinePoint> Sample(IReadOnlyList<LinePoint> points, int most)
    {
        int step = Math.Max(1, (int)Math.Ceiling((double)points.Count / Math.Max(1, most)));
        return step == 1 ? points : [.. points.Where((_, i) => i % step == 0)];
    }
}
