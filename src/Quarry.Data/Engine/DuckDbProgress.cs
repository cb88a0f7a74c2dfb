namespace Quarry.Data.Engine;

/// <summary>How far a running statement is.</summary>
/// <param name="Fraction">From 0 to 1, or null where DuckDB does not know (nothing runs, or it cannot tell).</param>
/// <param name="RowsProcessed">The rows worked on so far.</param>
/// <param name="TotalRows">The rows to work on, as DuckDB estimates them.</param>
public readonly record struct DuckDbProgress(double? Fraction, ulong RowsProcessed, ulong TotalRows);
