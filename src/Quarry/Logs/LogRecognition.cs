using Quarry.Logs.Auditd;
using Quarry.Tables;

namespace Quarry.Logs;

/// <summary>Tells the format of a log by its first lines.</summary>
internal static class LogRecognition
{
    /// <summary>Auditd where at least half of the first lines are audit records, else syslog.</summary>
    public static LogFormat Of(IReadOnlyList<TableBatch> head, int[] columns)
    {
        int lines = 0, records = 0;
        foreach (byte[] line in LogLines.First(head, columns))
        {
            lines++;
            records += AuditHeader.TryRead(line, out _) || AuditCells.IsCell(line) ? 1 : 0;
        }

        return records > 0 && records * 2 >= lines ? LogFormat.Auditd : LogFormat.Syslog;
    }
}
