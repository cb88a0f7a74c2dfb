using System.Globalization;

namespace Quarry.Charts;

/// <summary>A series that was decomposed: the observed line, the baseline, marks where a point stands out, and a range tool below.</summary>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="TimeName">What the times are, a column's name.</param>
/// <param name="ValueName">What the values are, a column's name.</param>
/// <param name="Points">The points, in order of time.</param>
public sealed record SeriesChart(string Title, string TimeName, string ValueName, IReadOnlyList<SeriesPoint> Points) : Chart(Title)
{
    /// <summary>How many points are drawn at most. Past them the least and the greatest of each stretch stand for it; no anomaly is left out.</summary>
    public const int MostPoints = 10_000;

    private protected override void WriteTo(VegaLiteWriter writer)
    {
        IReadOnlyList<SeriesPoint> drawn = SeriesThinning.Thin(Points, MostPoints);
        int anomalies = Points.Count(point => point.Anomaly != 0);
        string cut = drawn.Count < Points.Count
            ? string.Create(CultureInfo.InvariantCulture, $", drawn by {drawn.Count:N0} of {Points.Count:N0} points, with every anomaly")
            : "";
        writer.Write(
            """
            {
              "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
              "title": { "text": "$title", "subtitle": "$subtitle" },
              "description": "$title",
              "data": { "name": "points", "values": "$points" },
              "transform": [
                { "calculate": "utcFormat(toDate(datum.t), '%Y-%m-%d %H:%M:%S')", "as": "w" },
                { "calculate": "datum.a > 0 ? 'spike' : datum.a < 0 ? 'dip' : ''", "as": "k" }
              ],
              "spacing": 12,
              "vconcat": [
                {
                  "width": 720,
                  "height": 260,
                  "encoding": {
                    "x": {
                      "field": "t", "type": "temporal",
                      "scale": { "type": "utc", "domain": { "param": "range" } },
                      "axis": { "title": null, "grid": false, "labelFlush": true, "labelExpr": "$clock" }
                    },
                    "color": {
                      "type": "nominal",
                      "scale": { "domain": ["observed", "baseline", "spike", "dip"] },
                      "legend": { "title": null, "orient": "top", "symbolType": "circle", "offset": 4 }
                    }
                  },
                  "layer": [
                    {
                      "mark": { "type": "line", "clip": true, "strokeWidth": 1.5, "strokeDash": [5, 3] },
                      "encoding": {
                        "y": {
                          "field": "b", "type": "quantitative", "scale": { "zero": false, "nice": true },
                          "axis": { "title": "$value", "minExtent": 44, "maxExtent": 44, "format": "~s", "tickCount": 5 }
                        },
                        "color": { "datum": "baseline" }
                      }
                    },
                    {
                      "mark": { "type": "line", "clip": true, "strokeWidth": 1.6 },
                      "encoding": { "y": { "field": "v", "type": "quantitative" }, "color": { "datum": "observed" } }
                    },
                    {
                      "transform": [{ "filter": "datum.a > 0" }],
                      "mark": { "type": "point", "clip": true, "filled": true, "shape": "triangle-up", "size": 110, "opacity": 1 },
                      "encoding": { "y": { "field": "v", "type": "quantitative" }, "color": { "datum": "spike" } }
                    },
                    {
                      "transform": [{ "filter": "datum.a < 0" }],
                      "mark": { "type": "point", "clip": true, "filled": true, "shape": "triangle-down", "size": 110, "opacity": 1 },
                      "encoding": { "y": { "field": "v", "type": "quantitative" }, "color": { "datum": "dip" } }
                    },
                    {
                      "params": [
                        {
                          "name": "hover",
                          "select": { "type": "point", "on": "pointermove", "clear": "pointerout", "nearest": true, "encodings": ["x"] }
                        }
                      ],
                      "mark": { "type": "rule", "style": "nearest", "clip": true },
                      "encoding": {
                        "color": { "value": null },
                        "opacity": { "condition": { "param": "hover", "empty": false, "value": 0.7 }, "value": 0 },
                        "tooltip": [
                          { "field": "w", "type": "nominal", "title": "$timeTip" },
                          { "field": "v", "type": "quantitative", "title": "$valueTip", "format": ",.6~g" },
                          { "field": "b", "type": "quantitative", "title": "baseline", "format": ",.6~g" },
                          { "field": "s", "type": "quantitative", "title": "score", "format": ".3~g" },
                          { "field": "k", "type": "nominal", "title": "anomaly" }
                        ]
                      }
                    }
                  ]
                },
                {
                  "width": 720,
                  "height": 48,
                  "params": [{ "name": "range", "select": { "type": "interval", "encodings": ["x"] } }],
                  "mark": { "type": "line", "style": "overview" },
                  "encoding": {
                    "x": {
                      "field": "t", "type": "temporal", "scale": { "type": "utc" },
                      "axis": { "title": null, "grid": false, "labels": false, "ticks": false }
                    },
                    "y": {
                      "field": "v", "type": "quantitative", "scale": { "zero": false },
                      "axis": { "title": null, "labels": false, "ticks": false, "grid": false, "domain": false, "minExtent": 44, "maxExtent": 44 }
                    }
                  }
                }
              ],
              "config": "$config"
            }
            """u8,
            ("title", w => w.Text(Title)),
            ("clock", w => w.Words(TimeAxis.Label)),
            ("subtitle", w => w.Text($"{Counted.Of(anomalies, "anomaly", "anomalies")} in {Points.Count.ToString("N0", CultureInfo.InvariantCulture)} points{cut}, UTC; drag in the strip below to zoom")),
            ("value", w => w.Text(ValueName)),
            ("timeTip", w => w.TooltipTitle(TimeName)),
            ("valueTip", w => w.TooltipTitle(ValueName, blanks: 2)),
            ("points", w => w.List(drawn, point =>
            {
                w.Field("t", point.Time);
                w.Field("v", point.Value);
                w.Field("b", point.Baseline);
                w.Field("s", point.Score);
                w.Field("a", point.Anomaly);
            })));
    }
}
