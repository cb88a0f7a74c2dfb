using Quarry.Catalogue;
using Quarry.Tables;

namespace Quarry.Logs.Syslog;

/// <summary>Syslog lines as rows with the columns of Sentinel's Syslog table.</summary>
public static class SyslogTables
{
    internal const int TimeGenerated = 0;
    internal const int Computer = 1;
    internal const int EventTime = 2;
    internal const int Facility = 3;
    internal const int HostName = 4;
    internal const int SeverityLevel = 5;
    internal const int SyslogMessage = 6;
    internal const int ProcessId = 7;
    internal const int HostIp = 8;
    internal const int ProcessName = 9;
    internal const int Type = 10;
    internal const int ProcId = 11;
    internal const int MsgId = 12;
    internal const int StructuredDataColumn = 13;
    internal const int Form = 14;
    internal const int SourceIndex = 15;
    internal const int ParseError = 16;

    /// <summary>The columns of the result: Sentinel's, and behind <c>Type</c> ours.</summary>
    public static IReadOnlyList<OutputColumn> Columns { get; } =
    [
        new("TimeGenerated", ColumnType.DateTime, "The time in the line, UTC; null where it has none."),
        new("Computer", ColumnType.String, "The host in the line."),
        new("EventTime", ColumnType.DateTime, "The same time."),
        new("Facility", ColumnType.String, "The facility's name; null without a priority."),
        new("HostName", ColumnType.String, "The host in the line."),
        new("SeverityLevel", ColumnType.String, "The severity's name; null without a priority."),
        new("SyslogMessage", ColumnType.String, "The message; the whole line where it could not be read."),
        new("ProcessID", ColumnType.Int, "The process id, where it is a number."),
        new("HostIP", ColumnType.String, "The host, where it is an IP address."),
        new("ProcessName", ColumnType.String, "The program: tag or application name."),
        new("Type", ColumnType.String, "Syslog."),
        new("ProcId", ColumnType.String, "The process id, where it is no number."),
        new("MsgId", ColumnType.String, "RFC 5424's message id."),
        new("StructuredData", ColumnType.Dynamic, "RFC 5424's structured data: an object an element, by its id."),
        new("Form", ColumnType.String, "rfc3164, rfc5424, iso (an ISO time in RFC 3164's place), device, or unknown."),
        new("SourceIndex", ColumnType.Long, "The row of the input, from 0."),
        new("ParseError", ColumnType.String, "Why the line could not be read; null where it was."),
    ];

    /// <summary>The schema of <see cref="Columns"/>.</summary>
    public static TableSchema Schema { get; } = new(Columns.Select(c => new ColumnSchema(c.Name, c.Type)));

    /// <summary>
    /// Reads a column of syslog lines; see <see cref="Columns"/> for the result, which has one row for each line that is not
    /// blank, in the input's order.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="column">The column that holds a line a row.</param>
    /// <param name="options">Year and zone; null for the defaults.</param>
    /// <param name="context">How to run; null for the defaults.</param>
    /// <exception cref="UnknownColumnException">There is no such column.</exception>
    public static Table ParseSyslog(this Table table, string column, ParseOptions? options = null, AnalysisContext? context = null)
    {
        using TableStream stream = TableStream.Of(table).ParseSyslog([column], options, context);
        return stream.Gather();
    }

    /// <summary>Reads columns of syslog lines of a stream, in bounded memory, several batches at a time.</summary>
    /// <inheritdoc cref="ParseSyslog(Table, string, ParseOptions?, AnalysisContext?)"/>
    public static TableStream ParseSyslog(
        this TableStream stream, IReadOnlyList<string> columns, ParseOptions? options = null, AnalysisContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        int[] ordinals = LogLines.Choose(stream.Schema, columns);
        return new TableStream(Schema, Batches(() => new PeekedBatches(stream.TakeBatches(), ordinals, LogLines.HeadRows), ordinals, options ?? new ParseOptions(), context ?? AnalysisContext.Default), stream);
    }

    /// <summary>The rows of batches of which the first were looked at.</summary>
    internal static IEnumerable<TableBatch> Batches(Func<PeekedBatches> open, int[] columns, ParseOptions options, AnalysisContext context)
    {
        using PeekedBatches batches = open();
        IEnumerable<LogMoment> head = LogLines.First(batches.Head, columns).Select(TimeOf);
        var calendar = new LogCalendar(options, context.Time.GetUtcNow().UtcDateTime, head);
        long first = 0, done = 0, blank = 0, faults = 0;
        Table? last = null;
        foreach ((SyslogRows rows, long read) in OrderedParallel.Select(
            batches.All(), batch => (SyslogRows.Read(batch, columns), (long)batch.Table.RowCount), context.Threads, context.Cancellation))
        {
            Table table = rows.Finish(calendar);
            (blank, faults) = (blank + rows.Blank, faults + rows.Faults);
            done += read;
            context.Progress?.Report(done);
            if (last is not null)
            {
                yield return new TableBatch(last, first);
                first += last.RowCount;
            }

            last = table;
        }

        Remark(context, calendar, faults, blank);
        if (last is not null)
        {
            yield return new TableBatch(last, first);
        }
    }

    private static void Remark(AnalysisContext context, LogCalendar calendar, long faults, long blank)
    {
        if (context.Remark is not { } remark)
        {
            return;
        }

        if (faults > 0)
        {
            remark(Counted.Of(faults, "line could not be read as syslog; it is", "lines could not be read as syslog; they are") + " kept whole in SyslogMessage, with the reason in ParseError.");
        }

        if (blank > 0)
        {
            remark(Counted.Of(blank, "blank line was", "blank lines were") + " passed over.");
        }

        foreach (string sentence in calendar.Remarks())
        {
            remark(sentence);
        }
    }

    private static LogMoment TimeOf(byte[] line) => SyslogParser.TryParse(line, out SyslogLine parsed) ? parsed.Time : default;
}
