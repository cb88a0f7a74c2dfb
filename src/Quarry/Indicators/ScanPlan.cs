using System.Text.RegularExpressions;

namespace Quarry.Indicators;

/// <summary>What a scan looks for: the options, checked and ready. Immutable, shared by all scanners.</summary>
internal sealed record ScanPlan
{
    private const uint RowKinds = ~((1u << (int)IndicatorKind.WindowsPath) - 1)
        & ~(1u << (int)IndicatorKind.Md5Hash | 1u << (int)IndicatorKind.Sha1Hash
            | 1u << (int)IndicatorKind.Sha256Hash | 1u << (int)IndicatorKind.Sha512Hash | 1u << (int)IndicatorKind.Cidr);

    public uint Kinds { get; init; }

    public bool IgnoreTlds { get; init; }

    public bool Defanged { get; init; }

    /// <summary>Whether what stands around a name decides if it is a domain, or its form alone.</summary>
    public bool NeedsEvidence { get; init; } = true;

    public IReadOnlyList<(string Name, int Priority, Regex Regex, int Group)> Custom { get; init; } = [];

    /// <summary>Whether types are wanted that are looked for row by row.</summary>
    public bool HasRowKinds => (Kinds & RowKinds) != 0 || Custom.Count > 0;

    public bool Wants(IndicatorKind kind) => (Kinds & (1u << (int)kind)) != 0;

    public bool WantsAny(params ReadOnlySpan<IndicatorKind> kinds)
    {
        foreach (IndicatorKind kind in kinds)
        {
            if (Wants(kind))
            {
                return true;
            }
        }

        return false;
    }

    public string NameOf(IndicatorKind kind) =>
        kind < IndicatorKind.Custom ? IndicatorTypes.NameOf(kind) : Custom[kind - IndicatorKind.Custom].Name;

    public int PriorityOf(IndicatorKind kind) =>
        kind < IndicatorKind.Custom ? IndicatorTypes.PriorityOf(kind) : Custom[kind - IndicatorKind.Custom].Priority;

    public static ScanPlan From(IndicatorOptions options)
    {
        var custom = new List<(string, int, Regex, int)>();
        foreach (CustomIndicator indicator in options.Custom.Concat(options.Patterns.Select(CustomIndicator.Parse)))
        {
            if (custom.Any(other => other.Item1.Equals(indicator.Name, StringComparison.OrdinalIgnoreCase)))
            {
                throw new QuarryException($"The indicator '{indicator.Name}' is defined twice: give each pattern its own name.");
            }

            (Regex regex, int group) = indicator.Compile();
            custom.Add((indicator.Name, indicator.Priority, regex, group));
        }

        const int MostCustom = byte.MaxValue - (int)IndicatorKind.Custom;
        if (custom.Count > MostCustom)
        {
            throw new QuarryException($"{custom.Count} patterns are too many: {MostCustom} can be looked for at a time.");
        }

        return new ScanPlan
        {
            Kinds = options.SelectKinds(),
            IgnoreTlds = options.IgnoreTlds,
            Defanged = options.Defanged,
            Custom = custom,
        };
    }
}
