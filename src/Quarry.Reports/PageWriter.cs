using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Quarry.Charts;
using Quarry.Tables;

namespace Quarry.Reports;

/// <summary>
/// Writes the page. A text of the data gets there in two ways only: encoded as HTML text, or as JSON in a script element that
/// the browser does not run, in which the encoder leaves no character that could end it.
/// </summary>
internal sealed class PageWriter(Stream stream) : IDisposable
{
    // All characters stand as they are but those that mean something to HTML, or are not seen: these are escaped.
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(Characters());
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.Create(Characters()) };

    private readonly StreamWriter _out = new(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
    private int _data;

    /// <inheritdoc/>
    public void Dispose() => _out.Dispose();

    /// <summary>Writes the whole page.</summary>
    public void Write(Report report)
    {
        bool hasCharts = report.Sections.Any(section => section.Charts.Count > 0);
        WriteHead(report.Title, hasCharts);
        _out.Write("<body>\n");
        WriteHeader(report);
        _out.Write("<main>\n");
        for (int i = 0; i < report.Sections.Count; i++)
        {
            WriteSection(report.Sections[i], i + 1);
        }

        _out.Write("</main>\n<footer>Made by Quarry. This file loads nothing, and nothing in it is a link. Indicators are shown defanged; "
            + "copy a cell to have it as it is in the data.</footer>\n<div id=\"status\" role=\"status\"></div>\n");
        if (hasCharts)
        {
            WriteData("dark-config", json => WriteParsed(json, ChartTheme.Dark.ToVegaLiteConfig()));
            WriteElement("script", PageResource.Charts);
        }

        WriteElement("script", PageResource.Script);
        _out.Write("</body>\n</html>\n");
        _out.Flush();
    }

    private void WriteHead(string title, bool hasCharts)
    {
        string scripts = hasCharts ? $"{PageResource.Script.Hash} {PageResource.Charts.Hash}" : PageResource.Script.Hash;
        string policy = $"default-src 'none'; script-src {scripts}; style-src {PageResource.Styles.Hash}; img-src data:; "
            + "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
        _out.Write($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{policy}">
            <meta name="referrer" content="no-referrer">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="format-detection" content="telephone=no, address=no, email=no">
            <title>{Shown(title)}</title>
            <link rel="icon" href="data:,">

            """.ReplaceLineEndings("\n"));
        WriteElement("style", PageResource.Styles);
        _out.Write("</head>\n");
    }

    private void WriteHeader(Report report)
    {
        _out.Write($"<header class=\"top\">\n<h1>{Shown(report.Title)}</h1>\n");
        WriteParagraphs(report.Introduction);
        if (report.Created is { } created)
        {
            string text = created.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            _out.Write($"<p class=\"made\">Made {text} UTC</p>\n");
        }

        _out.Write("<noscript><p class=\"noscript\">The tables and charts of this report are drawn by the script in this file, and scripts are "
            + "switched off here. Allow them for this file: it loads nothing. The data is in it as JSON.</p></noscript>\n");
        if (report.Sections.Count > 2)
        {
            _out.Write("<nav aria-label=\"Contents\"><ol>\n");
            for (int i = 0; i < report.Sections.Count; i++)
            {
                _out.Write($"<li><a href=\"#s{i + 1}\">{Shown(report.Sections[i].Title)}</a></li>\n");
            }

            _out.Write("</ol></nav>\n");
        }

        _out.Write("</header>\n");
    }

    private void WriteSection(ReportSection section, int number)
    {
        _out.Write($"<section id=\"s{number}\" aria-labelledby=\"h{number}\">\n<h2 id=\"h{number}\">{Shown(section.Title)}</h2>\n");
        WriteParagraphs(section.Explanation);
        if (section.Command is { } command)
        {
            string id = $"d{++_data}";
            _out.Write($"<div class=\"command\"><code>{Shown(command)}</code><button type=\"button\" class=\"quiet\" data-copy=\"{id}\">Copy</button></div>\n");
            WriteData(id, json => json.WriteStringValue(command));
        }

        ReportTable? table = section.Table is null ? null : ReportTable.Of(section.Table, section.Headline);
        ReportColumn[] columns = table is null ? [] : [.. table.Table.Columns.Select((column, i) => ReportColumn.Of(table.Table.Schema[i].Name, column))];
        WriteRemarks(section, table, columns);
        foreach (Chart chart in section.Charts)
        {
            string id = $"d{++_data}";
            _out.Write($"<figure class=\"chart\" data-chart=\"{id}\"><p class=\"waiting\">{Shown(chart.Title)}</p></figure>\n");
            WriteData(id, json =>
            {
                json.WriteStartObject();
                json.WritePropertyName("spec");
                WriteParsed(json, chart.ToVegaLite(text => ShownTexts.Show(text)));
                json.WriteEndObject();
            });
        }

        if (section.Text is { } text)
        {
            _out.Write($"<pre class=\"text\" tabindex=\"0\">{Lines(text)}</pre>\n");
        }

        if (table is not null)
        {
            WriteTable(section.Title, table, columns);
        }

        _out.Write("</section>\n");
    }

    private void WriteRemarks(ReportSection section, ReportTable? table, ReportColumn[] columns)
    {
        List<string> remarks = [.. section.Remarks];
        List<string> cuts = [];
        long total = Math.Max(section.TotalRows ?? 0, section.Table?.RowCount ?? 0);
        if (table is not null && total > table.Table.RowCount)
        {
            cuts.Add(string.Create(CultureInfo.InvariantCulture, $"This page holds the first {table.Table.RowCount:N0} of {total:N0} rows. Write them all with -o and a csv, jsonl or parquet file."));
        }

        if (columns.Sum(column => (long)column.CutCells) is > 0 and long cells)
        {
            cuts.Add(string.Create(CultureInfo.InvariantCulture, $"{cells:N0} {(cells == 1 ? "cell is" : "cells are")} longer than {ReportTable.MostCharacters:N0} characters and cut here."));
        }

        if (remarks.Count + cuts.Count == 0)
        {
            return;
        }

        _out.Write("<ul class=\"remarks\">\n");
        cuts.ForEach(cut => _out.Write($"<li class=\"cut\">{Html.Encode(cut)}</li>\n"));
        remarks.ForEach(remark => _out.Write($"<li>{Shown(remark)}</li>\n"));
        _out.Write("</ul>\n");
    }

    private void WriteTable(string label, ReportTable table, ReportColumn[] columns)
    {
        string id = $"d{++_data}";
        _out.Write($"<div class=\"table\" data-table=\"{id}\"></div>\n");
        WriteData(id, json =>
        {
            json.WriteStartObject();
            json.WriteString("label", ShownTexts.Show(label));
            json.WriteNumber("rows", table.Table.RowCount);
            json.WriteStartArray("columns");
            for (int i = 0; i < columns.Length; i++)
            {
                columns[i].WriteTo(json, table.Headline[i]);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private void WriteParagraphs(string? text)
    {
        foreach (string paragraph in (text ?? "").ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            _out.Write($"<p>{Shown(paragraph.Replace('\n', ' ').Trim())}</p>\n");
        }
    }

    private void WriteData(string id, Action<Utf8JsonWriter> write)
    {
        _out.Write($"<script type=\"application/json\" id=\"{id}\">");
        _out.Flush();
        using (var json = new Utf8JsonWriter(stream, Json))
        {
            write(json);
        }

        _out.Write("</script>\n");
    }

    private void WriteElement(string name, PageResource resource)
    {
        _out.Write($"<{name}>");
        _out.Flush();
        stream.Write(resource.Utf8);
        _out.Write($"</{name}>\n");
    }

    // Written again by this page's encoder: the specification's own leaves < and > as they are.
    private static void WriteParsed(Utf8JsonWriter json, string text)
    {
        using JsonDocument parsed = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 256 });
        parsed.RootElement.WriteTo(json);
    }

    private static string Lines(string text) =>
        string.Join('\n', ShownTexts.Show(text.Replace("\r\n", "\n", StringComparison.Ordinal), keepLines: true).Replace("\t", "    ", StringComparison.Ordinal).Split('\n').Select(Html.Encode));

    private static TextEncoderSettings Characters()
    {
        var characters = new TextEncoderSettings(UnicodeRanges.All);
        characters.ForbidCharacters([.. Enumerable.Range(0, char.MaxValue).Where(VisibleText.IsUnsafe).Select(c => (char)c)]);
        return characters;
    }

    private static string Shown(string text) => Html.Encode(ShownTexts.Show(text));
}
