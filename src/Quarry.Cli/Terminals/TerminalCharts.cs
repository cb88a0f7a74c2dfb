using Quarry.Charts;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Quarry.Cli.Terminals;

/// <summary>Charts in characters, where a terminal can draw them.</summary>
internal static class TerminalCharts
{
    // More are no picture any more; a page has room for them.
    private const int MostGroups = 200;

    /// <summary>What a chart looks like, its title first; nothing where a terminal cannot draw it.</summary>
    public static IEnumerable<IRenderable> Of(Chart chart, Terminal terminal)
    {
        IRenderable? drawn = chart switch
        {
            Charts.BarChart { Bars.Count: > 0 } bars => TerminalBars.Of(bars, terminal),
            PieChart { Slices.Count: > 0 } pie => TerminalBars.Of(Sorted(pie), terminal),
            GroupedBarChart { Labels.Count: > 0 } groups => TerminalBars.Of(Flat(groups), terminal),
            LineChart { Series.Count: > 0 } lines => TerminalLines.Of(lines, terminal),
            SeriesChart { Points.Count: > 0 } series => TerminalLines.Of(series, terminal),
            _ => null,
        };
        return drawn is null ? [] : [new Text($"\n{SafeText.Escape(chart.Title)}\n"), drawn];
    }

    private static Charts.BarChart Sorted(PieChart pie)
    {
        double sum = pie.Slices.Where(slice => slice.Value > 0).Sum(slice => slice.Value);
        return new Charts.BarChart(pie.Title, pie.LabelName, pie.ValueName,
            [.. pie.Slices.OrderByDescending(slice => slice.Value).Take(MostGroups).Select(slice => slice with
            {
                Label = sum > 0 && slice.Value > 0 ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{slice.Label} ({slice.Value / sum:P0})") : slice.Label,
            })]);
    }

    private static Charts.BarChart Flat(GroupedBarChart chart) => new(
        chart.Title,
        chart.LabelName,
        chart.ValueName,
        [
            .. chart.Labels.SelectMany((label, i) => chart.Groups
                .Where(group => double.IsFinite(group.Values[i]))
                .Select(group => new Bar(chart.Groups.Count == 1 ? label : $"{label}  {group.Name}", group.Values[i])))
                .Take(MostGroups),
        ]);
}
