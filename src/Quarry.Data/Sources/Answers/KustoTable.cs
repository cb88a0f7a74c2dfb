using Quarry.Tables;

namespace Quarry.Data.Sources.Answers;

/// <summary>A table of an answer whose rows come in fragments.</summary>
/// <param name="name">Its name.</param>
/// <param name="schema">Its columns.</param>
/// <param name="isPrimary">Whether it is a result of the query, and not one about it.</param>
internal sealed class KustoTable(string name, TableSchema schema, bool isPrimary)
{
    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Its columns.</summary>
    public TableSchema Schema => schema;

    /// <summary>Whether it is a result of the query, and not one about it.</summary>
    public bool IsPrimary => isPrimary;

    /// <summary>How many rows have arrived and still count.</summary>
    public long Rows { get; set; }

    /// <summary>Batches that may still be replaced.</summary>
    public List<Table> Held { get; } = [];
}
