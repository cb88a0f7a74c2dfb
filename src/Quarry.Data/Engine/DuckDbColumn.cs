namespace Quarry.Data.Engine;

/// <summary>A named value's type: a column of a result, a member of a struct.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type.</param>
public sealed record DuckDbColumn(string Name, DuckDbType Type);
