namespace Quarry.Charts;

/// <summary>How the points of a <see cref="LineChart"/> are drawn.</summary>
public enum LineForm
{
    /// <summary>A line through the points of each series.</summary>
    Line,

    /// <summary>A line with the area below it, each series from the ground.</summary>
    Area,

    /// <summary>Areas on top of each other.</summary>
    StackedArea,

    /// <summary>Areas on top of each other as shares of the whole.</summary>
    ShareArea,

    /// <summary>The points alone.</summary>
    Points,
}
