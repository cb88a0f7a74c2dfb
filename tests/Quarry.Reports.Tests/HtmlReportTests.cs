using System.Text;
using System.Text.RegularExpressions;
using FsCheck.Fluent;
using Quarry.Charts;
using Quarry.Tables;

namespace Quarry.Reports.Tests;

public sealed class HtmlReportTests
{
    [Fact]
    public void The_same_report_gives_the_same_bytes_and_the_stream_stays_open()
    {
        using var first = new MemoryStream();
        using var second = new MemoryStream();

        HtmlReport.Write(SampleReports.All(), first);
        HtmlReport.Write(SampleReports.All(), second);

        first.ToArray().ShouldBe(second.ToArray());
        first.CanWrite.ShouldBeTrue();
        Encoding.UTF8.GetString(first.ToArray()).ShouldContain("Made 2026-03-05 08:30:00 UTC");
    }

    [Fact]
    public void A_report_without_charts_goes_without_Vega()
    {
        string page = Write(new Report("t", [new ReportSection("s") { Table = SampleReports.Numbers(3) }]));

        page.Length.ShouldBeLessThan(60_000);
        page.ShouldNotContain(PageResource.Charts.Hash);
    }

    [Fact]
    public void The_policy_lets_only_the_pages_own_scripts_run()
    {
        string policy = Regex.Match(Write(SampleReports.All()), "Content-Security-Policy\" content=\"([^\"]*)\"").Groups[1].Value;

        policy.ShouldStartWith("default-src 'none'; script-src 'sha256-");
        policy.ShouldNotContain("unsafe");
        policy.ShouldNotContain("connect-src");
        policy.ShouldContain("base-uri 'none'; form-action 'none'");
    }

