using System.Globalization;

namespace Quarry.Charts;

/// <summary>A distribution: a horizontal bar for each label, in the given order.</summary>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="LabelName">What the labels are, for example a column's name.</param>
/// <param name="ValueName">What the values are, for example <c>count</c>.</param>
/// <param name="Bars">The bars.</param>
public sealed record BarChart(string Title, string LabelName, string ValueName, IReadOnlyList<Bar> Bars) : Chart(Title)
{
    /// <summary>How many bars are drawn at most.</summary>
    public const int MostBars = 500;

    private protected override void WriteTo(VegaLiteWriter writer)
    {
        IEnumerable<(Bar Bar, int Index)> drawn = Bars.Take(MostBars).Select((bar, index) => (bar, index));
        bool isWhole = Bars.Count > 0 && Bars.All(bar => double.IsFinite(bar.Value) && bar.Value >= 0);
        double sum = isWhole ? Bars.Sum(bar => bar.Value) : 0;
        string cut = Bars.Count > MostBars ? string.Create(CultureInfo.InvariantCulture, $" (the first {MostBars:N0} of {Bars.Count:N0} are drawn)") : "";

        // Bars are told apart by their place: two may have the same label.
        writer.Write(
            """
            {
              "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
              "title": { "text": "$title", "subtitle": "$subtitle" },
              "description": "$title",
              "width": "container",
              "height": "$height",
              "data": { "name": "bars", "values": "$bars" },
              "transform": [
                {
                  "calculate": "isValid(datum.v) ? (datum.v === floor(datum.v) ? format(datum.v, ',.0f') : format(datum.v, ',.4~g')) : ''",
                  "as": "n"
                },
                { "calculate": "isValid(datum.p) ? format(datum.p, '.1%') : ''", "as": "q" },
                { "calculate": "datum.q ? datum.n + '  \u00b7  ' + datum.q : datum.n", "as": "s" }
              ],
              "encoding": {
                "y": {
                  "field": "i", "type": "ordinal", "sort": null,
                  "scale": { "paddingInner": 0.25 },
                  "axis": {
                    "title": null, "domain": false, "ticks": false, "labelLimit": 320,
                    "labelExpr": "data('bars')[datum.value].l"
                  }
                },
                "x": { "field": "v", "type": "quantitative", "stack": null, "axis": null },
                "tooltip": [
                  { "field": "l", "type": "nominal", "title": "$labelTip" },
                  { "field": "n", "type": "nominal", "title": "$valueTip" },
                  { "field": "q", "type": "nominal", "title": "share" }
                ]
              },
              "layer": [
                {
                  "transform": [{ "filter": "!datum.r" }],
                  "mark": { "type": "bar", "style": "bar-main", "cornerRadiusEnd": 3 }
                },
                {
                  "transform": [{ "filter": "datum.r" }],
                  "mark": { "type": "bar", "style": "bar-rest", "cornerRadiusEnd": 3 }
                },
                {
                  "mark": { "type": "text", "style": "value-label", "align": "left", "baseline": "middle", "dx": 6 },
                  "encoding": { "text": { "field": "s", "type": "nominal" } }
                }
              ],
              "config": "$config"
            }
            """u8,
            ("title", w => w.Text(Title)),
            ("subtitle", w => w.Text($"{ValueName} by {LabelName}{cut}")),
            ("height", w => w.Number(24 * Math.Max(1, Math.Min(MostBars, Bars.Count)))),
            ("labelTip", w => w.TooltipTitle(LabelName)),
            ("valueTip", w => w.TooltipTitle(ValueName, blanks: 2)),
            ("bars", w => w.List(drawn, item =>
            {
                w.Field("i", item.Index);
                w.Field("l", item.Bar.Label);
                w.Field("v", item.Bar.Value);
                w.Field("p", sum > 0 ? item.Bar.Value / sum : double.NaN);
                w.Field("r", item.Bar.IsRest);
            })));
    }
}
