using Quarry.Decoding;
using Quarry.Indicators;

namespace Quarry.Data.PushDown;

/// <summary>
/// What every text holds in which an indicator of the wanted types is found, as a regular expression of RE2: the anchors that
/// <see cref="AnchorSearch"/> looks for, and those of the types that are looked for row by row.
/// </summary>
internal static class IndicatorFilter
{
    private const string Wide = @"\x{80}-\x{10FFFF}";

    // Four numbers with dots between them; a colon after another, with no more than a group of an IPv6 address between.
    private const string Numbers = @"[0-9]\.[0-9]+\.[0-9]+\.[0-9]", Groups = ":[0-9a-f]{0,4}:";

    // An encoded :// may hold anything; marks of defanging stand for dots, colons, slashes and at signs.
    private const string Escaped = "%(?:25)?3a%(?:25)?2f%(?:25)?2f";
    private const string Marks = @"[\[({](?:[.:/@]|dot|at[\])}])|\.\]|\\\.| dot |[\x{3002}\x{FF0E}\x{FF61}]";

    /// <summary>The expression for some options; null where a user's own patterns leave no text out.</summary>
    /// <exception cref="QuarryException">The options are not right.</exception>
    public static string? Of(IndicatorOptions options)
    {
        ScanPlan plan = ScanPlan.From(options);
        if (plan.Custom.Count > 0)
        {
            return null;
        }

        var parts = new List<string> { Escaped };
        for (IndicatorKind kind = 0; kind < IndicatorKind.Custom; kind++)
        {
            if (plan.Wants(kind))
            {
                parts.AddRange(Anchors(kind));
            }
        }

        parts.AddRange(options.Defanged ? [Marks] : []);
        parts.AddRange(options.Decode ? [EncodedFilter.Of(DecodeOptions.Default)] : []);
        return $"(?i){string.Join('|', parts.Distinct())}";
    }

    private static string[] Anchors(IndicatorKind kind) => kind switch
    {
        IndicatorKind.Ipv4 => [Numbers],
        IndicatorKind.Ipv6 => [Groups],
        IndicatorKind.Cidr => [Numbers, Groups],
        IndicatorKind.Dns => [Numbers, $@"[a-z0-9_{Wide}-]\.[a-z_{Wide}-]"],
        IndicatorKind.Url => ["://"],
        IndicatorKind.Email => ["@"],
        IndicatorKind.Md5Hash => ["[0-9a-f]{32}"],
        IndicatorKind.Sha1Hash => ["[0-9a-f]{40}"],
        IndicatorKind.Sha256Hash => ["[0-9a-f]{64}"],
        IndicatorKind.Sha512Hash => ["[0-9a-f]{128}"],
        IndicatorKind.WindowsPath => [@"\\", "[a-z]:/"],
        IndicatorKind.LinuxPath => ["/"],
        IndicatorKind.RegistryKey => [@"\\"],
        IndicatorKind.FileName => [@"\.[a-z0-9]"],
        IndicatorKind.Mac => ["(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}", @"[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}"],
        IndicatorKind.Cve => ["cve-[0-9]{4}-[0-9]{4}"],
        IndicatorKind.Asn => ["asn?[1-9]"],
        IndicatorKind.MitreAttack => ["t1[0-9]{3}"],
        IndicatorKind.Bitcoin => ["[13][0-9a-z]{25}", "bc1[0-9a-z]{11}"],
        IndicatorKind.Ethereum => ["0x[0-9a-f]{40}"],
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
