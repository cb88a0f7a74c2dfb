using Quarry.Catalogue;
using Quarry.Tables;

namespace Quarry.Logs.Auditd;

/// <summary>Audit records as rows, one an event.</summary>
public static class AuditdTables
{
    /// <summary>The columns of the result.</summary>
    public static IReadOnlyList<OutputColumn> Columns { get; } =
    [
        new("EventType", ColumnType.String, "SYSCALL_EXECVE for a program that was started, else the type of the record that says what happened; null for a line that is no record."),
        new("mssg_id", ColumnType.String, "Seconds, milliseconds and serial number, as they stand."),
        new("TimeGenerated", ColumnType.DateTime, "When, UTC."),
        new("Computer", ColumnType.String, "The machine: node, the host of a syslog header, or the column Computer beside AuditdMessage."),
        new("success", ColumnType.String, "Whether the system call succeeded: yes or no."),
        new("ppid", ColumnType.Long, "The parent's process id."),
        new("pid", ColumnType.Long, "The process id."),
        new("auid", ColumnType.Long, "The user who logged in; -1 if unset, as in the following columns."),
        new("uid", ColumnType.Long, "The user."),
        new("gid", ColumnType.Long, "The group."),
        new("euid", ColumnType.Long, "The effective user."),
        new("egid", ColumnType.Long, "The effective group."),
        new("ses", ColumnType.Long, "The login session."),
        new("exe", ColumnType.String, "The program's file."),
        new("comm", ColumnType.String, "The program's short name."),
        new("cwd", ColumnType.String, "The working directory."),
        new("argc", ColumnType.Long, "The number of arguments."),
        new("a0", ColumnType.String, "The first argument."),
        new("a1", ColumnType.String, "The second argument."),
        new("a2", ColumnType.String, "The third argument."),
        new("cmdline", ColumnType.String, "All arguments, joined by blanks."),
        new("proctitle", ColumnType.String, "The command line as the process has it; NULs between the arguments."),
        new("acct", ColumnType.String, "The account."),
        new("addr", ColumnType.String, "The remote address."),
        new("hostname", ColumnType.String, "The remote host."),
        new("terminal", ColumnType.String, "The terminal, as programs log it."),
        new("tty", ColumnType.String, "The terminal, as the kernel logs it."),
        new("res", ColumnType.String, "The result."),
        new("op", ColumnType.String, "What was done."),
        new("cmd", ColumnType.String, "The command, of sudo."),
        new("key", ColumnType.String, "The rule's key."),
        new("unit", ColumnType.String, "The service."),
        new("args", ColumnType.Dynamic, "All arguments in full; null for those that are missing."),
        new("fields", ColumnType.Dynamic, "All other fields, by record type; a list where there are several records of a type, and for PATH always."),
        new("serial", ColumnType.Long, "The serial number."),
        new("records", ColumnType.Int, "The number of records, which are lines."),
        new("SourceIndex", ColumnType.Long, "The row of the input of the first record, from 0."),
        new("ParseError", ColumnType.String, "What is missing or could not be read; null where all is there."),
        new("RawLine", ColumnType.String, "The line, where it is no record."),
    ];

    /// <summary>The schema of <see cref="Columns"/>.</summary>
    public static TableSchema Schema { get; } = new(Columns.Select(c => new ColumnSchema(c.Name, c.Type)));

    /// <summary>
    /// Reads a column of audit records and joins them into events by machine, time and serial number; see <see cref="Columns"/>
    /// for the result, in the order in which events begin. Lines that are no record have a row of their own.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="column">The column that holds a record a row, or all records of an event as Sentinel's AuditdMessage does.</param>
    /// <param name="context">How to run; null for the defaults.</param>
    /// <exception cref="UnknownColumnException">There is no such column.</exception>
    public static Table ParseAuditd(this Table table, string column, AnalysisContext? context = null)
    {
        using TableStream stream = TableStream.Of(table).ParseAuditd([column], context);
        return stream.Gather();
    }

    /// <summary>Reads columns of audit records of a stream, in bounded memory, several batches at a time.</summary>
    /// <inheritdoc cref="ParseAuditd(Table, string, AnalysisContext?)"/>
    public static TableStream ParseAuditd(this TableStream stream, IReadOnlyList<string> columns, AnalysisContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        int[] ordinals = LogLines.Choose(stream.Schema, columns);
        return new TableStream(Schema, Batches(() => new PeekedBatches(stream.TakeBatches(), ordinals, 0), ordinals, context ?? AnalysisContext.Default), stream);
    }

    /// <summary>The rows of batches.</summary>
    internal static IEnumerable<TableBatch> Batches(Func<PeekedBatches> open, int[] columns, AnalysisContext context)
    {
        using PeekedBatches batches = open();
        var assembler = new EventAssembler();
        long first = 0, blank = 0, done = 0, incomplete = 0, unreadable = 0;
        Table? last = null;
        IEnumerable<AuditRecord[]> records = OrderedParallel
            .Select(batches.All(), batch => AuditScan.Read(batch, columns), context.Threads, context.Cancellation)
            .Select(scan =>
            {
                blank += scan.Blank;
                done += scan.Rows;
                context.Progress?.Report(done);
                return scan.Records;
            });
        foreach ((Table rows, long cut, long lines) in OrderedParallel.Select(
            assembler.Assemble(records), AuditEventWriter.Write, context.Threads, context.Cancellation))
        {
            (incomplete, unreadable) = (incomplete + cut, unreadable + lines);
            if (last is not null)
            {
                yield return new TableBatch(last, first);
                first += last.RowCount;
            }

            last = rows;
        }

        Remark(context, unreadable, "line is no audit record; it is", "lines are no audit records; they are", "kept in RawLine, with the reason in ParseError");
        Remark(context, incomplete, "event is", "events are", "incomplete; ParseError says what is missing");
        Remark(context, assembler.Late, "event has", "events have", "records that came more than 8,192 lines after the first; these stand in rows of their own");
        Remark(context, blank, "blank line was", "blank lines were", "passed over");
        if (last is not null)
        {
            yield return new TableBatch(last, first);
        }
    }

    private static void Remark(AnalysisContext context, long count, string one, string many, string rest)
    {
        if (count > 0)
        {
            context.Remark?.Invoke($"{Counted.Of(count, one, many)} {rest}.");
        }
    }
}
