using Quarry.Tables;

namespace Quarry.Catalogue;

/// <summary>A column of the table that an analysis returns.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="Summary">What it holds, in one sentence.</param>
public sealed record OutputColumn(string Name, ColumnType Type, string Summary);
