using Quarry.Catalogue;
using Quarry.Logs.Auditd;
using Quarry.Logs.Syslog;
using Quarry.Tables;

namespace Quarry.Logs;

/// <summary>Raw log lines of any known format as typed rows.</summary>
public static class LogTables
{
    /// <summary>
    /// Reads log lines: as <see cref="SyslogTables"/> or <see cref="AuditdTables"/> describe, by the format that the options say or
    /// that the first 4,096 rows tell. In that case asking for the result's schema reads those rows.
    /// </summary>
    /// <param name="stream">The rows; disposed with the result.</param>
    /// <param name="columns">The columns that hold a line a row; empty for the one that is called <c>Line</c> or the like, or is the only one of text.</param>
    /// <param name="options">Format, year and zone; null for the defaults.</param>
    /// <param name="context">How to run; null for the defaults.</param>
    /// <exception cref="QuarryException">It cannot be told which column holds the lines.</exception>
    public static TableStream ParseLogs(
        this TableStream stream, IReadOnlyList<string> columns, ParseOptions? options = null, AnalysisContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ParseOptions chosen = options ?? new ParseOptions();
        AnalysisContext running = context ?? AnalysisContext.Default;
        return chosen.As switch
        {
            LogFormat.Syslog => stream.ParseSyslog(columns, chosen, running),
            LogFormat.Auditd => stream.ParseAuditd(columns, running),
            _ => TableStream.Deferred(() => Recognise(stream, LogLines.Choose(stream.Schema, columns), chosen, running), stream),
        };
    }

    private static TableStream Recognise(TableStream stream, int[] ordinals, ParseOptions options, AnalysisContext context)
    {
        var batches = new PeekedBatches(stream.TakeBatches(), ordinals, LogLines.HeadRows);
        return LogRecognition.Of(batches.Head, ordinals) == LogFormat.Auditd
            ? new TableStream(AuditdTables.Schema, AuditdTables.Batches(() => batches, ordinals, context), batches)
            : new TableStream(SyslogTables.Schema, SyslogTables.Batches(() => batches, ordinals, options, context), batches);
    }
}
