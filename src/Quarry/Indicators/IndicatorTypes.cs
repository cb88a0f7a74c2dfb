namespace Quarry.Indicators;

/// <summary>The names of the built-in indicator types, as they stand in <c>IoCType</c>.</summary>
public static class IndicatorTypes
{
    private static readonly string[] Names =
    [
        "ipv4", "ipv6", "dns", "url", "email", "windows_path", "linux_path", "md5_hash", "sha1_hash", "sha256_hash",
        "sha512_hash", "cidr", "mac", "cve", "registry_key", "file_name", "asn", "mitre_attack", "bitcoin", "ethereum",
    ];

    // An equal text found as two types is reported as the one of the smaller number.
    private static readonly int[] Priorities = [0, 0, 2, 0, 1, 3, 4, 1, 1, 1, 1, 0, 0, 0, 1, 3, 1, 1, 0, 0];

    /// <summary>Every built-in type.</summary>
    public static IReadOnlyList<string> All { get; } = Names;

    /// <summary>
    /// The types looked for when none are named: ipv4, ipv6, dns, url, email, md5_hash, sha1_hash, sha256_hash. They are
    /// MSTICPy's for tables. Paths and the types that are noisier, or rarely meant, are on request.
    /// </summary>
    public static IReadOnlyList<string> Default { get; } =
        ["ipv4", "ipv6", "dns", "url", "email", "md5_hash", "sha1_hash", "sha256_hash"];

    /// <summary>The ten types of MSTICPy.</summary>
    public static IReadOnlyList<string> Reference { get; } =
    [
        "ipv4", "ipv6", "dns", "url", "email", "windows_path", "linux_path", "md5_hash", "sha1_hash", "sha256_hash",
    ];

    /// <summary>What <see cref="IndicatorExtractor.GetIndicatorType(string)"/> answers for a text that is no indicator.</summary>
    public const string Unknown = "unknown";

    internal static string NameOf(IndicatorKind kind) => Names[(int)kind];

    internal static int PriorityOf(IndicatorKind kind) => Priorities[(int)kind];

    internal static bool TryParse(string name, out IndicatorKind kind)
    {
        int index = Array.IndexOf(Names, name.Trim().ToLowerInvariant());
        kind = (IndicatorKind)Math.Max(index, 0);
        return index >= 0;
    }
}
