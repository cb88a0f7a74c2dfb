using System.Text.Json;
using Quarry.Tables;

namespace Quarry.Reports.Tests.Browser;

public sealed class ReportPageTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quarry-report-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_chart_is_drawn_and_nothing_is_loaded_or_said()
    {
        await using BrowserPage page = await OpenAsync(SampleReports.All());

        await page.DrawAllAsync();

        (await page.EvaluateAsync<int>("document.querySelectorAll('figure svg, figure canvas').length")).ShouldBe(4);
        (await page.EvaluateAsync<bool>("[...document.querySelectorAll('figure svg')].every(s => s.querySelectorAll('path').length > 8 && s.getBoundingClientRect().width > 600)")).ShouldBeTrue();
        page.Said.ShouldBeEmpty();
        ShouldLoadNothing(page);
    }

    [Fact]
    public async Task A_chart_says_what_is_under_the_pointer()
    {
        await using BrowserPage page = await OpenAsync(SampleReports.All());
        await page.DrawAllAsync();
        double[] at = await page.EvaluateAsync<double[]>("(() => { const b = document.querySelector('figure svg .mark-rect path').getBoundingClientRect(); return [b.x + 20, b.y + 8]; })()");

        await page.MoveAsync(at[0], at[1]);

        await page.UntilAsync("document.querySelector('.tip')");
        string tip = await page.EvaluateAsync<string>("document.querySelector('.tip').innerText");
        tip.ShouldContain("FileAccessed");
        tip.ShouldContain("1,834");
        tip.ShouldContain("53.5%");
    }

    [Fact]
    public async Task A_long_series_is_drawn_on_a_canvas()
    {
        await using BrowserPage page = await OpenAsync(new Report("t", [new ReportSection("s") { Charts = [Charts.SampleCharts.Series(8760)] }]));

        await page.DrawAllAsync();

        (await page.EvaluateAsync<bool>("""
            (() => { const c = document.querySelector('figure canvas'); const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
            const seen = new Set(); for (let i = 0; i < d.length; i += 4) seen.add(d[i] << 16 | d[i + 1] << 8 | d[i + 2]); return seen.size > 20; })()
            """)).ShouldBeTrue();
        page.Said.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_data_says_stays_text()
    {
        await using BrowserPage page = await OpenAsync(SampleReports.Hostile());

        await page.DrawAllAsync();

        (await page.EvaluateAsync<string>("document.title")).ShouldBe(SampleReports.Script + "\\u202e");
        (await page.EvaluateAsync<string>("document.querySelector('h2').textContent")).ShouldBe(SampleReports.Script);
        (await Cells(page))[0].ShouldBe([SampleReports.Script, "gpj\\u202eexe.bat \\x1b[31m\\x00", "javascript:alert(1)", "2"]);
        (await Cells(page))[1].ShouldBe(["<!--<script>", "&lt;b&gt; \\u2028\\u2029", "–", "10"]);
        (await page.EvaluateAsync<int>("document.querySelectorAll('img, iframe, object, embed, form, svg a, a:not([href^=\"#s\"])').length")).ShouldBe(0);
        (await page.EvaluateAsync<int>("[...document.scripts].filter(s => s.type === '').length")).ShouldBe(2);
        page.Said.ShouldBeEmpty();
        ShouldLoadNothing(page);
    }

    [Fact]
    public async Task Even_what_gets_into_the_page_does_not_run()
    {
        await using BrowserPage page = await OpenAsync(SampleReports.All());

        await page.EvaluateAsync<object>("(() => { const s = document.createElement('div'); try { s.innerHTML = '<img src=https://evil.example/x onerror=\"document.title=1\">'; } catch { document.body.dataset.refused = 'html'; } })()");
        await page.EvaluateAsync<object>("fetch('https://evil.example/').catch(() => document.body.dataset.fetch = 'refused')");

        (await page.EvaluateAsync<string>("document.body.dataset.refused")).ShouldBe("html");
        (await page.EvaluateAsync<string>("document.body.dataset.fetch")).ShouldBe("refused");
        ShouldLoadNothing(page);
    }

    [Fact]
    public async Task Indicators_are_shown_defanged_and_copied_as_they_are()
    {
        const string raw = "see https://evil.example.com/a?b=c and 203.0.113.58, again https://evil.example.com/a?b=c";
        await using BrowserPage page = await OpenAsync(SampleReports.Hostile());
        await page.DrawAllAsync();
        (await Cells(page))[2][0].ShouldBe("see hxxps[:]//evil[.]example[.]com/a?b=c and 203[.]0[.]113[.]58, again hxxps[:]//evil[.]example[.]com/a?b=c");
        (await Cells(page))[2][1].ShouldBe("mail me[at]evil[.]example[.]com");
        await page.EvaluateAsync<object>("document.addEventListener('copy', e => window.copied = e.clipboardData.getData('text/plain'))");

        await page.EvaluateAsync<object>("document.querySelectorAll('tbody tr[data-place]')[2].cells[0].focus()");
        await page.PressAsync("c", control: true);

        (await page.EvaluateAsync<string>("window.copied")).ShouldBe(raw);

        await page.PressAsync("Enter");
        await page.UntilAsync("document.querySelector('dialog[open]')");
        (await page.EvaluateAsync<string>("document.querySelector('dialog .value').textContent")).ShouldContain("hxxps[:]//evil[.]example");
        await page.EvaluateAsync<object>("window.copied = ''; DataTransfer.prototype.setData = function (type, text) { window.copied = text; }; document.querySelector('dialog .copy').click()");
        (await page.EvaluateAsync<string>("window.copied")).ShouldBe(raw);
        (await page.EvaluateAsync<string>("document.querySelectorAll('figure text')[0].parentNode.parentNode.ownerDocument.body.innerText")).ShouldNotContain("https://evil");
    }

    [Fact]
    public async Task A_table_is_sorted_by_number_time_and_text()
    {
        await using BrowserPage page = await OpenAsync(new Report("t", [new ReportSection("s") { Table = SampleReports.Numbers(500) }]));
        await page.DrawAllAsync();

        foreach ((int column, string type) in ((int, string)[])[(0, "time"), (1, "number"), (2, "number"), (3, "text")])
        {
            foreach (string direction in (string[])["ascending", "descending"])
            {
                await page.EvaluateAsync<object>($"document.querySelectorAll('th .name')[{column}].click()");
                (await page.EvaluateAsync<string>($"document.querySelectorAll('th')[{column}].getAttribute('aria-sort')")).ShouldBe(direction);
                (await page.EvaluateAsync<bool>($"document.querySelectorAll('th')[{column}].classList.contains('{type}')")).ShouldBeTrue();
                string[] values = [.. (await Cells(page)).Select(row => row[column])];
                string[] sorted = type == "number"
                    ? [.. values.OrderBy(value => double.Parse(value, System.Globalization.CultureInfo.InvariantCulture))]
                    : [.. values.Order(StringComparer.Ordinal)];
                values.ShouldBe(direction == "ascending" ? sorted : sorted.Reverse());
            }
        }

        await page.EvaluateAsync<object>("document.querySelectorAll('th .name')[3].click()");
        (await page.EvaluateAsync<int>("document.querySelectorAll('th[aria-sort=none]').length")).ShouldBe(4);
    }

    [Fact]
    public async Task A_table_is_filtered_over_all_columns_and_by_each()
    {
        Table table = SampleReports.Numbers(500);
        await using BrowserPage page = await OpenAsync(new Report("t", [new ReportSection("s") { Table = table }]));
        await page.DrawAllAsync();
        int[] rows = [.. Enumerable.Range(0, 500)];

        (await CountAsync(page, "document.querySelector('.search')", "HOST-07")).ShouldBe(rows.Count(i => i % 97 == 7));
        (await CountAsync(page, "document.querySelector('.search')", "nowhere")).ShouldBe(0);
        (await CountAsync(page, "document.querySelector('.search')", "")).ShouldBe(500);
        (await CountAsync(page, "document.querySelectorAll('.filters input')[1]", ">= 100")).ShouldBe(rows.Count(i => i % 11 != 0 && i * 37 % 1000 / 8.0 >= 100));
        (await CountAsync(page, "document.querySelectorAll('.filters input')[1]", "10..20")).ShouldBe(rows.Count(i => i % 11 != 0 && i * 37 % 1000 / 8.0 is >= 10 and <= 20));
        (await CountAsync(page, "document.querySelectorAll('.filters input')[1]", "")).ShouldBe(500);
        (await CountAsync(page, "document.querySelectorAll('.filters input')[3]", "=host-07")).ShouldBe(rows.Count(i => i % 97 == 7));
        (await CountAsync(page, "document.querySelectorAll('.filters input')[3]", "!host-0")).ShouldBe(rows.Count(i => i % 97 >= 10));
        (await CountAsync(page, "document.querySelectorAll('.filters input')[3]", "")).ShouldBe(500);
        (await CountAsync(page, "document.querySelectorAll('.filters input')[0]", "< 2026-03-10")).ShouldBe(rows.Count(i => Charts.SampleCharts.Start.AddMinutes(i * 7919 % 100_000) < new DateTime(2026, 3, 10)));
    }

    [Fact]
    public async Task The_columns_of_the_headline_come_first_and_the_others_on_demand()
    {
        await using BrowserPage page = await OpenAsync(SampleReports.All());
        await page.DrawAllAsync();
        (await page.EvaluateAsync<string[]>("[...document.querySelector('.grid').querySelectorAll('th')].map(h => h.textContent)")).ShouldBe(["IoCType", "Observable", "SourceIndex", "Input"]);

        await page.EvaluateAsync<object>("document.querySelector('.chooser').open = true");
        await page.UntilAsync("document.querySelector('.choices label')");
        await page.EvaluateAsync<object>("document.querySelectorAll('.choices label input')[6].click()");

        (await page.EvaluateAsync<string[]>("[...document.querySelector('.grid').querySelectorAll('th')].map(h => h.textContent)")).ShouldBe(["IoCType", "Observable", "SourceIndex", "Input", "Original"]);
    }

    [Fact]
    public async Task Fifty_thousand_rows_open_soon_and_few_of_them_are_in_the_page()
    {
        await using BrowserPage page = await OpenAsync(new Report("t", [new ReportSection("s") { Table = SampleReports.Large(60_000) }]));
        await page.DrawAllAsync();

        (await page.EvaluateAsync<string>("document.querySelector('.cut').textContent")).ShouldContain("the first 50,000 of 60,000 rows");
        (await page.EvaluateAsync<string>("document.querySelector('.count').textContent")).ShouldBe("50,000 rows");
        (await page.EvaluateAsync<int>("document.querySelectorAll('tbody tr').length")).ShouldBeLessThan(80);

        await page.EvaluateAsync<object>("document.querySelector('.scroller').scrollTop = 30 * 25000");
        await page.UntilAsync("[...document.querySelectorAll('tbody tr[data-place]')].some(r => r.cells[0].textContent === '25005')");
        (await page.EvaluateAsync<int>("document.querySelectorAll('tbody tr').length")).ShouldBeLessThan(80);

        await page.EvaluateAsync<object>("document.querySelectorAll('tbody tr[data-place]')[20].cells[0].focus()");
        await page.PressAsync("ArrowDown");
        (await page.EvaluateAsync<bool>("document.activeElement.tagName === 'TD' && document.activeElement.tabIndex === 0")).ShouldBeTrue();

        // Generous, because other work shares the machine: it is well under two seconds where it does not.
        (await page.EvaluateAsync<double>("(() => { const t = performance.now(); document.querySelectorAll('th .name')[5].click(); return performance.now() - t; })()")).ShouldBeLessThan(3000);
        (await page.EvaluateAsync<double>("(() => { const t = performance.now(); const s = document.querySelector('.search'); s.value = 'host7.example'; s.dispatchEvent(new Event('input')); return performance.now() - t; })()")).ShouldBeLessThan(5000);
        (await page.EvaluateAsync<double>("performance.timing.loadEventEnd - performance.timing.navigationStart")).ShouldBeLessThan(15_000);
    }

    private static async Task<int> CountAsync(BrowserPage page, string input, string text)
    {
        await page.EvaluateAsync<object>($"(() => {{ const i = {input}; i.value = {JsonSerializer.Serialize(text)}; i.dispatchEvent(new Event('input')); }})()");
        string count = await page.EvaluateAsync<string>("document.querySelector('.count').textContent");
        return int.Parse(count.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static Task<string[][]> Cells(BrowserPage page) =>
        page.EvaluateAsync<string[][]>("[...document.querySelectorAll('tbody tr[data-place]')].map(r => [...r.cells].map(c => c.textContent))");

    private static void ShouldLoadNothing(BrowserPage page) =>
        page.Requests.Where(address => !address.StartsWith("file:", StringComparison.Ordinal) && !address.StartsWith("data:,", StringComparison.Ordinal)).ShouldBeEmpty();

    private Task<BrowserPage> OpenAsync(Report report)
    {
        string path = Path.Combine(_folder, "report.html");
        using (FileStream file = File.Create(path))
        {
            HtmlReport.Write(report, file);
        }

        return chromium.OpenAsync(path);
    }
}
