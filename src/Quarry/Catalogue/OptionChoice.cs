namespace Quarry.Catalogue;

/// <summary>One of the values that an option can have.</summary>
/// <param name="Name">How it is written, in every face alike, for example <c>md5_hash</c>.</param>
/// <param name="Summary">What it means, in plain text.</param>
/// <param name="Value">The member of the enum.</param>
public sealed record OptionChoice(string Name, string Summary, object Value);
