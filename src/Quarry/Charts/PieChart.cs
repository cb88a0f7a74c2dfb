using System.Globalization;

namespace Quarry.Charts;

/// <summary>Shares of a whole as a pie. A terminal draws it as bars.</summary>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="LabelName">What the slices are.</param>
/// <param name="ValueName">What their sizes are.</param>
/// <param name="Slices">The slices; those without a size that is more than nothing are not seen.</param>
public sealed record PieChart(string Title, string LabelName, string ValueName, IReadOnlyList<Bar> Slices) : Chart(Title)
{
    /// <summary>How many slices are drawn singly; the smaller ones are drawn as one.</summary>
    public const int MostSlices = 20;

    private protected override void WriteTo(VegaLiteWriter writer)
    {
        Bar[] sizes = [.. Slices.Where(slice => double.IsFinite(slice.Value) && slice.Value > 0).OrderByDescending(slice => slice.Value)];
        Bar[] drawn = sizes.Length <= MostSlices
            ? sizes
            : [.. sizes.Take(MostSlices - 1), new Bar(string.Create(CultureInfo.InvariantCulture, $"({sizes.Length - MostSlices + 1:N0} others)"), sizes.Skip(MostSlices - 1).Sum(slice => slice.Value), true)];
        double sum = drawn.Sum(slice => slice.Value);
        writer.Write(
            """
            {
              "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
              "title": { "text": "$title", "subtitle": "$subtitle" },
              "description": "$title",
              "width": 420,
              "height": 280,
              "data": { "name": "slices", "values": "$slices" },
              "mark": { "type": "arc", "innerRadius": 60 },
              "encoding": {
                "theta": { "field": "v", "type": "quantitative", "stack": true },
                "order": { "field": "i", "type": "quantitative" },
                "color": {
                  "field": "i", "type": "nominal", "sort": null, "scale": { "scheme": "tableau20" },
                  "legend": { "title": null, "labelLimit": 260, "labelExpr": "data('slices')[datum.value].l" }
                },
                "tooltip": [
                  { "field": "l", "type": "nominal", "title": "$labelTip" },
                  { "field": "v", "type": "quantitative", "title": "$valueTip", "format": ",.6~g" },
                  { "field": "p", "type": "quantitative", "title": "share", "format": ".1%" }
                ]
              },
              "config": "$config"
            }
            """u8,
            ("title", w => w.Text(Title)),
            ("subtitle", w => w.Text($"{ValueName} by {LabelName}")),
            ("labelTip", w => w.TooltipTitle(LabelName)),
            ("valueTip", w => w.TooltipTitle(ValueName, blanks: 2)),
            ("slices", w => w.List(drawn.Select((slice, index) => (slice, index)), item =>
            {
                w.Field("i", item.index);
                w.Field("l", item.slice.Label);
                w.Field("v", item.slice.Value);
                w.Field("p", item.slice.Value / sum);
            })));
    }
}
