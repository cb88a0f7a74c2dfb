using Quarry.Tables;

namespace Quarry.Logs;

/// <summary>The columns of a parsed log by what they mean, whatever table they come from.</summary>
internal sealed class LogSchema
{
    private LogSchema(TableSchema schema)
    {
        Time = First(schema, "TimeGenerated", "EventTime", "Timestamp", "Time", "time");
        Computer = First(schema, "Computer", "HostName", "DeviceName", "host");
        Process = First(schema, "ProcessName");
        ProcessId = First(schema, "ProcessID");
        Message = First(schema, "SyslogMessage");
        SourceIndex = First(schema, "SourceIndex");
    }

    /// <summary>The position of the column of times, or -1; likewise the others.</summary>
    public int Time { get; }

    /// <summary>The machine.</summary>
    public int Computer { get; }

    /// <summary>The program that logs.</summary>
    public int Process { get; }

    /// <summary>Its process id.</summary>
    public int ProcessId { get; }

    /// <summary>The message.</summary>
    public int Message { get; }

    /// <summary>The row of the log.</summary>
    public int SourceIndex { get; }

    /// <summary>The columns of a schema.</summary>
    public static LogSchema Of(TableSchema schema) => new(schema);

    /// <summary>The position of the first of the names that is there, or -1.</summary>
    public static int First(TableSchema schema, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (schema.IndexOf(name) is >= 0 and var at)
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>The time of a row, or null where it is missing or unreadable.</summary>
    public DateTime? TimeOf(Table table, int row) =>
        Time >= 0 && CellReading.ReadTime(table[Time], row, out DateTime time) == CellState.Read ? time : null;

    /// <summary>The text of a cell; null where it is blank, is the word null, or the column is not there.</summary>
    public static string? TextOf(Table table, int column, int row) =>
        column >= 0 && CellReading.IsFilled(table[column], row) && CellReading.ReadText(table[column], row) is { } text && text != "null" ? text : null;

    /// <summary>The row of the input.</summary>
    public long SourceOf(Table table, int row, long first) =>
        SourceIndex >= 0 && CellReading.ReadNumber(table[SourceIndex], row, out double index) == CellState.Read ? (long)index : first + row;
}
