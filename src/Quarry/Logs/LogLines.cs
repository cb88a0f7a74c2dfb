using Quarry.Tables;

namespace Quarry.Logs;

/// <summary>Where the lines of a log stand in a table.</summary>
internal static class LogLines
{
    /// <summary>How many of the first rows are looked at to tell a format and a year.</summary>
    public const int HeadRows = 4096;

    /// <summary>And how many bytes of them at most: a line may be long.</summary>
    public const int HeadBytes = 16 << 20;

    // Plain text and --text as the command gives them; what Sentinel, Splunk and others export raw lines as.
    private static readonly string[] Known = ["Line", "text", "AuditdMessage", "RawData", "RawMessage", "RawEvent", "_raw", "Message", "message"];

    /// <summary>The columns that hold lines: those that were asked for, else one that is called so, else the only one of text.</summary>
    /// <exception cref="QuarryException">It cannot be told which, or there is none.</exception>
    public static int[] Choose(TableSchema schema, IReadOnlyList<string> asked)
    {
        if (asked.Count > 0)
        {
            return [.. TextColumns.Choose(schema, asked).Select(schema.Require)];
        }

        string[] text = [.. TextColumns.Choose(schema, [])];
        string? chosen = Known.FirstOrDefault(text.Contains) ?? (text.Length == 1 ? text[0] : null);
        if (chosen is not null)
        {
            return [schema.Require(chosen)];
        }

        throw new QuarryException(text.Length == 0
            ? "No column holds text, so there are no log lines to read. Give a log file, or a table with a column of raw lines."
            : $"It cannot be told which column holds the log lines: name it with --column. Columns of text: {string.Join(", ", text.Take(50))}.");
    }

    /// <summary>The lines of the first rows, without blank ones.</summary>
    public static IEnumerable<byte[]> First(IReadOnlyList<TableBatch> head, int[] columns)
    {
        int left = HeadRows;
        long bytes = 0;
        foreach (TableBatch batch in head)
        {
            for (int row = 0; row < batch.Table.RowCount && left > 0 && bytes < HeadBytes; row++, left--)
            {
                foreach (int column in columns)
                {
                    var text = (TextColumn)batch.Table[column];
                    bytes += text[row].Length;
                    if (CellReading.IsFilled(text, row))
                    {
                        yield return text[row].ToArray();
                    }
                }
            }
        }
    }
}
