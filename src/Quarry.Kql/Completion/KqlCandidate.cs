namespace Quarry.Kql.Completion;

/// <summary>Something that may stand at a place of a query.</summary>
/// <param name="Text">As it is written there, with brackets where a name needs them.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Detail">More about it, for example a column's type; empty where there is nothing to say.</param>
public sealed record KqlCandidate(string Text, CandidateKind Kind, string Detail = "");
