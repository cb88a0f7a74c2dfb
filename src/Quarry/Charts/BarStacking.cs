namespace Quarry.Charts;

/// <summary>How the bars of one label stand to each other.</summary>
public enum BarStacking
{
    /// <summary>Beside each other.</summary>
    Beside,

    /// <summary>On top of each other.</summary>
    Stacked,

    /// <summary>On top of each other as shares of the whole.</summary>
    Shares,
}
