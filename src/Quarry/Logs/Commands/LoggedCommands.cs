using Quarry.Catalogue;
using Quarry.Tables;

namespace Quarry.Logs.Commands;

/// <summary>Finds commands in tables and raw logs.</summary>
public static class LoggedCommands
{
    private static readonly string[] Whole = ["Command", "cmdline", "cmd", "CommandLine", "ProcessCommandLine"];

    private static readonly string[] Users = ["User", "Sudoer", "AccountName", "SubjectUserName", "acct", "auid", "uid"];

    /// <summary>
    /// The commands of a stream: in the columns that are asked for; else in a column <c>Command</c>, <c>cmdline</c>, <c>cmd</c>,
    /// <c>CommandLine</c> or <c>ProcessCommandLine</c>; else in the messages of sudo and cron in <c>SyslogMessage</c>; else the
    /// rows are raw log lines, which are parsed. Rows without a command give none.
    /// </summary>
    /// <param name="stream">The rows; disposed when the commands are taken.</param>
    /// <param name="context">Columns, and how to run.</param>
    /// <exception cref="QuarryException">There is no such column.</exception>
    public static IEnumerable<LoggedCommand> ReadCommands(this TableStream stream, AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using TableStream rows = ParsedWhereRaw(stream, context, Whole);
        int[] whole = [.. context.Columns.Count > 0 && rows == stream ? context.Columns.Select(rows.Schema.Require) : Whole.Select(rows.Schema.IndexOf).Where(i => i >= 0)];
        foreach (TableBatch batch in rows.TakeBatches())
        {
            context.Cancellation.ThrowIfCancellationRequested();
            foreach (LoggedCommand command in Read(batch.Table, batch.FirstRow, whole))
            {
                yield return command;
            }
        }
    }

    /// <summary>The commands of the rows of a table; <paramref name="whole"/> are the columns that are commands as a whole.</summary>
    internal static IEnumerable<LoggedCommand> Read(Table table, long first, int[] whole)
    {
        LogSchema schema = LogSchema.Of(table.Schema);
        int[] users = [.. Users.Select(table.Schema.IndexOf).Where(i => i >= 0)];
        for (int row = 0; row < table.RowCount; row++)
        {
            string? host = LogSchema.TextOf(table, schema.Computer, row);
            bool isFound = false;
            foreach (int column in whole)
            {
                if (LogSchema.TextOf(table, column, row) is { } command)
                {
                    isFound = true;
                    string? by = users.Select(user => LogSchema.TextOf(table, user, row)).FirstOrDefault(u => u is not null) ?? UserOfMessage(table, schema, row);
                    yield return new LoggedCommand(schema.TimeOf(table, row), host, by, command, schema.SourceOf(table, row, first));
                }
            }

            if (!isFound && MayHoldCommand(table, schema, row)
                && CommandMessage.TryRead(LogSchema.TextOf(table, schema.Message, row), out string? who, out string found))
            {
                yield return new LoggedCommand(schema.TimeOf(table, row), host, who, found, schema.SourceOf(table, row, first));
            }
        }
    }

    /// <summary>A stream as it is where it has one of the columns or a message, else parsed as raw lines.</summary>
    internal static TableStream ParsedWhereRaw(TableStream stream, AnalysisContext context, params ReadOnlySpan<string> columns)
    {
        bool isParsed = stream.Schema.IndexOf("SyslogMessage") >= 0 || LogSchema.First(stream.Schema, columns) >= 0;
        bool isLine = context.Columns.Count == 0 || (context.Columns.Count == 1 && context.Columns[0] is "Line" or "text");
        return isParsed || !isLine ? stream : stream.ParseLogs([], new ParseOptions(), context with { Columns = [], Progress = null });
    }

    private static bool MayHoldCommand(Table table, LogSchema schema, int row) =>
        schema.Message >= 0 && table[schema.Message] is TextColumn text
        && (text[row].IndexOf("COMMAND="u8) >= 0 || text[row].IndexOf(") CMD ("u8) >= 0);

    private static string? UserOfMessage(Table table, LogSchema schema, int row) =>
        MayHoldCommand(table, schema, row) && CommandMessage.TryRead(LogSchema.TextOf(table, schema.Message, row), out string? user, out _) ? user : null;
}
