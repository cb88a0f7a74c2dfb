namespace Quarry.Logs.Commands;

/// <summary>A command that somebody gave, as a log has it.</summary>
/// <param name="Time">When, UTC; null where the log does not say.</param>
/// <param name="Computer">Where, or null.</param>
/// <param name="User">Who gave it (for sudo, who called sudo), or null.</param>
/// <param name="Command">The command with its arguments.</param>
/// <param name="SourceIndex">The row of the input, from 0.</param>
public sealed record LoggedCommand(DateTime? Time, string? Computer, string? User, string Command, long SourceIndex);
