using Quarry.Data.Files.Writers;
using Quarry.Reports;
using Quarry.Tables;

namespace Quarry.Cli.Running;

/// <summary>
/// Collects the rows that a page takes, counts the others, and gives the result as a section: to the report that it belongs to,
/// or as a page of its own.
/// </summary>
/// <param name="stream">Where a page of its own goes; stays open.</param>
/// <param name="report">Takes the section of a larger report; null for a page of its own.</param>
/// <param name="schema">The columns of the rows.</param>
/// <param name="view">How a person is shown them.</param>
internal sealed class ReportOutput(Stream stream, Action<ReportSection>? report, TableSchema schema, ResultView view) : ITableWriter
{
    // A browser opens a page of this size; the rows beyond are in any other format.
    private const long MostBytes = 64L << 20;

    // How many rows are taken at a time, so that the limit in bytes is not passed by much.
    private const int Step = 1024;

    // The width of a text in a page.
    private const int TextWidth = 120;

    private readonly TableBuilder _rows = new(schema);
    private long _total;

    /// <inheritdoc/>
    public void Write(Table table)
    {
        _total += table.RowCount;
        for (int row = 0; row < table.RowCount && _rows.RowCount < HtmlReport.MostRows && _rows.TextBytes < MostBytes; row += Step)
        {
            int count = Math.Min(Step, Math.Min(table.RowCount - row, HtmlReport.MostRows - _rows.RowCount));
            _rows.AppendAll(table.Slice(row, count));
        }
    }

    /// <inheritdoc/>
    public void Complete()
    {
        Table rows = _rows.Build();
        bool isCut = rows.RowCount < _total;
        var section = new ReportSection(view.Title)
        {
            Explanation = view.Explanation,
            Command = view.Command,
            Remarks = [.. view.Remarks().Concat(isCut ? ["The charts and the table are of the first rows only; the other formats hold all."] : [])],
            Charts = view.Draw(rows),
            Text = TextOf(rows),
            Table = rows,
            Headline = view.Headline,
            TotalRows = isCut ? _total : null,
        };
        if (report is not null)
        {
            report(section);
            return;
        }

        HtmlReport.Write(new Report($"quarry {view.Title}", [section]), stream);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private string? TextOf(Table rows)
    {
        if (!view.IsText || view.WriteText is not { } write)
        {
            return null;
        }

        using var writer = new StringWriter { NewLine = "\n" };
        write(rows, writer, TextWidth);
        return writer.ToString();
    }
}
