namespace Quarry.Catalogue;

/// <summary>What every analysis is told beside its input and its options.</summary>
public sealed record AnalysisContext
{
    /// <summary>The context when nothing is said.</summary>
    public static AnalysisContext Default { get; } = new();

    /// <summary>The columns to look at, in order; all that the analysis can read if empty.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>How many threads a row-wise analysis may use, at least one. The order of the output does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The clock for limits in time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told the number of input rows done so far, from any thread; null if nobody asks.</summary>
    public IProgress<long>? Progress { get; init; }

    /// <summary>
    /// Told, a sentence each, what a user has to know beside the rows: what was left out, filled in or cut, and how much of
    /// it. Called on the thread that takes the result, before its last batch; null if nobody asks.
    /// </summary>
    public Action<string>? Remark { get; init; }

    /// <summary>Stops the analysis between two batches.</summary>
    public CancellationToken Cancellation { get; init; }
}
