namespace Quarry.Data.Queries.Filling;

/// <summary>A parameter's place in a marked text.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Start">Where its mark begins.</param>
/// <param name="End">The first position behind it.</param>
internal readonly record struct MarkedHole(QueryParameter Parameter, int Start, int End);
