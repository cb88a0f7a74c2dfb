namespace Quarry.Logs.Sessions;

/// <summary>What a message says of a session.</summary>
internal enum SessionEventKind
{
    /// <summary>PAM or logind opened it.</summary>
    Opened,

    /// <summary>PAM or logind closed it.</summary>
    Closed,

    /// <summary>sshd or login let somebody in, from somewhere.</summary>
    Accepted,

    /// <summary>sshd lost the connection.</summary>
    Disconnected,
}
