namespace Quarry.TimeSeries.Kusto;

/// <summary>How series_decompose takes the trend.</summary>
public enum TrendKind
{
    /// <summary>The mean.</summary>
    Avg,

    /// <summary>A line by least squares.</summary>
    Linefit,

    /// <summary>None: 0 everywhere.</summary>
    None,
}
