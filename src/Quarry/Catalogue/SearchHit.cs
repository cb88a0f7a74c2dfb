namespace Quarry.Catalogue;

/// <summary>An analysis that was found.</summary>
/// <param name="Analysis">The analysis.</param>
/// <param name="Score">How well it was found; comparable within one search.</param>
/// <param name="Reasons">The best reason for each word that was found, in the order of the words.</param>
public sealed record SearchHit(Analysis Analysis, int Score, IReadOnlyList<SearchReason> Reasons);
