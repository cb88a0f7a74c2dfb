namespace Quarry.Kql.Diagnostics;

/// <summary>A place in a query's text, in UTF-16 code units.</summary>
/// <param name="Start">Where it begins, from 0.</param>
/// <param name="Length">How long it is; 0 where something is missing.</param>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>Where it ends: the first position behind it.</summary>
    public int End => Start + Length;
}
