namespace Quarry.Generators;

/// <summary>An options record as plain values: what the generated source depends on and nothing else.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Options">Its options, in the order of declaration.</param>
/// <param name="Complaints">What is wrong with it; nothing is generated then.</param>
internal sealed record OptionsModel(
    string Namespace,
    string Name,
    EquatableList<OptionModel> Options,
    EquatableList<Complaint> Complaints);
