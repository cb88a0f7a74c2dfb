using Quarry.Tables;

namespace Quarry.Reports;

/// <summary>A table as far as a page takes it.</summary>
internal sealed class ReportTable
{
    /// <summary>How many columns are shown at first where no headline is given.</summary>
    public const int MostFirstColumns = 16;

    /// <summary>How many characters of a cell a page takes.</summary>
    public const int MostCharacters = 32_768;

    private const long MostCells = 4_000_000;
    private const long MostTextBytes = 96L << 20;

    private ReportTable(Table table, int rows, IReadOnlyList<string> headline)
    {
        Table = table.Slice(0, rows);
        HashSet<string> first = [.. headline.Where(name => table.Schema.Any(column => column.Name == name))];
        Headline = [.. table.Schema.Select((column, i) => first.Count == 0 ? i < MostFirstColumns : first.Contains(column.Name))];
    }

    /// <summary>The rows that the page takes.</summary>
    public Table Table { get; }

    /// <summary>For each column whether it is shown at first.</summary>
    public IReadOnlyList<bool> Headline { get; }

    /// <summary>Takes as much of a section's table as a page bears.</summary>
    public static ReportTable Of(Table table, IReadOnlyList<string> headline)
    {
        long rows = Math.Min(table.RowCount, HtmlReport.MostRows);
        rows = Math.Min(rows, Math.Max(1, MostCells / Math.Max(1, table.Columns.Count)));
        return new ReportTable(table, RowsOfText(table, (int)rows), headline);
    }

    // The first rows whose text is not too much for a browser; at least one.
    private static int RowsOfText(Table table, int rows)
    {
        TextColumn[] columns = [.. table.Columns.OfType<TextColumn>()];
        long Size(int count) => columns.Sum(column => (long)column.Offsets[count] - column.Offsets[0]);
        int low = Math.Min(1, rows), high = rows;
        while (low < high)
        {
            int middle = high - ((high - low) / 2);
            (low, high) = Size(middle) <= MostTextBytes ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
