namespace Quarry.TimeSeries;

/// <summary>The components of a series with several periods.</summary>
/// <param name="Sum">The components, all seasons added up.</param>
/// <param name="Periods">The periods, the shortest first.</param>
/// <param name="Seasons">The season of each period.</param>
public sealed record MultipleDecomposition(Decomposition Sum, IReadOnlyList<int> Periods, IReadOnlyList<double[]> Seasons);
