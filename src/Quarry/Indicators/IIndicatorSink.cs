namespace Quarry.Indicators;

/// <summary>Takes indicators as they are found.</summary>
public interface IIndicatorSink
{
    /// <summary>
    /// Takes an indicator: row by row, within a row in the order of the text, each observable of a row once. Its spans must
    /// be copied to be kept.
    /// </summary>
    void Add(in IndicatorMatch match);
}
