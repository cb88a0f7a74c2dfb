namespace Quarry.Reports;

/// <summary>
/// Writes a report as one HTML file that is readable without a network: it holds its scripts, styles and data, loads
/// nothing, and its content security policy lets nothing else run.
/// </summary>
public static class HtmlReport
{
    /// <summary>How many rows of a table a page takes. Very wide or very long tables are cut earlier; the page says so.</summary>
    public const int MostRows = 50_000;

    /// <summary>Writes a report as UTF-8. The same report gives the same bytes.</summary>
    /// <param name="report">What to write.</param>
    /// <param name="stream">Where to; it stays open.</param>
    public static void Write(Report report, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(stream);
        using var page = new PageWriter(stream);
        page.Write(report);
    }
}
