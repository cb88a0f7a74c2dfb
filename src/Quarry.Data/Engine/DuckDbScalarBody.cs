namespace Quarry.Data.Engine;

/// <summary>
/// Computes a value a row. It runs on DuckDB's threads, several at once: what it shares has to allow for that. An exception
/// becomes the statement's error.
/// </summary>
/// <param name="arguments">The arguments, up to 2,048 rows; not valid after the call.</param>
/// <param name="result">Where the values go, a row each.</param>
public delegate void DuckDbScalarBody(DuckDbChunk arguments, DuckDbVectorWriter result);
