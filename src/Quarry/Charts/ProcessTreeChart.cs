namespace Quarry.Charts;

/// <summary>Trees of processes: a line a process, set in by its depth, along a line of time or below one another.</summary>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="Nodes">The processes, each behind its parent, as they stand below one another.</param>
public sealed record ProcessTreeChart(string Title, IReadOnlyList<ProcessNode> Nodes) : Chart(Title)
{
    /// <inheritdoc/>
    public override string ToVegaLite() => throw new NotImplementedException();
}
