using Quarry.Logs.Commands;

namespace Quarry.Logs.Sessions;

/// <summary>A session of a user on a machine.</summary>
/// <param name="User">Whose session it is; null where only an end without a name is in the log.</param>
/// <param name="Start">When it began, UTC; null where that is not in the log.</param>
/// <param name="End">When it ended, UTC; null where that is not in the log.</param>
/// <param name="Computer">Where, or null.</param>
/// <param name="ProcessName">The program: <c>sshd</c>, <c>sudo</c>, <c>su</c>, <c>login</c>, <c>CRON</c>, <c>systemd-logind</c>.</param>
/// <param name="ProcessId">Its process id, or null.</param>
/// <param name="Service">PAM's service, or logind's session number.</param>
/// <param name="OpenedBy">Who opened it, where the log says so: for sudo, who called it.</param>
/// <param name="SourceAddress">Where it was opened from, for sshd and login; or null.</param>
/// <param name="SourceIndex">The row of the input that says so first, from 0.</param>
public sealed record LogonSession(
    string? User,
    DateTime? Start,
    DateTime? End,
    string? Computer,
    string? ProcessName,
    long? ProcessId,
    string? Service,
    string? OpenedBy,
    string? SourceAddress,
    long SourceIndex)
{
    /// <summary>What is known of its ends.</summary>
    public SessionState State => Start is null ? SessionState.NotOpened : End is null ? SessionState.Open : SessionState.Closed;

    /// <summary>How many risky commands were given in it; null where nobody asked.</summary>
    public long? RiskyCount { get; init; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<RiskyCommand> Risky { get; init; } = [];

    /// <summary>How many bursts of commands began in it; null where nobody asked.</summary>
    public long? BurstCount { get; init; }
}
