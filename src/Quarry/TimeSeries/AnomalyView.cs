namespace Quarry.TimeSeries;

/// <summary>What a search for anomalies shows.</summary>
public enum AnomalyView
{
    /// <summary>Every point of every series.</summary>
    Points,

    /// <summary>Only the points that stand out.</summary>
    Anomalies,

    /// <summary>The periods in which points stand out, each with a KQL clause that selects it.</summary>
    Periods,
}
