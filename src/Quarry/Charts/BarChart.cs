namespace Quarry.Charts;

/// <summary>A distribution: a horizontal bar for each label, in the given order.</summary>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="LabelName">What the labels are, for example a column's name.</param>
/// <param name="ValueName">What the values are, for example <c>count</c>.</param>
/// <param name="Bars">The bars.</param>
public sealed record BarChart(string Title, string LabelName, string ValueName, IReadOnlyList<Bar> Bars) : Chart(Title)
{
    /// <inheritdoc/>
    public override string ToVegaLite() => throw new NotImplementedException();
}
