using System.Text.Json;
using FsCheck.Fluent;
using Quarry.Charts;

namespace Quarry.Reports.Tests.Charts;

// The tests of Quarry.Charts stand here because Vega is here, in the npm packages of the report.
public sealed class VegaLiteTests
{
    // Every one of these means something to a field path, an expression, JSON, HTML or a picture.
    private static readonly string[] Hostile =
    [
        "a.b[0]'\"\\", "\\\"+hurt()+\\\"", "\"});globalThis.hurt=1;({\"", "datum.v", "$config", "</script><img src=x onerror=alert(1)>", "line\nbreak\ttab",
        "\u202Egpj.exe", "\u2028\u2029", "\uD800 lone", "", " ", "\0", "{\"signal\": \"hurt\"}", "[0]", "__proto__", "constructor", "toString", "null", "2026-03-04",
        "\\", "\\\\\"", "'", "`${1}`", "%s", new string('x', 5000), "😀 mask",
    ];

    [Fact]
    public void Every_kind_of_chart_is_valid_compiles_without_a_warning_and_draws()
    {
        Chart[] charts = SampleCharts.All();

        IReadOnlyList<ChartAnswer> answers = ChartCheck.Run(charts);

        foreach ((Chart chart, ChartAnswer answer) in charts.Zip(answers))
        {
            answer.Errors.ShouldBeEmpty(chart.GetType().Name);
            answer.Warnings.ShouldBeEmpty(chart.GetType().Name);
            answer.Texts.ShouldContain(chart.Title);
            answer.Svg.ShouldBeGreaterThan(3000);
        }

        answers[0].Texts.ShouldContain("FileAccessed");
        answers[0].Texts.ShouldContain("1,834  ·  53.5%");
        answers[1].Marks["symbol"].ShouldBeGreaterThanOrEqualTo(2);
        answers[2].Texts.ShouldContain("svc-backup");
        answers[3].Texts.ShouldContain("08:00:00");
        answers[3].Texts.ShouldContain(text => text.StartsWith("WINWORD.EXE (0x", StringComparison.Ordinal));
    }

    [Fact]
    public void Empty_charts_and_charts_of_one_thing_or_of_no_numbers_draw()
    {
        DateTime at = SampleCharts.Start;
        Chart[] charts =
        [
            new BarChart("t", "l", "v", []), new BarChart("t", "l", "v", [new("one", 0)]), new BarChart("t", "l", "v", [new("n", double.NaN), new("i", double.PositiveInfinity), new("m", -3)]),
            new SeriesChart("t", "x", "y", []), new SeriesChart("t", "x", "y", [new(at, 1, 1, 0, 1)]), new SeriesChart("t", "x", "y", [new(at, double.NaN, double.NaN, double.NaN, 0), new(at.AddHours(1), double.NegativeInfinity, 0, 0, -1)]),
            new SeriesChart("t", "x", "y", [new(DateTime.MinValue, 1, 1, 0, 0), new(DateTime.MaxValue, double.MaxValue, double.MinValue, 0, 0)]),
            new TimelineChart("t", "l", []), new TimelineChart("t", "l", [new(at, null, "a", "b")]), new TimelineChart("t", "l", [new(at, at, "a", "b", true)]), new TimelineChart("t", "l", [new(at, at.AddDays(-1), "a", "b")]),
            new ProcessTreeChart("t", []), new ProcessTreeChart("t", [new(-1, 0, "", "", null, null, null, null, true)]),
            new ProcessTreeChart("t", [.. Enumerable.Range(0, 1200).Select(i => new ProcessNode(i - 1, i, "p", "1", at.AddDays(i), "c", "u", "h", false))]),
            new ProcessTreeChart("t", [new(5, 3, "parent that is not before it", "1", null, "c", null, null, false), new(0, -1, "child", "2", null, null, null, null, false)]),
        ];

        IReadOnlyList<ChartAnswer> answers = ChartCheck.Run(charts);

        for (int i = 0; i < charts.Length; i++)
        {
            answers[i].Errors.ShouldBeEmpty(charts[i].ToString());
            answers[i].Warnings.ShouldBeEmpty(charts[i].ToString());
        }
    }

