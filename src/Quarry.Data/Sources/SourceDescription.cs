namespace Quarry.Data.Sources;

/// <summary>What a source is.</summary>
/// <param name="Kind">What answers.</param>
/// <param name="Name">Its name for a person, for example <c>Sentinel workspace Default</c>.</param>
/// <param name="Address">Where it is: a folder, or an address without secrets.</param>
/// <param name="Leaves">One sentence: what leaves this machine when it is asked.</param>
public sealed record SourceDescription(SourceKind Kind, string Name, string Address, string Leaves);
