namespace Quarry.Generators;

/// <summary>One member of an enum.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Summary">Its documentation as plain text.</param>
internal sealed record ChoiceModel(string Name, string Summary);