    [Fact]
    public void No_text_of_the_data_can_leave_its_place()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), random =>
        {
            string text = (random ?? "") + SampleReports.Script + "<!-- ]]> \u2028\u202E &amp;";
            var report = new Report(text,
            [
                new ReportSection(text)
                {
                    Explanation = text, Command = text, Remarks = [text], Text = text,
                    Table = new TableBuilder((text, ColumnType.String)).AddRow(text).Build(),
                    Charts = [new BarChart(text, text, text, [new(text, 1)])],
                },
            ]);

            string page = Write(report);

            // What is between the elements that the page itself writes holds nothing that begins another.
            string bare = Regex.Replace(page, "<script>.*?</script>|<style>.*?</style>", "", RegexOptions.Singleline);
            Regex.Count(bare, "<script").ShouldBe(Regex.Count(bare, "<script type=\"application/json\" id=\"(d[0-9]+|dark-config)\">"));
            Regex.Count(bare, "<script").ShouldBe(Regex.Count(bare, "</script>"));
            bare.ShouldNotContain("<img");
            bare.ShouldNotContain("<!--");
            bare.Any(c => c != '\n' && VisibleText.IsUnsafe(c)).ShouldBeFalse();
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("http://evil.example.com/a.b", "hxxp[:]//evil[.]example[.]com/a.b")]
    [InlineData("x 203.0.113.58:80 y 203.0.113.58", "x 203[.]0[.]113[.]58:80 y 203[.]0[.]113[.]58")]
    [InlineData("me@evil.example.com", "me[at]evil[.]example[.]com")]
    [InlineData("http://localhost/x and ftp://nas", "hxxp[:]//localhost/x and fxp[:]//nas")]
    [InlineData("hxxp[:]//evil[.]example[.]com", "hxxp[:]//evil[.]example[.]com")]
    [InlineData("C:\\Windows\\System32\\cmd.exe 4.8", "C:\\Windows\\System32\\cmd.exe 4.8")]
    [InlineData("9e107d9d372bb6826bd81d3542a419d6", "9e107d9d372bb6826bd81d3542a419d6")]
    [InlineData("a\u202Eb\u001b[0m\r\n\t", "a\\u202eb\\x1b[0m\\r\\n\\t")]
    [InlineData("http://a.example.com/\u202Ex", "hxxp[:]//a[.]example[.]com/\\u202ex")]
    [InlineData("EVIL.example.com evil.example.com", "EVIL[.]example[.]com evil[.]example[.]com")]
    public void Texts_are_shown_defanged_and_visible(string text, string shown) => ShownTexts.Show(text).ShouldBe(shown);

    [Fact]
    public void Patches_change_the_text_to_what_is_shown()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), random =>
        {
            string text = $"{random} http://a.example.com/{random} \u202E 203.0.113.58 {random}";
            string shown = ShownTexts.Show(text);

            shown.Any(c => VisibleText.IsUnsafe(c)).ShouldBeFalse();
            shown.ShouldNotContain("http://");
            shown.ShouldNotContain("203.0.113.58");
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Numbers_are_rounded_for_the_eye_and_kept_beside_it()
    {
        Table table = new TableBuilder(("r", ColumnType.Real)).AddRow(0.25555327868197436).AddRow(232055086.86587423).AddRow(1.5).Build();

        string page = Write(new Report("t", [new ReportSection("s") { Table = table }]));

        page.ShouldContain("\"values\":[\"0.25555327868197436\",\"1.5\",\"232055086.86587423\"]");
        page.ShouldContain("\"patches\":{\"0\":[0,19,\"0.255553\"],\"2\":[0,18,\"232055087\"]}");
    }

    [Fact]
    public void A_text_of_thousands_of_indicators_is_defanged_in_one_pass()
    {
        string text = string.Join(' ', Enumerable.Range(0, 3000).Select(i => $"{i % 250}.{i / 250}.7.9 u{i}@example.com https://h{i}.example.org/a.b"));

        string shown = ShownTexts.Show(text);

        shown.ShouldStartWith("0[.]0[.]7[.]9 u0[at]example[.]com hxxps[:]//h0[.]example[.]org/a[.]b");
        shown.ShouldNotContain("://");
    }

    [Fact]
    public void Cut_rows_and_cells_are_said()
    {
        Table table = new TableBuilder(("a", ColumnType.String)).AddRow(new string('x', 40_000)).AddRow("b").Build();

        string page = Write(new Report("t", [new ReportSection("s") { Table = table, TotalRows = 7, Remarks = ["of the analysis"] }]));

        page.ShouldContain("This page holds the first 2 of 7 rows.");
        page.ShouldContain("1 cell is longer than 32,768 characters and cut here.");
        page.ShouldContain("[cut: 40,000 characters]");
        page.ShouldContain("<li>of the analysis</li>");
    }

    [Fact]
    public void Very_wide_tables_are_cut_to_what_a_page_takes()
    {
        var table = new TableBuilder(Enumerable.Range(0, 10_000).Select(i => ($"c{i}", ColumnType.Long)));
        object?[] cells = [.. Enumerable.Range(0, 10_000).Select(i => (object)(long)i)];
        for (int i = 0; i < 410; i++)
        {
            table.AddRow(cells);
        }

        ReportTable taken = ReportTable.Of(table.Build(), ["c5", "no such column"]);

        taken.Table.RowCount.ShouldBe(400);
        taken.Headline.Count(isShown => isShown).ShouldBe(1);
    }

    [Fact]
    public void Every_type_of_column_and_an_empty_table_are_written()
    {
        var types = new TableBuilder(
            ("bool", ColumnType.Bool), ("int", ColumnType.Int), ("long", ColumnType.Long), ("real", ColumnType.Real), ("decimal", ColumnType.Decimal),
            ("time", ColumnType.DateTime), ("span", ColumnType.TimeSpan), ("guid", ColumnType.Guid), ("json", ColumnType.Dynamic), ("text", ColumnType.String))
            .AddRow(true, 1, long.MaxValue, double.NaN, 1.5m, DateTime.MaxValue, TimeSpan.FromSeconds(1), Guid.Empty, "{\"a\":1}", "")
            .AddRow(false, -1, long.MaxValue - 1, double.PositiveInfinity, -1.5m, DateTime.MinValue, TimeSpan.FromDays(-400), Guid.AllBitsSet, "[]", " ")
            .AddRow(null, null, null, null, null, null, null, null, null, null);

        string page = Write(new Report("t", [new ReportSection("s") { Table = types.Build() }, new ReportSection("e") { Table = new TableBuilder(("a", ColumnType.String)).Build() }]));

        // 9223372036854775806 before 9223372036854775807, though a double takes them for the same.
        page.ShouldContain("\"values\":[\"9223372036854775806\",\"9223372036854775807\"],\"patches\":{},\"codes\":[1,0,-1]");
        page.ShouldContain("\"values\":[\"-400.00:00:00\",\"00:00:01\"]");
        page.ShouldContain("\"values\":[],\"patches\":{},\"codes\":[]");
    }

    private static string Write(Report report)
    {
        using var stream = new MemoryStream();
        HtmlReport.Write(report, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
