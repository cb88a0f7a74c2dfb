using Quarry.Catalogue;

namespace Quarry.Indicators;

/// <summary>What to look for, and in which form to report it.</summary>
[AnalysisOptions]
public sealed partial record IndicatorOptions
{
    /// <summary>
    /// The types to look for, by name: see <see cref="IndicatorTypes.All"/>. Default: empty, which stands for
    /// <see cref="IndicatorTypes.Default"/> (ipv4, ipv6, dns, url, email, md5_hash, sha1_hash, sha256_hash). <c>all</c>
    /// stands for every type. User-defined types are always looked for.
    /// </summary>
    /// <exception cref="QuarryException">A name is not known; the message lists them and the nearest.</exception>
    public IReadOnlyList<string> Types
    {
        get;
        init
        {
            foreach (string name in value)
            {
                _ = Bits(name);
            }

            field = value;
        }
    } = [];

    /// <summary>Whether windows_path and linux_path are looked for beside <see cref="Types"/>. Default: false.</summary>
    public bool IncludePaths { get; init; }

    /// <summary>
    /// Whether any dotted name counts as a domain, whatever its last label: finds internal names (<c>dc1.corp.local</c>),
    /// and file names with them. Default: false.
    /// </summary>
    public bool IgnoreTlds { get; init; }

    /// <summary>Whether defanged text (<c>hxxp</c>, <c>[.]</c>, <c>(at)</c>, ...) is recognised. Default: true.</summary>
    public bool Defanged { get; init; } = true;

    /// <summary>The form in which observables are reported. Default: as they stand in the text.</summary>
    public ObservableForm Form { get; init; } = ObservableForm.AsFound;

    /// <summary>Whether encoded content is decoded and looked into too; Reference then names the layer. Default: false.</summary>
    public bool Decode { get; init; }

    /// <summary>
    /// Definitions of further types, each <c>NAME=PATTERN</c>, <c>NAME:PRIORITY=PATTERN</c> or
    /// <c>NAME:PRIORITY:GROUP=PATTERN</c>: see <see cref="CustomIndicator"/>. Default: none.
    /// </summary>
    /// <exception cref="QuarryException">A definition is not of that form, or its pattern is no regular expression.</exception>
    public IReadOnlyList<string> Patterns
    {
        get;
        init
        {
            foreach (string definition in value)
            {
                _ = CustomIndicator.Parse(definition).Compile();
            }

            field = value;
        }
    } = [];

    /// <summary>Further types. Default: none.</summary>
    [LibraryOnly]
    public IReadOnlyList<CustomIndicator> Custom { get; init; } = [];

    /// <summary>The selected built-in types, as a set of bits by <see cref="IndicatorKind"/>.</summary>
    /// <exception cref="QuarryException">A type is not known.</exception>
    internal uint SelectKinds()
    {
        uint kinds = 0;
        foreach (string name in Types.Count == 0 ? IndicatorTypes.Default : Types)
        {
            kinds |= Bits(name);
        }

        return IncludePaths
            ? kinds | (1u << (int)IndicatorKind.WindowsPath) | (1u << (int)IndicatorKind.LinuxPath)
            : kinds;
    }

    private static uint Bits(string name) => name.Equals("all", StringComparison.OrdinalIgnoreCase)
        ? (1u << (int)IndicatorKind.Custom) - 1
        : 1u << (int)Parse(name);

    private static IndicatorKind Parse(string name)
    {
        if (IndicatorTypes.TryParse(name, out IndicatorKind kind))
        {
            return kind;
        }

        string hint = NearestName.Of(name, IndicatorTypes.All) is { } nearest ? $" Did you mean '{nearest}'?" : "";
        throw new QuarryException(
            $"There is no indicator type '{name}'.{hint} The types are: {string.Join(", ", IndicatorTypes.All)}, and 'all' for every one.");
    }
}
