namespace Quarry.Signatures;

/// <summary>Whose rules the signatures follow.</summary>
public enum SignatureMode
{
    /// <summary>A column that is constant where it is filled is kept, a null time is missing, unique values are verified over all rows.</summary>
    Exact,

    /// <summary>The answers of the original notebook's DataSignature class, its oddities included.</summary>
    Reference,
}
