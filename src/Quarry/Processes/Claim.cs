namespace Quarry.Processes;

/// <summary>What a process says of its parent, and when.</summary>
/// <param name="Self">The process's own position, or -1.</param>
/// <param name="Host">Its host.</param>
/// <param name="Time">When it began, in ticks, or <see cref="ProcessEvents.Unknown"/>.</param>
/// <param name="Before">How many events have an earlier time.</param>
/// <param name="UpTo">How many events have an earlier time or the same.</param>
/// <param name="Id">The parent's id.</param>
/// <param name="Name">The parent's name.</param>
/// <param name="Guid">The parent's identifier.</param>
/// <param name="Start">When the parent began, or <see cref="ProcessEvents.Unknown"/>.</param>
internal readonly record struct Claim(int Self, int Host, long Time, int Before, int UpTo, int Id, int Name, int Guid, long Start);
