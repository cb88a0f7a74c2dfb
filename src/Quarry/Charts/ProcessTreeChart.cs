using System.Globalization;

namespace Quarry.Charts;

/// <summary>Trees of processes: a line a process, set in by its depth, along a line of time or below one another.</summary>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="Nodes">The processes, each behind its parent, as they stand below one another.</param>
public sealed record ProcessTreeChart(string Title, IReadOnlyList<ProcessNode> Nodes) : Chart(Title)
{
    /// <summary>How many processes are drawn at most, the first of them.</summary>
    public const int MostNodes = 1_000;

    private const int RowHeight = 22;
    private const double LetterWidth = 7.8;

    private protected override void WriteTo(VegaLiteWriter writer)
    {
        ProcessNode[] drawn = [.. Nodes.Take(MostNodes)];
        (int[] first, int[] last) = Descendants(drawn);
        DateTime?[] starts = [.. drawn.Select(node => node.Start)];
        bool hasTime = starts.Any(start => start is not null);
        bool isOneDay = starts.OfType<DateTime>().Select(start => start.Date).Distinct().Count() <= 1;
        double left = hasTime ? (isOneDay ? 72 : 114) : 12;
        double[] indents = Indents(drawn, left);
        double detail = Detail(drawn, indents);

        // Places are pixels: the line of a process is as high as its letters, whatever the number of processes.
        writer.Write(
            """
            {
              "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
              "title": { "text": "$title", "subtitle": "$subtitle" },
              "description": "$title",
              "width": "container",
              "height": "$height",
              "data": { "name": "processes", "values": "$processes" },
              "transform": [
                { "calculate": "datum.t ? utcFormat(toDate(datum.t), '%Y-%m-%d %H:%M:%S') : ''", "as": "w" },
                { "calculate": "$clock", "as": "s" },
                { "calculate": "datum.n + ' (' + datum.d + ')'", "as": "m" },
                { "calculate": "datum.y - 11", "as": "top" },
                { "calculate": "datum.y + 11", "as": "bottom" },
                { "calculate": "isDefined(datum.py) ? datum.py + 5 : datum.y", "as": "from" }
              ],
              "encoding": {
                "y": { "field": "y", "type": "quantitative", "scale": null, "axis": null },
                "opacity": {
                  "condition": {
                    "test": "!isArray(hover.a) || (datum.a <= hover.a[0] && hover.a[0] <= datum.z) || (hover.a[0] <= datum.a && datum.a <= hover.z[0])",
                    "value": 1
                  },
                  "value": 0.3
                }
              },
              "layer": [
                {
                  "params": [
                    { "name": "hover", "select": { "type": "point", "on": "pointerover", "clear": "pointerout", "fields": ["a", "z"] } }
                  ],
                  "mark": { "type": "rect", "style": "row" },
                  "encoding": {
                    "y": { "field": "top", "type": "quantitative", "scale": null, "axis": null },
                    "y2": { "field": "bottom" },
                    "x": { "value": 0 },
                    "x2": { "value": "width" },
                    "opacity": { "condition": { "param": "hover", "empty": false, "value": 1 }, "value": 0 },
                    "tooltip": [
                      { "field": "n", "type": "nominal", "title": "process" },
                      { "field": "d", "type": "nominal", "title": "process id" },
                      { "field": "c", "type": "nominal", "title": "command line" },
                      { "field": "u", "type": "nominal", "title": "user" },
                      { "field": "h", "type": "nominal", "title": "host" },
                      { "field": "w", "type": "nominal", "title": "start (UTC)" },
                      { "field": "o", "type": "nominal", "title": "note" }
                    ]
                  }
                },
                {
                  "transform": [{ "filter": "isDefined(datum.px)" }],
                  "mark": { "type": "rule", "style": "link", "tooltip": null },
                  "encoding": {
                    "x": { "field": "px", "type": "quantitative", "scale": null, "axis": null },
                    "y": { "field": "from", "type": "quantitative", "scale": null, "axis": null },
                    "y2": { "field": "y" }
                  }
                },
                {
                  "transform": [{ "filter": "isDefined(datum.px)" }],
                  "mark": { "type": "rule", "style": "link", "tooltip": null },
                  "encoding": {
                    "x": { "field": "px", "type": "quantitative", "scale": null, "axis": null },
                    "x2": { "field": "x" }
                  }
                },
                {
                  "transform": [{ "filter": "!datum.o" }],
                  "mark": { "type": "point", "style": "process", "filled": true, "size": 60 },
                  "encoding": { "x": { "field": "x", "type": "quantitative", "scale": null, "axis": null } }
                },
                {
                  "transform": [{ "filter": "datum.o" }],
                  "mark": { "type": "point", "style": "process-unseen", "filled": true, "size": 60 },
                  "encoding": { "x": { "field": "x", "type": "quantitative", "scale": null, "axis": null } }
                },
                {
                  "mark": { "type": "text", "style": "process-detail", "align": "left", "baseline": "middle" },
                  "encoding": { "x": { "value": 2 }, "text": { "field": "s", "type": "nominal" } }
                },
                {
                  "mark": { "type": "text", "style": "process-name", "align": "left", "baseline": "middle", "dx": 9, "fontWeight": 600, "limit": 300 },
                  "encoding": {
                    "x": { "field": "x", "type": "quantitative", "scale": null, "axis": null },
                    "text": { "field": "m", "type": "nominal" }
                  }
                },
                {
                  "mark": {
                    "type": "text", "style": "process-detail", "align": "left", "baseline": "middle", "clip": true,
                    "font": "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace",
                    "limit": { "expr": "$room" }
                  },
                  "encoding": { "x": { "value": "$detail" }, "text": { "field": "c", "type": "nominal" } }
                }
              ],
              "config": "$config"
            }
            """u8,
            ("title", w => w.Text(Title)),
            ("subtitle", w => w.Words(Subtitle(drawn.Length, isOneDay ? starts.OfType<DateTime>().FirstOrDefault() : default))),
            ("height", w => w.Number(Math.Max(1, drawn.Length) * RowHeight)),
            ("clock", w => w.Words($"datum.t ? utcFormat(toDate(datum.t), '{(isOneDay ? "%H:%M:%S" : "%m-%d %H:%M:%S")}') : ''")),
            ("detail", w => w.Number(detail)),
            ("room", w => w.Words(string.Create(CultureInfo.InvariantCulture, $"max(40, width - {detail})"))),
            ("processes", w => w.List(Enumerable.Range(0, drawn.Length), i =>
            {
                ProcessNode node = drawn[i];
                w.Field("x", indents[i]);
                w.Field("y", (i * RowHeight) + (RowHeight / 2));
                if (node.Parent >= 0 && node.Parent < i)
                {
                    w.Field("px", indents[node.Parent]);
                    w.Field("py", (node.Parent * RowHeight) + (RowHeight / 2));
                }

                w.Field("a", first[i]);
                w.Field("z", last[i]);
                w.Field("n", node.Name);
                w.Field("d", node.Id);
                w.Field("t", node.Start);
                w.Field("c", node.CommandLine ?? "");
                w.Field("u", node.User ?? "");
                w.Field("h", node.Host ?? "");
                w.Field("o", node.IsSynthetic ? "not logged itself, known from its children" : "");
            })));
    }

