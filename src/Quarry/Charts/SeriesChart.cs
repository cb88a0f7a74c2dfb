namespace Quarry.Charts;

/// <summary>A series that was decomposed: the observed line, the baseline, marks where a point stands out, and a range tool below.</summary>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="TimeName">What the times are, a column's name.</param>
/// <param name="ValueName">What the values are, a column's name.</param>
/// <param name="Points">The points, in order of time.</param>
public sealed record SeriesChart(string Title, string TimeName, string ValueName, IReadOnlyList<SeriesPoint> Points) : Chart(Title)
{
    /// <inheritdoc/>
    public override string ToVegaLite() => throw new NotImplementedException();
}
