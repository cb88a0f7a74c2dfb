using Quarry.Catalogue;
using Quarry.Logs.Auditd;
using Quarry.Logs.Syslog;

namespace Quarry.Logs;

/// <summary>The reading of raw logs as the catalogue describes it to every face.</summary>
public static class ParseAnalysis
{
    /// <summary>The entry of the catalogue.</summary>
    public static Analysis<ParseOptions> Entry { get; } = new()
    {
        Name = "parse",
        Summary = "Reads raw log lines into typed rows: syslog into the columns of Sentinel's Syslog table, auditd records joined into events.",
        Shape = AnalysisShape.RowWise,
        Keywords =
        [
            "syslog", "rfc3164", "rfc5424", "rsyslog", "syslog-ng", "journald", "journalctl", "auth.log", "messages", "cisco", "auditd", "audit.log", "ausearch",
            "execve", "proctitle", "hex", "read_from_file", "extract_events_to_df", "linux", "sshd", "sudo", "structured data", "raw",
        ],
        Examples =
        [
            new("quarry parse /var/log/auth.log", "syslog as rows; the format is told by the first lines"),
            new("quarry parse old/auth.log.* --year 2024 --timezone Europe/London", "lines whose times have neither year nor zone"),
            new("quarry parse /var/log/audit/audit.log -o events.parquet", "audit records joined into events, all arguments complete"),
            new("quarry parse export.csv --column RawData --as syslog", "lines that stand in a column of a table"),
        ],
        Headline =
        [
            "TimeGenerated", "Computer", "SeverityLevel", "ProcessName", "SyslogMessage",
            "EventType", "pid", "auid", "exe", "cmdline", "acct", "addr", "res", "ParseError",
        ],
        Output =
        [
            .. SyslogTables.Columns.Select(c => c with { Summary = "Syslog: " + c.Summary }),
            .. AuditdTables.Columns.Where(c => SyslogTables.Schema.IndexOf(c.Name) < 0).Select(c => c with { Summary = "auditd: " + c.Summary }),
        ],
        Function = static (input, options, context) => input.ParseLogs(context.Columns, options, context),
    };
}
