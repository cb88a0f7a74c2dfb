using Quarry.Catalogue;

namespace Quarry.Logs.Commands;

/// <summary>What counts as a burst of commands.</summary>
[AnalysisOptions]
public sealed partial record BurstOptions
{
    /// <summary>The time in which the commands have to be given. Default: 5 seconds.</summary>
    public TimeSpan Time
    {
        get;
        init => field = value > TimeSpan.Zero
            ? value
            : throw new QuarryException($"Time is {value}: give a time greater than zero (the default is 5 s).");
    } = TimeSpan.FromSeconds(5);

    /// <summary>The number of commands from which it is a burst. Default: 10.</summary>
    public int Events
    {
        get;
        init => field = value >= 2 ? value : throw new QuarryException($"Events is {value}: give 2 or more (the default is 10).");
    } = 10;
}
