namespace Quarry.Data.Sources;

/// <summary>How far a query is.</summary>
/// <param name="Rows">Rows that have arrived.</param>
/// <param name="Bytes">Bytes that have arrived.</param>
/// <param name="Parts">Parts of the query that are whole.</param>
/// <param name="OfParts">Parts of the query in all.</param>
/// <param name="Share">How much is done, 0 to 1, where the source tells it.</param>
public sealed record SourceProgress(long Rows, long Bytes, int Parts = 0, int OfParts = 1, double? Share = null);
