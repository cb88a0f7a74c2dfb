namespace Quarry.Indicators;

/// <summary>What to look for, and in which form to report it.</summary>
public sealed record IndicatorOptions
{
    /// <summary>
    /// The types to look for, by name: see <see cref="IndicatorTypes.All"/>. Default: empty, which stands for
    /// <see cref="IndicatorTypes.Default"/> (ipv4, ipv6, dns, url, email, md5_hash, sha1_hash, sha256_hash). <c>all</c>
    /// stands for every type. User-defined types are always looked for.
    /// </summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>Whether windows_path and linux_path are looked for beside <see cref="Types"/>. Default: false.</summary>
    public bool IncludePaths { get; init; }

    /// <summary>
    /// Whether any dotted name counts as a domain, whatever its last label: finds internal names (<c>dc1.corp.local</c>),
    /// and file names with them. Default: false.
    /// </summary>
    public bool IgnoreTlds { get; init; }

    /// <summary>Whether defanged text (<c>hxxp</c>, <c>[.]</c>, <c>(at)</c>, ...) is recognised. Default: true.</summary>
    public bool Defanged { get; init; } = true;

    /// <summary>
    /// Whether observables are reported in their live form, <c>evil.example</c> for <c>evil[.]example</c>. Default: false,
    /// as they stand in the text.
    /// </summary>
    public bool Refang { get; init; }

    /// <summary>
    /// Whether observables of the network types are reported defanged, <c>hxxp[:]//evil[.]example</c>, so that nothing
    /// downstream can follow them. Default: false. Excludes <see cref="Refang"/>.
    /// </summary>
    public bool Defang { get; init; }

    /// <summary>
    /// Definitions of further types, each <c>NAME=PATTERN</c>, <c>NAME:PRIORITY=PATTERN</c> or
    /// <c>NAME:PRIORITY:GROUP=PATTERN</c>: see <see cref="CustomIndicator"/>. Default: none.
    /// </summary>
    public IReadOnlyList<string> Patterns { get; init; } = [];

    /// <summary>Further types. Default: none.</summary>
    public IReadOnlyList<CustomIndicator> Custom { get; init; } = [];

    /// <summary>The selected built-in types, as a set of bits by <see cref="IndicatorKind"/>.</summary>
    /// <exception cref="QuarryException">A type is not known, or options exclude each other.</exception>
    internal uint SelectKinds()
    {
        if (Refang && Defang)
        {
            throw new QuarryException("Observables cannot be both refanged and defanged: choose one of the two options.");
        }

        uint kinds = 0;
        foreach (string name in Types.Count == 0 ? IndicatorTypes.Default : Types)
        {
            kinds |= name.Equals("all", StringComparison.OrdinalIgnoreCase)
                ? (1u << (int)IndicatorKind.Custom) - 1
                : 1u << (int)Parse(name);
        }

        return IncludePaths
            ? kinds | (1u << (int)IndicatorKind.WindowsPath) | (1u << (int)IndicatorKind.LinuxPath)
            : kinds;
    }

    private static IndicatorKind Parse(string name) =>
        IndicatorTypes.TryParse(name, out IndicatorKind kind)
            ? kind
            : throw new QuarryException(
                $"There is no indicator type '{name}'. The nearest is '{IndicatorTypes.Nearest(name, IndicatorTypes.All)}'; " +
                $"the types are: {string.Join(", ", IndicatorTypes.All)}, and 'all'.");
}
