namespace Quarry.Logs.Commands;

/// <summary>Commands of one user on one machine, faster than a person types.</summary>
/// <param name="User">Who, or null.</param>
/// <param name="Computer">Where, or null.</param>
/// <param name="Commands">The commands in order of time; those without a time are never among them.</param>
public sealed record CommandBurst(string? User, string? Computer, IReadOnlyList<LoggedCommand> Commands)
{
    /// <summary>The time of the first.</summary>
    public DateTime Start => Commands[0].Time!.Value;

    /// <summary>The time of the last.</summary>
    public DateTime End => Commands[^1].Time!.Value;
}
