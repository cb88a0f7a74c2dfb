namespace Quarry.TimeSeries;

/// <summary>How far a residual stands out.</summary>
public enum AnomalyScore
{
    /// <summary>Standard deviations from the mean of the residuals.</summary>
    Zscore,

    /// <summary>
    /// Distance from the median, in median absolute deviations scaled to a standard deviation of normal residuals: outliers do not hide
    /// themselves by widening the scale.
    /// </summary>
    Mad,

    /// <summary>Distance beyond the 10th or 90th percentile, in distances between the two; 0 between them.</summary>
    Tukey,
}
