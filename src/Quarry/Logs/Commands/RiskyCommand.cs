namespace Quarry.Logs.Commands;

/// <summary>A command that a rule holds to be risky.</summary>
/// <param name="Command">The command.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Layer">The decoded layer in which the rule matched, as <c>decode</c> numbers it; null for the command itself.</param>
/// <param name="Evidence">What matched, at most 200 characters.</param>
public sealed record RiskyCommand(LoggedCommand Command, RiskyRule Rule, string? Layer, string Evidence);
