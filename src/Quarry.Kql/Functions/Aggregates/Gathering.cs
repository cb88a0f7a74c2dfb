namespace Quarry.Kql.Functions.Aggregates;

/// <summary>How make_list and make_set take what they are given.</summary>
/// <param name="KeepsNulls">Whether null becomes an element.</param>
/// <param name="Flattens">Whether the elements of an array are taken in its place, as Kusto does with dynamic values.</param>
/// <param name="IsDistinct">Whether each element is taken once, where it was seen first.</param>
/// <param name="IsOrdered">Whether a second argument says where the element stands.</param>
internal sealed record Gathering(bool KeepsNulls, bool Flattens, bool IsDistinct, bool IsOrdered);
