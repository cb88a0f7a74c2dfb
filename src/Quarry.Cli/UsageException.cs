namespace Quarry.Cli;

/// <summary>The command line itself is wrong; nothing was read.</summary>
internal sealed class UsageException(string message) : QuarryException(message);
