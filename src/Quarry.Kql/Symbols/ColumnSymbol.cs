using Quarry.Tables;

namespace Quarry.Kql.Symbols;

/// <summary>
/// A column of one operator's result. Two columns are the same only if they are the same object: a query may hold any
/// number of columns of one name, and lowering gives each its own identifier.
/// </summary>
/// <param name="name">The name; case counts.</param>
/// <param name="type">The type; null where an error was reported.</param>
internal sealed class ColumnSymbol(string name, ColumnType? type)
{
    /// <summary>The name; case counts.</summary>
    public string Name { get; } = name;

    /// <summary>The type; null where an error was reported.</summary>
    public ColumnType? Type { get; } = type;

    /// <inheritdoc/>
    public override string ToString() => $"{Name}:{ScalarTypes.NameOf(Type)}";
}
