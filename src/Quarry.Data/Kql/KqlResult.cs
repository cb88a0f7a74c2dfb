using Quarry.Tables;

namespace Quarry.Data.Kql;

/// <summary>What a query gave.</summary>
/// <param name="Table">The rows.</param>
/// <param name="Remarks">What there is to know beside the rows, a sentence each: values that did not read, rows left out.</param>
public sealed record KqlResult(Table Table, IReadOnlyList<string> Remarks);
