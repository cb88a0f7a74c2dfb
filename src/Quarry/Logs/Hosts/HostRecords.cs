using Quarry.Tables;

namespace Quarry.Logs.Hosts;

/// <summary>Puts together what syslog and heartbeat tables say of a machine.</summary>
public static class HostRecords
{
    private static readonly HashSet<string> Everywhere = new(StringComparer.Ordinal)
    {
        "CRON", "sudo", "snapd", "systemd-resolved", "systemd", "crontab", "systemd-timesyncd", "systemd-logind", "rsyslogd", "syslog-ng", "kernel",
    };

    /// <summary>The record of one machine.</summary>
    /// <param name="syslog">A table with the columns <c>Computer</c> and <c>ProcessName</c> of Sentinel's Syslog table.</param>
    /// <param name="heartbeat">Rows of Sentinel's Heartbeat table, of which the first of the machine is used; null for none.</param>
    /// <param name="computer">The machine; null for that of the first row that names one.</param>
    /// <exception cref="QuarryException">No row names the machine.</exception>
    public static HostRecord CreateHostRecord(this Table syslog, Table? heartbeat = null, string? computer = null)
    {
        ArgumentNullException.ThrowIfNull(syslog);
        int name = LogSchema.Of(syslog.Schema).Computer;
        string? host = computer ?? Enumerable.Range(0, syslog.RowCount).Select(row => LogSchema.TextOf(syslog, name, row)).FirstOrDefault(text => text is not null);
        int[] rows = [.. Enumerable.Range(0, syslog.RowCount).Where(row => host is not null && LogSchema.TextOf(syslog, name, row) == host)];
        if (rows.Length == 0)
        {
            throw new QuarryException($"No row of the syslog table names {(computer is null ? "a machine" : $"the machine '{computer}'")} in its column Computer.");
        }

        var record = new HostRecord { HostName = host!, OSFamily = "Linux", Applications = Applications(syslog, rows) };
        return heartbeat is null ? record : WithHeartbeat(record, heartbeat);
    }

    private static string[] Applications(Table syslog, int[] rows)
    {
        int process = LogSchema.Of(syslog.Schema).Process;
        return [.. rows.Select(row => LogSchema.TextOf(syslog, process, row)).OfType<string>().Where(name => !Everywhere.Contains(name)).Distinct(StringComparer.Ordinal)];
    }

    private static HostRecord WithHeartbeat(HostRecord record, Table heartbeat)
    {
        int row = Enumerable.Range(0, heartbeat.RowCount).FirstOrDefault(r => SameHost(Text(heartbeat, "Computer", r), record.HostName), -1);
        if (row < 0)
        {
            return record;
        }

        string? major = Text(heartbeat, "OSMajorVersion", row), minor = Text(heartbeat, "OSMinorVersion", row);
        return record with
        {
            OSFamily = Text(heartbeat, "OSType", row) ?? record.OSFamily,
            SourceComputerId = Text(heartbeat, "SourceComputerId", row),
            OSName = Text(heartbeat, "OSName", row),
            OSVersion = major is null ? null : minor is null ? major : $"{major}.{minor}",
            ComputerEnvironment = Text(heartbeat, "ComputerEnvironment", row),
            Solutions = [.. (Text(heartbeat, "Solutions", row) ?? "").Split(',').Select(s => s.Trim().Trim('"')).Where(s => s.Length > 0)],
            VmUuid = Text(heartbeat, "VMUUID", row),
            Address = Text(heartbeat, "ComputerIP", row),
            Country = Text(heartbeat, "RemoteIPCountry", row),
            Longitude = Number(heartbeat, "RemoteIPLongitude", row),
            Latitude = Number(heartbeat, "RemoteIPLatitude", row),
        };
    }

    // Heartbeats may give the full name.
    private static bool SameHost(string? name, string host) =>
        name is not null && (name.Equals(host, StringComparison.OrdinalIgnoreCase) || name.Split('.')[0].Equals(host.Split('.')[0], StringComparison.OrdinalIgnoreCase));

    private static string? Text(Table table, string column, int row) => LogSchema.TextOf(table, table.Schema.IndexOf(column), row);

    private static double? Number(Table table, string column, int row) =>
        table.Schema.IndexOf(column) is >= 0 and var at && CellReading.ReadNumber(table[at], row, out double value) == CellState.Read ? value : null;
}
