namespace Quarry.Charts;

/// <summary>Events on a line of time, a lane for each group.</summary>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="LaneName">What the lanes are, for example <c>User</c>.</param>
/// <param name="Events">The events.</param>
public sealed record TimelineChart(string Title, string LaneName, IReadOnlyList<TimelineEvent> Events) : Chart(Title)
{
    /// <inheritdoc/>
    public override string ToVegaLite() => throw new NotImplementedException();
}
