namespace Quarry.Processes;

/// <summary>What became of the rows of a table of process events.</summary>
public sealed record ProcessTreeReport
{
    /// <summary>Rows of the input.</summary>
    public int Rows { get; init; }

    /// <summary>Rows that are not the start of a process, which are in no tree. Those that end one are used and counted here.</summary>
    public int OtherEvents { get; init; }

    /// <summary>Rows that equal another in every column; they are one process, and Occurrences counts them.</summary>
    public int Duplicates { get; init; }

    /// <summary>Processes whose time is missing.</summary>
    public int MissingTimes { get; init; }

    /// <summary>Processes whose time was not understood; it counts as missing.</summary>
    public int UnreadableTimes { get; init; }

    /// <summary>Processes without a process id; nothing can be found to be their child by it.</summary>
    public int MissingIds { get; init; }

    /// <summary>Processes whose row names no parent; they begin a tree.</summary>
    public int MissingParentIds { get; init; }

    /// <summary>Processes without a time, or of a parent without one, whose parent may be one of several; they begin a tree.</summary>
    public int AmbiguousParents { get; init; }

    /// <summary>Processes whose row names themselves as their parent; they begin a tree.</summary>
    public int SelfParents { get; init; }

    /// <summary>Processes whose ancestors led back to them; the earliest of each such ring begins a tree.</summary>
    public int BrokenCycles { get; init; }

    /// <summary>Parents that are not in the log and were added.</summary>
    public int Synthetic { get; init; }

    /// <summary>Different hosts, a missing one among them.</summary>
    public int Hosts { get; init; }

    /// <summary>The process ids that more than one process of a host had.</summary>
    public int ReusedIds { get; init; }
}
