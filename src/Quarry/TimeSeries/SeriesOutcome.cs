namespace Quarry.TimeSeries;

/// <summary>What became of a series.</summary>
/// <param name="Key">The values of the key columns.</param>
/// <param name="Series">Its points.</param>
/// <param name="Periods">The periods it was decomposed with.</param>
/// <param name="Found">Its components and anomalies; null where it could not be decomposed.</param>
/// <param name="Problem">Why not.</param>
internal sealed record SeriesOutcome(object?[] Key, EvenSeries Series, IReadOnlyList<int> Periods, SeriesAnomalies? Found, string? Problem);