    private string Subtitle(int drawn, DateTime day)
    {
        string count = drawn < Nodes.Count
            ? string.Create(CultureInfo.InvariantCulture, $"the first {drawn:N0} of {Nodes.Count:N0} processes are drawn")
            : Counted.Of(drawn, "process", "processes");
        return count + (day == default ? ", UTC" : day.ToString("', 'yyyy-MM-dd' UTC'", CultureInfo.InvariantCulture));
    }

    // Numbers the processes so that the descendants of one are those from its number to its last: what hovering compares.
    // The processes stand behind their parents, but maybe not one tree after another.
    private static (int[] First, int[] Last) Descendants(ProcessNode[] nodes)
    {
        int[] size = new int[nodes.Length], first = new int[nodes.Length], last = new int[nodes.Length];
        for (int i = nodes.Length - 1; i >= 0; i--)
        {
            size[i]++;
            if (nodes[i].Parent >= 0 && nodes[i].Parent < i)
            {
                size[nodes[i].Parent] += size[i];
            }
        }

        int[] next = new int[nodes.Length];
        int nextRoot = 0;
        for (int i = 0; i < nodes.Length; i++)
        {
            int parent = nodes[i].Parent;
            ref int place = ref (parent >= 0 && parent < i ? ref next[parent] : ref nextRoot);
            first[i] = place;
            last[i] = place + size[i] - 1;
            next[i] = place + 1;
            place += size[i];
        }

        return (first, last);
    }

    private static double[] Indents(ProcessNode[] nodes, double left)
    {
        int deepest = nodes.Length == 0 ? 0 : nodes.Max(node => node.Depth);
        double step = Math.Min(20, 240.0 / Math.Max(1, deepest));
        return [.. nodes.Select(node => Math.Round(left + 8 + (Math.Max(0, node.Depth) * step), 2))];
    }

    // Where command lines begin: behind nearly all of the names.
    private static double Detail(ProcessNode[] nodes, double[] indents)
    {
        double[] ends = [.. nodes.Select((node, i) => indents[i] + 16 + (LetterWidth * Math.Min(42, node.Name.Length + node.Id.Length + 3))).Order()];
        return ends.Length == 0 ? 0 : Math.Round(ends[(ends.Length - 1) * 49 / 50] + 12);
    }
}
