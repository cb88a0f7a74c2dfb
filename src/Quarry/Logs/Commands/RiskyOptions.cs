using Quarry.Catalogue;

namespace Quarry.Logs.Commands;

/// <summary>Which commands are risky.</summary>
[AnalysisOptions]
public sealed partial record RiskyOptions
{
    /// <summary>
    /// Rules of your own, each <c>NAME=PATTERN</c> or <c>NAME:TECHNIQUE=PATTERN</c> with a regular expression without look-around
    /// and back-references. Default: none.
    /// </summary>
    /// <exception cref="QuarryException">A definition is not of that form, or its pattern is not usable.</exception>
    public IReadOnlyList<string> Rules
    {
        get;
        init
        {
            foreach (string definition in value)
            {
                _ = RiskyRule.Parse(definition);
            }

            field = value;
        }
    } = [];

    /// <summary>Whether only your own rules are used, and none of those built in. Default: false.</summary>
    public bool OnlyRules { get; init; }

    /// <summary>Further rules, for example from <see cref="RiskyRule.FromJson"/>. Default: none.</summary>
    [LibraryOnly]
    public IReadOnlyList<RiskyRule> Custom { get; init; } = [];

    /// <summary>All rules that are used.</summary>
    internal IReadOnlyList<RiskyRule> All() => [.. OnlyRules ? [] : RiskyRules.BuiltIn, .. Rules.Select(RiskyRule.Parse), .. Custom];
}
