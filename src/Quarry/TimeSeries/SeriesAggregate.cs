namespace Quarry.TimeSeries;

/// <summary>What several rows of one step come to.</summary>
public enum SeriesAggregate
{
    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their mean.</summary>
    Avg,

    /// <summary>The smallest.</summary>
    Min,

    /// <summary>The largest.</summary>
    Max,

    /// <summary>How many there are, whatever they hold.</summary>
    Count,

    /// <summary>The one with the latest time; of equal times the one that stands last.</summary>
    Last,
}
