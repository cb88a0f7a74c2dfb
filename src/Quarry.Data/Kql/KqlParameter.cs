using Quarry.Tables;

namespace Quarry.Data.Kql;

/// <summary>A parameter that a query declares.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="HasDefault">Whether it may be left out.</param>
public sealed record KqlParameter(string Name, ColumnType Type, bool HasDefault);
