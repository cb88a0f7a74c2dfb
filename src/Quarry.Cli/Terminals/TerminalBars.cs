using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Quarry.Cli.Terminals;

/// <summary>A bar chart in characters: label, bar, value, to an eighth of a column.</summary>
internal static class TerminalBars
{
    private const int LongestLabel = 40;
    private const string Eighths = "▏▎▍▌▋▊▉";

    /// <summary>The bars of a chart, as wide as the terminal.</summary>
    public static IRenderable Of(Charts.BarChart chart, Terminal terminal)
    {
        string[] labels = [.. chart.Bars.Select(b => Shorten(SafeText.Escape(b.Label)))];
        string[] values = [.. chart.Bars.Select(b => b.Value.ToString("#,0.####", CultureInfo.InvariantCulture))];
        double longest = chart.Bars.Max(b => Math.Abs(b.Value));
        int room = Math.Max(10, terminal.Width - labels.Max(l => l.GetCellWidth()) - values.Max(v => v.Length) - 4);
        var grid = new Grid();
        grid.AddColumn(new GridColumn().NoWrap().Padding(0, 0, 2, 0));
        grid.AddColumn(new GridColumn().NoWrap().Padding(0, 0, 2, 0));
        grid.AddColumn(new GridColumn().NoWrap().RightAligned().Padding(0, 0, 0, 0));
        for (int i = 0; i < labels.Length; i++)
        {
            Color color = chart.Bars[i].IsRest ? Color.Grey : Color.Blue;
            grid.AddRow(new Text(labels[i]), new Text(Bar(chart.Bars[i].Value, longest, room), new Style(color)), new Text(values[i]));
        }

        return grid;
    }

    private static string Bar(double value, double longest, int room)
    {
        int eighths = longest > 0 && double.IsFinite(value) ? (int)Math.Round(Math.Abs(value) / longest * room * 8) : 0;
        string rest = eighths % 8 > 0 ? Eighths[(eighths % 8) - 1].ToString() : "";
        return eighths == 0 && value > 0 ? "▏" : new string('█', eighths / 8) + rest;
    }

    private static string Shorten(string label) => label.Length <= LongestLabel
        ? label
        : string.Concat(label.AsSpan(0, char.IsHighSurrogate(label[LongestLabel - 2]) ? LongestLabel - 2 : LongestLabel - 1), "…");
}
