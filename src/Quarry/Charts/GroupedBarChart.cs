using System.Globalization;

namespace Quarry.Charts;

/// <summary>Bars or columns for labels, of one or several series.</summary>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="LabelName">What the labels are, for example a column's name.</param>
/// <param name="ValueName">What the values are.</param>
/// <param name="Labels">The labels, in the order in which they stand. Two may be the same.</param>
/// <param name="Groups">The series, each with a value for each label.</param>
/// <param name="Stacking">How the series stand to each other.</param>
/// <param name="IsUpright">Whether they are columns.</param>
public sealed record GroupedBarChart(
    string Title, string LabelName, string ValueName, IReadOnlyList<string> Labels, IReadOnlyList<BarGroup> Groups, BarStacking Stacking, bool IsUpright) : Chart(Title)
{
    /// <summary>How many labels are drawn at most.</summary>
    public const int MostLabels = 200;

    private protected override void WriteTo(VegaLiteWriter writer)
    {
        int labels = Math.Min(MostLabels, Labels.Count);
        string cut = labels < Labels.Count ? string.Create(CultureInfo.InvariantCulture, $" (the first {labels:N0} of {Labels.Count:N0} are drawn)") : "";
        IEnumerable<(int Label, int Group)> drawn = Enumerable.Range(0, Groups.Count).SelectMany(g => Enumerable.Range(0, labels).Select(l => (l, g)));

        // A bar's group is known by the number of its first bar, and its label by that in the first group.
        writer.Write(
            IsUpright ? Upright : Lying,
            ("title", w => w.Text(Title)),
            ("subtitle", w => w.Text($"{ValueName} by {LabelName}{cut}")),
            ("height", w => w.Number(IsUpright ? 280 : 24 * Math.Max(1, labels * (Stacking == BarStacking.Beside ? Math.Min(4, Groups.Count) : 1)))),
            ("stack", w => w.Words(Stacking switch { BarStacking.Stacked => "zero", BarStacking.Shares => "normalize", _ => null })),
            ("offset", w => w.Words(Stacking == BarStacking.Beside ? "s" : "none")),
            ("format", w => w.Words(Stacking == BarStacking.Shares ? ".0%" : "~s")),
            ("labelName", w => w.Text(LabelName)),
            ("valueName", w => w.Text(ValueName)),
            ("labelTip", w => w.TooltipTitle(LabelName)),
            ("valueTip", w => w.TooltipTitle(ValueName, blanks: 2)),
            ("bars", w => w.List(drawn, bar =>
            {
                w.Field("i", bar.Label);
                w.Field("l", Labels[bar.Label]);
                w.Field("s", bar.Group * labels);
                w.Field("n", Groups[bar.Group].Name);
                w.Field("v", Groups[bar.Group].Values[bar.Label]);
                w.Field("none", 0);
            })));
    }

    private static ReadOnlySpan<byte> Upright =>
        """
        {
          "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
          "title": { "text": "$title", "subtitle": "$subtitle" },
          "description": "$title",
          "width": "container",
          "height": "$height",
          "data": { "name": "bars", "values": "$bars" },
          "mark": { "type": "bar" },
          "encoding": {
            "x": {
              "field": "i", "type": "ordinal", "sort": null,
              "axis": { "title": "$labelName", "labelLimit": 160, "labelAngle": -35, "labelExpr": "data('bars')[datum.value].l" }
            },
            "y": { "field": "v", "type": "quantitative", "stack": "$stack", "axis": { "title": "$valueName", "format": "$format", "tickCount": 5 } },
            "xOffset": { "field": "$offset", "type": "nominal", "sort": null },
            "color": {
              "field": "s", "type": "nominal", "sort": null, "scale": { "scheme": "tableau10" },
              "legend": { "title": null, "orient": "top", "columns": 6, "labelLimit": 200, "labelExpr": "data('bars')[datum.value].n" }
            },
            "tooltip": [
              { "field": "l", "type": "nominal", "title": "$labelTip" },
              { "field": "v", "type": "quantitative", "title": "$valueTip", "format": ",.6~g" },
              { "field": "n", "type": "nominal", "title": "series" }
            ]
          },
          "config": "$config"
        }
        """u8;

    private static ReadOnlySpan<byte> Lying =>
        """
        {
          "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
          "title": { "text": "$title", "subtitle": "$subtitle" },
          "description": "$title",
          "width": "container",
          "height": "$height",
          "data": { "name": "bars", "values": "$bars" },
          "mark": { "type": "bar" },
          "encoding": {
            "y": {
              "field": "i", "type": "ordinal", "sort": null,
              "axis": { "title": "$labelName", "labelLimit": 320, "labelExpr": "data('bars')[datum.value].l" }
            },
            "x": { "field": "v", "type": "quantitative", "stack": "$stack", "axis": { "title": "$valueName", "format": "$format", "tickCount": 5 } },
            "yOffset": { "field": "$offset", "type": "nominal", "sort": null },
            "color": {
              "field": "s", "type": "nominal", "sort": null, "scale": { "scheme": "tableau10" },
              "legend": { "title": null, "orient": "top", "columns": 6, "labelLimit": 200, "labelExpr": "data('bars')[datum.value].n" }
            },
            "tooltip": [
              { "field": "l", "type": "nominal", "title": "$labelTip" },
              { "field": "v", "type": "quantitative", "title": "$valueTip", "format": ",.6~g" },
              { "field": "n", "type": "nominal", "title": "series" }
            ]
          },
          "config": "$config"
        }
        """u8;
}
