namespace Quarry.Signatures;

/// <summary>What is shown of the signatures of a table.</summary>
public enum SignatureView
{
    /// <summary>The signatures; with a signature all about it, with a feature the distribution of its values.</summary>
    Signatures,

    /// <summary>The signatures by how surprising they are, with the columns that make them so.</summary>
    Rare,

    /// <summary>The columns by how well their being filled or not splits the rows.</summary>
    Pivots,

    /// <summary>The values that identify each signature.</summary>
    Unique,

    /// <summary>The KQL clause that selects exactly the rows of each signature.</summary>
    Kql,

    /// <summary>The columns that were dropped, and why.</summary>
    Dropped,
}
