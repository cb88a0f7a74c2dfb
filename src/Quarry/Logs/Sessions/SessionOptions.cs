using Quarry.Catalogue;
using Quarry.Logs.Commands;

namespace Quarry.Logs.Sessions;

/// <summary>How sessions are shown.</summary>
[AnalysisOptions]
public sealed partial record SessionOptions
{
    /// <summary>Whether each session shows its risky commands and bursts of commands. Default: false.</summary>
    public bool Risky { get; init; }

    /// <summary>Only the sessions of these users. Default: none, which is all.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>The rules for risky commands. Default: those built in.</summary>
    [LibraryOnly]
    public IReadOnlyList<RiskyRule>? Rules { get; init; }
}
