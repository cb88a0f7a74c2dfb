using Quarry.Data.Kql;

namespace Quarry.Data.Sources.Sentinel;

/// <summary>The answer to one query of a batch: a result, or the reason why there is none.</summary>
/// <param name="Result">The result; null where the query failed.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
public sealed record BatchAnswer(KqlResult? Result, SourceException? Error);
