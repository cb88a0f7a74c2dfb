namespace Quarry.Cli;

/// <summary>What the command tells the shell.</summary>
internal static class ExitCode
{
    /// <summary>The work was done, whatever was found.</summary>
    public const int Done = 0;

    /// <summary>The work failed, or was interrupted.</summary>
    public const int Failed = 1;

    /// <summary>The command line itself is wrong: nothing was read.</summary>
    public const int UsedWrongly = 2;
}
