using System.Globalization;
using System.Text;
using Quarry.Catalogue;
using Quarry.Charts;
using Quarry.Logs.Commands;
using Quarry.Tables;

namespace Quarry.Logs.Sessions;

/// <summary>The search for sessions as the catalogue describes it to every face.</summary>
public static class SessionAnalysis
{
    /// <summary>The entry of the catalogue.</summary>
    public static Analysis<SessionOptions> Entry { get; } = new()
    {
        Name = "sessions",
        Summary = "Finds the sessions of users in syslog: sshd, sudo, su, login, cron and systemd-logind, with their source, open ones too.",
        Shape = AnalysisShape.WholeTable,
        ReadsLines = true,
        TakesColumns = false,
        Keywords =
        [
            "logon", "login", "logoff", "cluster_syslog_logons_df", "cluster_syslog_logons", "risky_sudo_sessions", "sshd", "ssh", "sudo", "su", "pam", "pam_unix",
            "logind", "user", "authentication", "linux", "syslog", "accepted",
        ],
        Examples =
        [
            new("quarry sessions /var/log/auth.log", "who was logged in, from where and how long"),
            new("quarry sessions syslog.csv --risky", "with the risky commands and bursts of each session"),
        ],
        Headline = ["User", "Start", "End", "Computer", "ProcessName", "SourceIP", "State", "OpenedBy", "RiskyCommands"],
        Output =
        [
            new("User", ColumnType.String, "Whose session it is."),
            new("Start", ColumnType.DateTime, "When it began, UTC; null where that is not in the log."),
            new("End", ColumnType.DateTime, "When it ended, UTC; null where that is not in the log."),
            new("Computer", ColumnType.String, "Where."),
            new("ProcessName", ColumnType.String, "The program that opened it."),
            new("ProcessID", ColumnType.Long, "The program's process id."),
            new("SourceIP", ColumnType.String, "The remote address or the terminal, of sshd and login."),
            new("State", ColumnType.String, "closed; open (no end in the log); not opened (no beginning in the log)."),
            new("Duration", ColumnType.TimeSpan, "From beginning to end."),
            new("OpenedBy", ColumnType.String, "Who opened it, where the log says so."),
            new("Service", ColumnType.String, "PAM's service, or logind's session number."),
            new("SourceIndex", ColumnType.Long, "The row of the input that says so first, from 0."),
            new("RiskyCommands", ColumnType.Long, "How many risky commands were given in it, with --risky."),
            new("Risky", ColumnType.Dynamic, "The first twenty of them: time, rule and command, with --risky."),
            new("Bursts", ColumnType.Long, "How many bursts of commands began in it, with --risky."),
        ],
        Function = static (input, options, context) => new TableStream(Schema(), Batches(input, options, context), input),
        Charts = static (result, _) => Draw(result),
    };

    private static TableSchema Schema() => new(Entry.Output.Select(c => new ColumnSchema(c.Name, c.Type)));

    private static IEnumerable<TableBatch> Batches(TableStream input, SessionOptions options, AnalysisContext context)
    {
        using TableStream rows = LoggedCommands.ParsedWhereRaw(input, context);
        LogonSessions.CheckSchema(rows.Schema);
        var events = new List<SessionEvent>();
        var commands = new List<LoggedCommand>();
        int[] whole = rows.Schema.IndexOf("Command") is >= 0 and var column ? [column] : [];
        long timeless = 0;
        foreach (TableBatch batch in rows.TakeBatches())
        {
            context.Cancellation.ThrowIfCancellationRequested();
            events.AddRange(LogonSessions.Events(batch.Table, batch.FirstRow, () => timeless++));
            if (options.Risky)
            {
                commands.AddRange(LoggedCommands.Read(batch.Table, batch.FirstRow, whole));
            }
        }

        if (timeless > 0)
        {
            context.Remark?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{timeless:N0} messages of sessions have no time that could be read, and were left out."));
        }

        IReadOnlyList<LogonSession> sessions = SessionFinder.Find(LogonSessions.InOrder(events));
        if (options.Users.Count > 0)
        {
            sessions = [.. sessions.Where(session => options.Users.Contains(session.User))];
        }

        yield return new TableBatch(ToTable(options.Risky ? sessions.WithRisks(commands.FindRisky(options.Rules), commands.FindBursts()) : sessions));
    }

    private static Table ToTable(IReadOnlyList<LogonSession> sessions)
    {
        var rows = new TableBuilder(Schema());
        foreach (LogonSession s in sessions)
        {
            rows.AddRow(
                s.User, s.Start, s.End, s.Computer, s.ProcessName, s.ProcessId, s.SourceAddress, NameOf(s.State), s.End - s.Start, s.OpenedBy, s.Service,
                s.SourceIndex, s.RiskyCount, s.RiskyCount is null ? null : Json(s.Risky), s.BurstCount);
        }

        return rows.Build();
    }

    private static string NameOf(SessionState state) => state switch
    {
        SessionState.Closed => "closed",
        SessionState.Open => "open",
        _ => "not opened",
    };

    private static string Json(IReadOnlyList<RiskyCommand> risky)
    {
        var json = new JsonBuffer();
        json.Raw((byte)'[');
        for (int i = 0; i < risky.Count; i++)
        {
            json.Raw(i > 0 ? ",{\"time\":"u8 : "{\"time\":"u8);
            json.Text(Encoding.ASCII.GetBytes(risky[i].Command.Time!.Value.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)));
            json.Raw(",\"rule\":"u8);
            json.Text(Encoding.UTF8.GetBytes(risky[i].Rule.Name));
            json.Raw(",\"command\":"u8);
            json.Text(Encoding.UTF8.GetBytes(risky[i].Command.Command));
            json.Raw((byte)'}');
        }

        json.Raw((byte)']');
        return Encoding.UTF8.GetString(json.Written);
    }

    private static IReadOnlyList<Chart> Draw(Table result)
    {
        var events = new List<TimelineEvent>();
        for (int row = 0; row < result.RowCount; row++)
        {
            var start = (DateTime?)result["Start"].GetValue(row);
            var end = (DateTime?)result["End"].GetValue(row);
            if ((start ?? end) is { } begin)
            {
                string state = result.Text("State").GetString(row)!;
                bool stands = state != "closed" || result["RiskyCommands"].GetValue(row) is > 0L;
                string source = result.Text("SourceIP").GetString(row) is { } from ? $" from {from}" : "";
                events.Add(new TimelineEvent(begin, end, result.Text("User").GetString(row) ?? "", $"{result.Text("ProcessName").GetString(row)}{source}, {state}", stands));
            }
        }

        return events.Count == 0 ? [] : [new TimelineChart("Sessions", "User", events)];
    }
}
