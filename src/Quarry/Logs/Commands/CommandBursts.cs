namespace Quarry.Logs.Commands;

/// <summary>Finds bursts of commands.</summary>
public static class CommandBursts
{
    /// <summary>
    /// The bursts, in order of time: in each, every command is one of at least <see cref="BurstOptions.Events"/> that one user gave
    /// on one machine in less than <see cref="BurstOptions.Time"/>. Windows that overlap are one burst.
    /// </summary>
    /// <param name="commands">The commands, in any order. Those without a time are left out.</param>
    /// <param name="options">Time and number; null for the defaults.</param>
    public static IReadOnlyList<CommandBurst> FindBursts(this IEnumerable<LoggedCommand> commands, BurstOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(commands);
        BurstOptions chosen = options ?? new BurstOptions();
        var bursts = new List<CommandBurst>();
        foreach (var group in commands.Where(c => c.Time is not null).GroupBy(c => (c.Computer, c.User)))
        {
            LoggedCommand[] sorted = [.. group.OrderBy(c => c.Time)];
            AddBursts(bursts, sorted, chosen);
        }

        return [.. bursts.OrderBy(b => b.Start).ThenBy(b => b.Commands[0].SourceIndex)];
    }

    private static void AddBursts(List<CommandBurst> bursts, LoggedCommand[] sorted, BurstOptions options)
    {
        int start = -1, end = -1;
        for (int last = options.Events - 1; last < sorted.Length; last++)
        {
            int first = last - options.Events + 1;
            if (sorted[last].Time - sorted[first].Time >= options.Time)
            {
                continue;
            }

            if (start >= 0 && first > end)
            {
                bursts.Add(new CommandBurst(sorted[0].User, sorted[0].Computer, sorted[start..(end + 1)]));
                start = -1;
            }

            start = start < 0 ? first : start;
            end = last;
        }

        if (start >= 0)
        {
            bursts.Add(new CommandBurst(sorted[0].User, sorted[0].Computer, sorted[start..(end + 1)]));
        }
    }
}
