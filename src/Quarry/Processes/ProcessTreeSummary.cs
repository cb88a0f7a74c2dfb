namespace Quarry.Processes;

/// <summary>The counts of trees of processes, by MSTICPy's names.</summary>
/// <param name="Processes">Processes, those that were added among them.</param>
/// <param name="RootProcesses">Processes without a parent.</param>
/// <param name="LeafProcesses">Processes without a child.</param>
/// <param name="BranchProcesses">Processes with a parent and a child.</param>
/// <param name="IsolatedProcesses">Processes with neither.</param>
/// <param name="LargestTreeDepth">The most processes on the way from a root down to a leaf.</param>
public sealed record ProcessTreeSummary(
    int Processes, int RootProcesses, int LeafProcesses, int BranchProcesses, int IsolatedProcesses, int LargestTreeDepth);
