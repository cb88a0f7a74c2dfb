using Quarry.Tables;

namespace Quarry.Data.Kql.Schemas;

/// <summary>The schema of a table.</summary>
/// <param name="Product">Whose table it is: <c>Sentinel</c> or <c>Defender</c>.</param>
/// <param name="Columns">Its columns.</param>
internal sealed record KnownSchema(string Product, TableSchema Columns);
