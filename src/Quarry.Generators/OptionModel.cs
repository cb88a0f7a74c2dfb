namespace Quarry.Generators;

/// <summary>One property of an options record.</summary>
/// <param name="Name">The property's name.</param>
/// <param name="Summary">Its documentation as plain text.</param>
/// <param name="Type">How its type is read and written.</param>
/// <param name="Choices">The members of its enum, or none.</param>
internal sealed record OptionModel(string Name, string Summary, OptionType Type, EquatableList<ChoiceModel> Choices);
