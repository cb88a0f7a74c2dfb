using System.Text;
using Quarry.Catalogue;
using Quarry.Tables;

namespace Quarry.Tests.Logs;

/// <summary>Tables of log lines, and their rows as text.</summary>
internal static class LogText
{
    /// <summary>A table with a line a row, as the reader of plain text gives it.</summary>
    public static Table Lines(params IEnumerable<string> lines)
    {
        var column = new TextColumnBuilder();
        foreach (string line in lines)
        {
            column.Append(Encoding.UTF8.GetBytes(line));
        }

        return new Table(new TableSchema(new ColumnSchema("Line", ColumnType.String)), column.Build());
    }

    /// <summary>The lines of a file.</summary>
    public static Table File(string path) => Lines(System.IO.File.ReadLines(path));

    /// <summary>A file of the repository.</summary>
    public static string Repository(string relative)
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !System.IO.File.Exists(Path.Combine(at.FullName, "Quarry.slnx")))
        {
            at = at.Parent;
        }

        return Path.Combine(at!.FullName, relative);
    }

    /// <summary>Every cell of every row.</summary>
    public static string[] Rows(this Table table) =>
        [.. Enumerable.Range(0, table.RowCount).Select(row => string.Join('|', table.Columns.Select(c => c.GetValue(row) is DateTime t ? t.ToString("o") : c.GetValue(row))))];

    /// <summary>A cell as text.</summary>
    public static string? Cell(this Table table, int row, string column) => table[column].GetValue(row) switch
    {
        null => null,
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"),
        object value => value.ToString(),
    };

    /// <summary>A context at a time, which collects remarks.</summary>
    public static AnalysisContext At(string now, List<string>? remarks = null, int threads = 1) => new()
    {
        Time = new Clock(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)),
        Remark = remarks is null ? null : remarks.Add,
        Threads = threads,
    };

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
