namespace Quarry.Signatures;

/// <summary>Why a column has no part in the signatures.</summary>
public enum DropReason
{
    /// <summary>It was excluded by name.</summary>
    Named,

    /// <summary>A pattern matches at the start of its name.</summary>
    Pattern,

    /// <summary>It tells no row from another.</summary>
    Invariant,

    /// <summary>It equals an earlier column in every row.</summary>
    Duplicate,
}
