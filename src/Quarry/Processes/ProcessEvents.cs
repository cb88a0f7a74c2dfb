namespace Quarry.Processes;

/// <summary>
/// The starts of processes as columns of numbers, in order of time, those without a time first, and of rows where times are equal.
/// Names, ids, hosts and identifiers are numbers of equal meaning; -1 stands for what is missing.
/// </summary>
internal sealed class ProcessEvents
{
    /// <summary>The time where none is known.</summary>
    public const long Unknown = long.MinValue;

    public required int Count { get; init; }

    /// <summary>The row of the input.</summary>
    public required int[] Rows { get; init; }

    /// <summary>When it began, in ticks, or <see cref="Unknown"/>.</summary>
    public required long[] Times { get; init; }

    /// <summary>When it ended, or null where no column says so.</summary>
    public required long[]? Ends { get; init; }

    /// <summary>When its parent began, or null where no column says so.</summary>
    public required long[]? ParentTimes { get; init; }

    public required int[] Hosts { get; init; }

    public required int[] Ids { get; init; }

    public required int[] ParentIds { get; init; }

    public required int[] Names { get; init; }

    public required int[] ParentNames { get; init; }

    /// <summary>Null where no column has identifiers.</summary>
    public required int[]? Guids { get; init; }

    public required int[]? ParentGuids { get; init; }

    /// <summary>The parents' parents; null where no columns name them.</summary>
    public required Grandparents? Grandparents { get; init; }

    /// <summary>How many equal rows each stands for; null where all are single.</summary>
    public int[]? Occurrences { get; set; }

    /// <summary>The ends of processes that rows of their own tell, in order of time.</summary>
    public required ProcessEnd[] EndEvents { get; init; }

    /// <summary>The lower case names that <see cref="Names"/> and <see cref="ParentNames"/> stand for.</summary>
    public required TextInterner NameTexts { get; init; }

    /// <summary>The events at some positions, in that order.</summary>
    public ProcessEvents Select(ReadOnlySpan<int> positions) => new()
    {
        Count = positions.Length,
        Rows = Pick(Rows, positions),
        Times = Pick(Times, positions),
        Ends = Ends is null ? null : Pick(Ends, positions),
        ParentTimes = ParentTimes is null ? null : Pick(ParentTimes, positions),
        Hosts = Pick(Hosts, positions),
        Ids = Pick(Ids, positions),
        ParentIds = Pick(ParentIds, positions),
        Names = Pick(Names, positions),
        ParentNames = Pick(ParentNames, positions),
        Guids = Guids is null ? null : Pick(Guids, positions),
        ParentGuids = ParentGuids is null ? null : Pick(ParentGuids, positions),
        Grandparents = Grandparents is null
            ? null
            : new Grandparents(Pick(Grandparents.Ids, positions), Pick(Grandparents.Names, positions), Pick(Grandparents.Times, positions)),
        EndEvents = EndEvents,
        NameTexts = NameTexts,
    };

    private static T[] Pick<T>(T[] values, ReadOnlySpan<int> positions)
    {
        var picked = new T[positions.Length];
        for (int i = 0; i < picked.Length; i++)
        {
            picked[i] = values[positions[i]];
        }

        return picked;
    }
}

/// <summary>What rows say of the parents of their parents.</summary>
internal sealed record Grandparents(int[] Ids, int[] Names, long[] Times);

/// <summary>The end of a process.</summary>
internal readonly record struct ProcessEnd(int Host, int Id, long Time);
