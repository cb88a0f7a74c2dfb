using Quarry.Tables;

namespace Quarry.Data.Sources.Answers;

/// <summary>A frame of Kusto's version 2, as far as it was read. The properties may come in any order.</summary>
internal sealed class KustoFrame
{
    /// <summary>What it is: <c>DataTable</c>, <c>TableFragment</c>, …</summary>
    public string? Type { get; set; }

    /// <summary>The table that it is about.</summary>
    public long? TableId { get; set; }

    /// <summary>The table's name.</summary>
    public string? TableName { get; set; }

    /// <summary>What the table is: <c>PrimaryResult</c>, <c>QueryProperties</c>, …</summary>
    public string? TableKind { get; set; }

    /// <summary>The table's columns.</summary>
    public TableSchema? Schema { get; set; }

    /// <summary><c>DataAppend</c> or <c>DataReplace</c>.</summary>
    public string? FragmentType { get; set; }

    /// <summary>How many rows the table is said to have had.</summary>
    public long? RowCount { get; set; }

    /// <summary>How much is done, in hundredths.</summary>
    public double? Progress { get; set; }

    /// <summary>Whether rows that were sent may be replaced later.</summary>
    public bool IsProgressive { get; set; }

    /// <summary>Whether the query ended in an error.</summary>
    public bool HasErrors { get; set; }

    /// <summary>Whether the query was cancelled.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>Whether it has rows.</summary>
    public bool HasRows { get; set; }

    /// <summary>Rows that came before it was known of which table; null where they did not.</summary>
    public byte[]? EarlyRows { get; set; }

    /// <summary>Whether all is known that reading its rows needs.</summary>
    public bool IsKnown => Type switch
    {
        "DataTable" => Schema is not null && TableKind is not null && TableName is not null,
        "TableFragment" => TableId is not null && FragmentType is not null,
        _ => false,
    };
}
