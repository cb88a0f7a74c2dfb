namespace Quarry.TimeSeries;

/// <summary>What a step without a row counts as.</summary>
public enum GapFilling
{
    /// <summary>As 0: nothing was logged because nothing happened.</summary>
    Zero,

    /// <summary>As the step before.</summary>
    Previous,

    /// <summary>As what lies on the line between its neighbours.</summary>
    Linear,

    /// <summary>It is left out: the series closes up, and the season moves on by less.</summary>
    None,

    /// <summary>As an error.</summary>
    Error,
}
