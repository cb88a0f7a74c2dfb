using System.Text;
using System.Text.Json;
using Quarry.Catalogue;
using Quarry.Logs;
using Quarry.Tables;
using static Quarry.Fuzz.BrokenInvariantException;

namespace Quarry.Fuzz;

/// <summary>Reads an input as a log, both ways, and checks that no line is lost and that the result does not depend on batches or threads.</summary>
internal static class LogCheck
{
    /// <summary>Checks a log; returns the bytes worked on.</summary>
    /// <exception cref="BrokenInvariantException">Something does not hold.</exception>
    public static long Run(byte[] log)
    {
        // The readers give valid UTF-8.
        byte[][] lines = [.. Encoding.UTF8.GetString(log).Split('\n').Select(Encoding.UTF8.GetBytes)];
        long filled = lines.LongCount(line => !CellReading.IsBlank(line));
        Table syslog = Parse(lines, LogFormat.Syslog, 4096, 1);
        Require(syslog.RowCount == filled, "a line of syslog has no row");
        Require(Same(syslog, Parse(lines, LogFormat.Syslog, 3, 2)), "syslog depends on batches or threads");
        CheckJson(syslog.Text("StructuredData"));

        Table auditd = Parse(lines, LogFormat.Auditd, 4096, 1);
        Require(((ValueColumn<int>)auditd["records"]).Values.ToArray().Sum(r => (long)r) == filled, "a line of auditd is in no row");
        Require(Same(auditd, Parse(lines, LogFormat.Auditd, 3, 2)), "auditd depends on batches or threads");
        CheckJson(auditd.Text("fields"));
        CheckJson(auditd.Text("args"));
        return 4L * log.Length;
    }

    private static Table Parse(byte[][] lines, LogFormat format, int batchRows, int threads)
    {
        var column = new TextColumnBuilder();
        foreach (byte[] line in lines)
        {
            column.Append(line);
        }

        var table = new Table(new TableSchema(new ColumnSchema("Line", ColumnType.String)), column.Build());
        using TableStream input = TableStream.Of(table, batchRows);
        using TableStream rows = input.ParseLogs(["Line"], new ParseOptions { As = format }, new AnalysisContext { Threads = threads, Time = new FixedTime() });
        return rows.Gather();
    }

    private static bool Same(Table a, Table b)
    {
        for (int column = 0; column < a.Schema.Count; column++)
        {
            for (int row = 0; row < a.RowCount; row++)
            {
                if (!Equals(a[column].GetValue(row), b[column].GetValue(row)))
                {
                    return false;
                }
            }
        }

        return a.RowCount == b.RowCount;
    }

    private static void CheckJson(TextColumn column)
    {
        for (int row = 0; row < column.Length; row++)
        {
            if (!column.IsNull(row))
            {
                JsonDocument.Parse(column[row].ToArray()).Dispose();
            }
        }
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 3, 4, 0, 0, 0, TimeSpan.Zero);
    }
}
