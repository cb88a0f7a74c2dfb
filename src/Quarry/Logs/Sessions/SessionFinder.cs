namespace Quarry.Logs.Sessions;

/// <summary>Pairs openings and closings: by machine, program, process id, service and user; of several open ones, the last opened is closed.</summary>
internal sealed class SessionFinder
{
    private readonly List<LogonSession> _sessions = [];
    private readonly Dictionary<Key, Stack<int>> _open = [];
    private readonly Dictionary<(string? Computer, long? ProcessId, string? User), SessionEvent> _accepted = [];
    private readonly Dictionary<(string? Computer, string? Address, string? Port), int> _connections = [];

    private readonly record struct Key(string? Computer, string? Process, long? ProcessId, string? Service, string? User);

    /// <summary>The sessions of events in order of time, in order of their beginning (or, where that is not known, their end).</summary>
    public static IReadOnlyList<LogonSession> Find(IEnumerable<SessionEvent> events)
    {
        var finder = new SessionFinder();
        foreach (SessionEvent one in events)
        {
            finder.Take(one);
        }

        return [.. finder._sessions.Where(s => s is not { Start: null, End: null }).OrderBy(s => s.Start ?? s.End)];
    }

    private void Take(SessionEvent one)
    {
        switch (one.Message.Kind)
        {
            case SessionEventKind.Opened: Open(one); break;
            case SessionEventKind.Closed: Close(one); break;
            case SessionEventKind.Accepted: Accept(one); break;
            default: Disconnect(one); break;
        }
    }

    private void Open(SessionEvent one)
    {
        Key key = KeyOf(one);
        string? address = null;
        int index = _sessions.Count;
        if (_accepted.Remove((one.Computer, one.ProcessId, one.Message.User), out SessionEvent? accepted))
        {
            // What sshd let in is the session that PAM opens for it.
            address = accepted.Message.Address;
            (string?, string?, string?) connection = (one.Computer, address, accepted.Message.Port);
            if (_connections.Remove(connection, out int standIn))
            {
                _sessions[standIn] = _sessions[standIn] with { Start = null, End = null };
            }
        }

        _sessions.Add(new LogonSession(
            one.Message.User, one.Time, null, one.Computer, ProcessOf(one), one.ProcessId, one.Message.Service, one.Message.By, address, accepted?.SourceIndex ?? one.SourceIndex));
        if (!_open.TryGetValue(key, out Stack<int>? stack))
        {
            _open[key] = stack = new Stack<int>();
        }

        stack.Push(index);
    }

    private void Close(SessionEvent one)
    {
        if (_open.TryGetValue(KeyOf(one), out Stack<int>? stack) && stack.TryPop(out int index))
        {
            _sessions[index] = _sessions[index] with { End = one.Time };
            return;
        }

        _sessions.Add(new LogonSession(
            one.Message.User, null, one.Time, one.Computer, ProcessOf(one), one.ProcessId, one.Message.Service, null, null, one.SourceIndex));
    }

    // Stands for a session of its own until PAM opens one for it, which not every sshd asks.
    private void Accept(SessionEvent one)
    {
        _accepted[(one.Computer, one.ProcessId, one.Message.User)] = one;
        _connections[(one.Computer, one.Message.Address, one.Message.Port)] = _sessions.Count;
        _sessions.Add(new LogonSession(
            one.Message.User, one.Time, null, one.Computer, ProcessOf(one), one.ProcessId, one.Message.Service, null, one.Message.Address, one.SourceIndex));
    }

    private void Disconnect(SessionEvent one)
    {
        if (_connections.Remove((one.Computer, one.Message.Address, one.Message.Port), out int index))
        {
            _sessions[index] = _sessions[index] with { End = one.Time };
        }
    }

    private static string? ProcessOf(SessionEvent one) => one.Process?.Replace("(pam_unix)", "", StringComparison.Ordinal) ?? one.Message.Service;

    // logind closes a session by its number alone.
    private static Key KeyOf(SessionEvent one) => ProcessOf(one) == "systemd-logind" || one.Message.User is null
        ? new Key(one.Computer, "systemd-logind", null, one.Message.Service, null)
        : new Key(one.Computer, ProcessOf(one), one.ProcessId, one.Message.Service, one.Message.User);
}
