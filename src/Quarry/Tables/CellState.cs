namespace Quarry.Tables;

/// <summary>What became of reading a cell as a value of some type.</summary>
public enum CellState
{
    /// <summary>It holds a value, and it was read.</summary>
    Read,

    /// <summary>It is null, or text of nothing but white space.</summary>
    Missing,

    /// <summary>It holds something that is no such value.</summary>
    Unreadable,
}
