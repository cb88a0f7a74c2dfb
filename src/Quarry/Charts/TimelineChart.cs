using System.Globalization;

namespace Quarry.Charts;

/// <summary>Events on a line of time, a lane for each group.</summary>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="LaneName">What the lanes are, for example <c>User</c>.</param>
/// <param name="Events">The events.</param>
public sealed record TimelineChart(string Title, string LaneName, IReadOnlyList<TimelineEvent> Events) : Chart(Title)
{
    /// <summary>How many lanes are drawn at most: those with something that stands out first, then those with the most events.</summary>
    public const int MostLanes = 60;

    /// <summary>How many events are drawn at most; what stands out is left out last.</summary>
    public const int MostEvents = 5_000;

    private protected override void WriteTo(VegaLiteWriter writer)
    {
        IReadOnlyList<TimelineEvent> drawn = Drawn();
        string cut = drawn.Count < Events.Count
            ? string.Create(CultureInfo.InvariantCulture, $"{drawn.Count:N0} of {Events.Count:N0} events are drawn, UTC; drag in the strip below to zoom")
            : $"{Counted.Of(Events.Count, "event", "events")}, UTC; drag in the strip below to zoom";
        writer.Write(
            """
            {
              "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
              "title": { "text": "$title", "subtitle": "$subtitle" },
              "description": "$title",
              "data": { "name": "events", "values": "$events" },
              "transform": [
                { "calculate": "utcFormat(toDate(datum.t), '%Y-%m-%d %H:%M:%S')", "as": "w" },
                { "calculate": "datum.e ? utcFormat(toDate(datum.e), '%Y-%m-%d %H:%M:%S') : ''", "as": "u" }
              ],
              "spacing": 12,
              "vconcat": [
                {
                  "width": 720,
                  "height": { "step": 30 },
                  "encoding": {
                    "x": {
                      "field": "t", "type": "temporal",
                      "scale": { "type": "utc", "domain": { "param": "range" } },
                      "axis": { "title": null, "labelFlush": true, "labelExpr": "$clock" }
                    },
                    "y": {
                      "field": "g", "type": "nominal", "sort": null,
                      "axis": {
                        "title": null, "labelLimit": 150, "minExtent": "$room", "maxExtent": "$room",
                        "domain": false, "ticks": false, "grid": true, "gridDash": [2, 4], "tickBand": "center"
                      }
                    },
                    "tooltip": [
                      { "field": "g", "type": "nominal", "title": "$laneTip" },
                      { "field": "l", "type": "nominal", "title": "event" },
                      { "field": "w", "type": "nominal", "title": "time" },
                      { "field": "u", "type": "nominal", "title": "until" }
                    ]
                  },
                  "layer": [
                    {
                      "transform": [{ "filter": "datum.e && !datum.h" }],
                      "mark": { "type": "rule", "style": "span", "clip": true, "strokeWidth": 9, "strokeCap": "round", "opacity": 0.75 },
                      "encoding": { "x2": { "field": "e" } }
                    },
                    {
                      "transform": [{ "filter": "datum.e && datum.h" }],
                      "mark": { "type": "rule", "style": "span-high", "clip": true, "strokeWidth": 9, "strokeCap": "round", "opacity": 0.9 },
                      "encoding": { "x2": { "field": "e" } }
                    },
                    {
                      "transform": [{ "filter": "!datum.e && !datum.h" }],
                      "mark": { "type": "point", "style": "event", "clip": true, "filled": true, "shape": "circle", "size": 80, "opacity": 0.75 }
                    },
                    {
                      "transform": [{ "filter": "!datum.e && datum.h" }],
                      "mark": { "type": "point", "style": "event-high", "clip": true, "filled": true, "shape": "diamond", "size": 150, "opacity": 1 }
                    }
                  ]
                },
                {
                  "width": 720,
                  "height": 28,
                  "encoding": {
                    "x": {
                      "field": "t", "type": "temporal", "scale": { "type": "utc" },
                      "axis": { "title": null, "grid": false, "labels": false, "ticks": false }
                    },
                    "y": {
                      "datum": "all", "type": "nominal",
                      "axis": { "title": null, "labels": false, "ticks": false, "domain": false, "minExtent": "$room", "maxExtent": "$room" }
                    }
                  },
                  "layer": [
                    {
                      "params": [{ "name": "range", "select": { "type": "interval", "encodings": ["x"] } }],
                      "transform": [{ "filter": "!datum.h" }],
                      "mark": { "type": "tick", "style": "overview-event", "opacity": 0.5, "thickness": 1.5 }
                    },
                    {
                      "transform": [{ "filter": "datum.h" }],
                      "mark": { "type": "tick", "style": "overview-event-high", "opacity": 0.9, "thickness": 2 }
                    }
                  ]
                }
              ],
              "resolve": { "scale": { "y": "independent" } },
              "config": "$config"
            }
            """u8,
            ("title", w => w.Text(Title)),
            ("clock", w => w.Words(TimeAxis.Label)),
            ("subtitle", w => w.Words(cut)),
            ("room", w => w.Number(drawn.Count == 0 ? 40 : Math.Clamp(16 + (6.5 * drawn.Max(e => e.Lane.Length)), 40, 160))),
            ("laneTip", w => w.TooltipTitle(LaneName)),
            ("events", w => w.List(drawn, item =>
            {
                w.Field("t", item.Start);
                w.Field("e", item.End);
                w.Field("g", item.Lane);
                w.Field("l", item.Label);
                w.Field("h", item.Stands);
            })));
    }

    private IReadOnlyList<TimelineEvent> Drawn()
    {
        HashSet<string> lanes =
        [
            .. Events.GroupBy(e => e.Lane, StringComparer.Ordinal)
                .OrderByDescending(lane => lane.Any(e => e.Stands))
                .ThenByDescending(lane => lane.Count())
                .Take(MostLanes)
                .Select(lane => lane.Key),
        ];
        TimelineEvent[] inLanes = [.. Events.Where(e => lanes.Contains(e.Lane))];
        if (inLanes.Length <= MostEvents)
        {
            return inLanes;
        }

        int[] high = Spread([.. Enumerable.Range(0, inLanes.Length).Where(i => inLanes[i].Stands)], MostEvents);
        int[] others = Spread([.. Enumerable.Range(0, inLanes.Length).Where(i => !inLanes[i].Stands)], MostEvents - high.Length);
        return [.. high.Concat(others).Order().Select(i => inLanes[i])];
    }

    // So many of them, evenly from the first to the last.
    private static int[] Spread(int[] items, int count) =>
        items.Length <= count ? items : [.. Enumerable.Range(0, count).Select(i => items[(int)((long)i * items.Length / count)])];
}
