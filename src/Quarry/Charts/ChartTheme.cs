using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Quarry.Charts;

/// <summary>
/// How charts look. A chart's specification carries <see cref="Light"/>; a page that is dark puts the configuration of
/// <see cref="Dark"/> over it.
/// </summary>
/// <remarks>The colours are told apart by those who see fewer (after Okabe and Ito, "Color Universal Design", 2008), and shapes differ with them.</remarks>
public sealed class ChartTheme
{
    private readonly string _background, _ink, _muted, _grid, _main, _rest, _baseline, _high, _low, _hover;

    private ChartTheme(string background, string ink, string muted, string grid, string main, string rest, string baseline, string high, string low, string hover)
    {
        _background = background;
        _ink = ink;
        _muted = muted;
        _grid = grid;
        _main = main;
        _rest = rest;
        _baseline = baseline;
        _high = high;
        _low = low;
        _hover = hover;
    }

    /// <summary>Dark letters on white.</summary>
    public static ChartTheme Light { get; } = new(
        "#ffffff", "#1b2430", "#5b6776", "#e6eaef", "#2a6db0", "#b3bcc8", "#7d8897", "#cf5300", "#7a3fa3", "#eef3f9");

    /// <summary>Light letters on a dark ground.</summary>
    public static ChartTheme Dark { get; } = new(
        "#161c24", "#e3e9f0", "#98a5b5", "#2b3542", "#62aef5", "#5d6a7a", "#aab4c0", "#ff8f4d", "#c79bf2", "#222c38");

    /// <summary>The Vega-Lite configuration (<c>config</c>) of the theme, JSON.</summary>
    public string ToVegaLiteConfig()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            WriteTo(new VegaLiteWriter(json, text => text));
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    internal void WriteTo(VegaLiteWriter writer) => writer.Write(
        """
        {
          "background": "$background",
          "font": "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif",
          "padding": 4,
          "view": { "stroke": null, "continuousWidth": 720, "continuousHeight": 240 },
          "title": {
            "anchor": "start", "frame": "group", "offset": 14, "color": "$ink", "fontSize": 14, "fontWeight": 600,
            "subtitleColor": "$muted", "subtitleFontSize": 12, "subtitlePadding": 4
          },
          "axis": {
            "labelColor": "$muted", "titleColor": "$muted", "labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": 500,
            "gridColor": "$grid", "domainColor": "$grid", "tickColor": "$grid", "labelPadding": 6, "titlePadding": 10,
            "labelOverlap": "greedy", "labelSeparation": 10
          },
          "legend": { "labelColor": "$ink", "titleColor": "$muted", "labelFontSize": 11, "symbolSize": 80, "symbolStrokeWidth": 2 },
          "range": { "category": ["$main", "$baseline", "$high", "$low"] },
          "style": {
            "bar-main": { "color": "$main" },
            "bar-rest": { "color": "$rest" },
            "value-label": { "color": "$muted", "fontSize": 11 },
            "overview": { "color": "$main", "strokeWidth": 1, "strokeOpacity": 0.7 },
            "nearest": { "color": "$muted", "strokeWidth": 1 },
            "event": { "color": "$main", "stroke": "$background", "strokeWidth": 1 },
            "event-high": { "color": "$high", "stroke": "$background", "strokeWidth": 1 },
            "span": { "color": "$main" },
            "span-high": { "color": "$high" },
            "overview-event": { "color": "$main" },
            "overview-event-high": { "color": "$high" },
            "link": { "color": "$rest", "strokeWidth": 1.25 },
            "process": { "color": "$main", "stroke": "$background", "strokeWidth": 1.5 },
            "process-unseen": { "color": "$background", "stroke": "$rest", "strokeWidth": 1.5 },
            "process-name": { "color": "$ink", "fontSize": 12 },
            "process-detail": { "color": "$muted", "fontSize": 11 },
            "row": { "color": "$hover" }
          }
        }
        """u8,
        ("background", w => w.Words(_background)),
        ("ink", w => w.Words(_ink)),
        ("muted", w => w.Words(_muted)),
        ("grid", w => w.Words(_grid)),
        ("main", w => w.Words(_main)),
        ("rest", w => w.Words(_rest)),
        ("baseline", w => w.Words(_baseline)),
        ("high", w => w.Words(_high)),
        ("low", w => w.Words(_low)),
        ("hover", w => w.Words(_hover)));
}
