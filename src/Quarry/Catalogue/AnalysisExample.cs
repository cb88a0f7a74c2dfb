namespace Quarry.Catalogue;

/// <summary>A command line that shows an analysis at work.</summary>
/// <param name="Command">The whole command, for example <c>quarry iocs events.csv --column CommandLine</c>.</param>
/// <param name="Summary">What it does, in one sentence.</param>
public sealed record AnalysisExample(string Command, string Summary);
