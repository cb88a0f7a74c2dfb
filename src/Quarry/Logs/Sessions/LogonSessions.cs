using Quarry.Logs.Commands;
using Quarry.Tables;

namespace Quarry.Logs.Sessions;

/// <summary>Finds the sessions of users in syslog.</summary>
public static class LogonSessions
{
    private const int MostListed = 20;

    /// <summary>
    /// The sessions in a syslog table (a column <c>SyslogMessage</c>, beside it <c>TimeGenerated</c> and, where they are there,
    /// <c>Computer</c>, <c>ProcessName</c>, <c>ProcessID</c>), in order of their beginning. Nested and overlapping sessions, those
    /// that are never closed and those whose opening is missing are among them.
    /// </summary>
    /// <param name="syslog">The table, in any order.</param>
    /// <exception cref="QuarryException">There is no column <c>SyslogMessage</c>, or none of times.</exception>
    public static IReadOnlyList<LogonSession> FindSessions(this Table syslog)
    {
        ArgumentNullException.ThrowIfNull(syslog);
        long timeless = 0;
        CheckSchema(syslog.Schema);
        return SessionFinder.Find(InOrder([.. Events(syslog, 0, () => timeless++)]));
    }

    /// <summary>Sessions with the risky commands and bursts that belong to them: on the same machine, between its ends, of its user or who opened it.</summary>
    /// <param name="sessions">The sessions.</param>
    /// <param name="risky">The risky commands.</param>
    /// <param name="bursts">The bursts.</param>
    public static IReadOnlyList<LogonSession> WithRisks(
        this IEnumerable<LogonSession> sessions, IEnumerable<RiskyCommand> risky, IEnumerable<CommandBurst> bursts)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        var commands = new ByUserAndTime<RiskyCommand>(risky.Where(r => r.Command.Time is not null), r => (r.Command.Computer, r.Command.User, r.Command.Time!.Value));
        var starts = new ByUserAndTime<CommandBurst>(bursts, b => (b.Computer, b.User, b.Start));
        return [.. sessions.Select(session =>
        {
            string?[] users = session.OpenedBy is null || session.OpenedBy == session.User ? [session.User] : [session.User, session.OpenedBy];
            RiskyCommand[][] found = [.. users.Select(user => commands.Between(session.Computer, user, session.Start, session.End, MostListed))];
            return session with
            {
                RiskyCount = users.Sum(user => commands.Count(session.Computer, user, session.Start, session.End)),
                Risky = [.. found.SelectMany(r => r).OrderBy(r => r.Command.Time).Take(MostListed)],
                BurstCount = users.Sum(user => starts.Count(session.Computer, user, session.Start, session.End)),
            };
        })];
    }

    /// <summary>Refuses a table in which sessions cannot be.</summary>
    internal static void CheckSchema(TableSchema schema)
    {
        if (LogSchema.Of(schema) is { Message: < 0 } or { Time: < 0 })
        {
            throw new QuarryException(
                "Sessions are found in raw syslog lines or in a table with the columns TimeGenerated and SyslogMessage, as Sentinel's Syslog table has them. "
                + $"The columns are: {string.Join(", ", schema.Take(50).Select(c => c.Name))}.");
        }
    }

    /// <summary>The events of a table's rows; <paramref name="timeless"/> is told of each whose time cannot be read.</summary>
    internal static IEnumerable<SessionEvent> Events(Table table, long first, Action timeless)
    {
        LogSchema schema = LogSchema.Of(table.Schema);
        if (table[schema.Message] is not TextColumn messages)
        {
            yield break;
        }

        for (int row = 0; row < table.RowCount; row++)
        {
            if (!SessionMessage.MayBe(messages[row])
                || SessionMessage.Read(LogSchema.TextOf(table, schema.Process, row), messages.GetString(row)!) is not { } message)
            {
                continue;
            }

            if (schema.TimeOf(table, row) is not { } time)
            {
                timeless();
                continue;
            }

            long? processId = schema.ProcessId >= 0 && CellReading.ReadNumber(table[schema.ProcessId], row, out double id) == CellState.Read ? (long)id : null;
            yield return new SessionEvent(
                time, LogSchema.TextOf(table, schema.Computer, row), LogSchema.TextOf(table, schema.Process, row), processId, message, schema.SourceOf(table, row, first));
        }
    }

    /// <summary>
    /// Events in order of time. Tables are often exported with the newest row first: then the rows of one second are in that
    /// order, too.
    /// </summary>
    internal static IEnumerable<SessionEvent> InOrder(List<SessionEvent> events)
    {
        if (events.Count > 1 && events[0].Time > events[^1].Time)
        {
            events.Reverse();
        }

        return events.OrderBy(e => e.Time);
    }
}
