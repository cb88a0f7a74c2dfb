namespace Quarry.Tables;

/// <summary>Some consecutive rows of a stream.</summary>
/// <param name="Table">The rows.</param>
/// <param name="FirstRow">The position of the first of them in the whole stream, from 0.</param>
/// <param name="Source">Where they come from (a file's name), or null if that is not known.</param>
public sealed record TableBatch(Table Table, long FirstRow = 0, string? Source = null);
