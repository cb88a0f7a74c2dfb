namespace Quarry.Charts;

/// <summary>A process in a tree.</summary>
/// <param name="Parent">The position of its parent among the nodes, or -1 for a root.</param>
/// <param name="Depth">How many ancestors it has.</param>
/// <param name="Name">Its image's name.</param>
/// <param name="Id">Its process id, as it stands in the log.</param>
/// <param name="Start">When it began, UTC; null where that is not known.</param>
/// <param name="CommandLine">Its command line, or null.</param>
/// <param name="User">Whose it was, or null.</param>
/// <param name="Host">Where it ran, or null.</param>
/// <param name="IsSynthetic">Whether it was never logged itself and is known from its children only.</param>
public sealed record ProcessNode(
    int Parent, int Depth, string Name, string Id, DateTime? Start, string? CommandLine, string? User, string? Host, bool IsSynthetic);
