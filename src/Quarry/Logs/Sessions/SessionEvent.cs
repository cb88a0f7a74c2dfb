namespace Quarry.Logs.Sessions;

/// <summary>A message that says something of a session, with where it stands.</summary>
/// <param name="Time">When, UTC.</param>
/// <param name="Computer">Where, or null.</param>
/// <param name="Process">The program that logs, or null.</param>
/// <param name="ProcessId">Its process id, or null.</param>
/// <param name="Message">What it says.</param>
/// <param name="SourceIndex">The row of the input.</param>
internal sealed record SessionEvent(DateTime Time, string? Computer, string? Process, long? ProcessId, SessionMessage Message, long SourceIndex);