    [Fact]
    public void Hostile_names_and_labels_are_shown_as_they_are_and_nothing_else()
    {
        string[] texts = [.. Hostile, .. ArbMap.Default.ArbFor<string>().Generator.Sample(60, new Rnd(7, 13), 6).Select(text => text ?? "")];
        var charts = new List<Chart>();
        var texted = new List<string>();
        for (int i = 0; i < texts.Length; i++)
        {
            string text = texts[i];
            charts.Add(new BarChart(text, text, text, [new(text, 3), new(text, 1), new("other", 1, true)]));
            charts.Add((i % 3) switch
            {
                0 => new SeriesChart(text, text, text, [new(SampleCharts.Start, 1, 2, 3, 1), new(SampleCharts.Start.AddHours(1), 2, 2, 0, 0)]),
                1 => new TimelineChart(text, text, [new(SampleCharts.Start, null, text, text), new(SampleCharts.Start, SampleCharts.Start.AddHours(1), "o" + text, text, true)]),
                _ => new ProcessTreeChart(text, [new(-1, 0, text, text, SampleCharts.Start, text, text, text, false), new(0, 1, text, text, null, text, text, text, true)]),
            });
            texted.AddRange([text, text]);
        }

        IReadOnlyList<ChartAnswer> answers = ChartCheck.Run(charts);

        for (int i = 0; i < charts.Count; i++)
        {
            answers[i].Errors.ShouldBeEmpty(charts[i].ToVegaLite());
            answers[i].Warnings.ShouldBeEmpty(charts[i].ToVegaLite());
            answers[i].Mark.ShouldBeNull();

            // Through JSON a lone surrogate becomes the sign for what is no character.
            string text = JsonDocument.Parse(JsonSerializer.Serialize(texted[i])).RootElement.GetString()!;
            if (charts[i] is BarChart or TimelineChart)
            {
                answers[i].Tooltips.ShouldNotBeEmpty();
                answers[i].Tooltips.ShouldAllBe(tip => tip.EnumerateObject().Count() >= 3);
                answers[i].Texts.ShouldContain(text.Length == 0 ? charts[i] is BarChart ? "3  ·  60.0%" : "o" : text);
            }
        }
    }

    [Fact]
    public void A_thinned_series_keeps_every_anomaly_and_each_extreme()
    {
        SeriesChart chart = SampleCharts.Series(50_000);
        SeriesPoint[] points = [.. chart.Points.Select((point, i) => i % 997 == 0 ? point with { Anomaly = 1 } : point)];

        IReadOnlyList<SeriesPoint> thinned = SeriesThinning.Thin(points, SeriesChart.MostPoints);

        thinned.Count.ShouldBeLessThanOrEqualTo(SeriesChart.MostPoints + 60);
        thinned.ShouldBe(thinned.OrderBy(point => point.Time));
        thinned.Count(point => point.Anomaly != 0).ShouldBe(points.Count(point => point.Anomaly != 0));
        thinned.Max(point => point.Value).ShouldBe(points.Where(point => !double.IsNaN(point.Value)).Max(point => point.Value));
        thinned.Any(point => double.IsNaN(point.Value)).ShouldBeTrue();
        JsonDocument.Parse((chart with { Points = points }).ToVegaLite()).RootElement.GetProperty("title").GetProperty("subtitle").GetString()!.ShouldContain("of 50,000 points");
    }

    [Fact]
    public void What_is_too_much_to_draw_is_cut_and_the_subtitle_says_so()
    {
        DateTime at = SampleCharts.Start;
        var bars = new BarChart("t", "l", "v", [.. Enumerable.Range(0, 900).Select(i => new Bar($"{i}", i))]);
        var lanes = new TimelineChart("t", "l", [.. Enumerable.Range(0, 300).Select(i => new TimelineEvent(at, null, $"{i}", "e", i == 299))]);
        var events = new TimelineChart("t", "l", [.. Enumerable.Range(0, 20_000).Select(i => new TimelineEvent(at.AddSeconds(i), null, "a", "e", i == 12_345))]);
        var tree = new ProcessTreeChart("t", [.. Enumerable.Range(0, 5000).Select(i => new ProcessNode(-1, 0, "p", $"{i}", null, null, null, null, false))]);

        Subtitle(bars).ShouldContain("the first 500 of 900");
        Subtitle(lanes).ShouldContain("60 of 300 events");
        lanes.ToVegaLite().ShouldContain("\"g\":\"299\"");
        Subtitle(events).ShouldContain("5,000 of 20,000 events");
        events.ToVegaLite().ShouldContain("\"h\":true");
        Subtitle(tree).ShouldContain("the first 1,000 of 5,000 processes");
    }

    [Fact]
    public void Texts_are_made_fit_to_be_shown_by_who_shows_them()
    {
        string spec = new BarChart("title", "label", "value", [new("evil.example", 1)]).ToVegaLite(text => $"<{text}>");

        spec.ShouldContain("<title>");
        spec.ShouldContain("<evil.example>");
    }

    private static string Subtitle(Chart chart) =>
        JsonDocument.Parse(chart.ToVegaLite()).RootElement.GetProperty("title").GetProperty("subtitle").GetString()!;
}
