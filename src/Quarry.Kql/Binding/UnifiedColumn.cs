using Quarry.Tables;

namespace Quarry.Kql.Binding;

/// <summary>A column of several tables put under each other.</summary>
/// <param name="Name">What it is called, unless that is taken.</param>
/// <param name="Source">What it is called in the tables that have it.</param>
/// <param name="Type">Its type, there and here.</param>
internal sealed record UnifiedColumn(string Name, string Source, ColumnType? Type);
