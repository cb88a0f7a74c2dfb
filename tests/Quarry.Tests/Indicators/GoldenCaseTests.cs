using System.Text.Json;
using Quarry.Indicators;
using Quarry.Testing;

namespace Quarry.Tests.Indicators;

/// <summary>
/// Every recorded input of the reference, in each of the five ways it was asked: equal, or in the one list of differences
/// with the reason why the reference is wrong. A listed case that has become equal fails too.
/// </summary>
public class GoldenCaseTests
{
    private const string Mapped = "::ffff:192.0.2.128 is an IPv6 address, and is missed";
    private const string UserInfo = "the user of a URL is no mail address, and slashes are no part of one; parts of a URL are no paths; hosts only if dns is asked for";
    private const string UrlEnd = "a URL does not take the quote, bracket or semicolon after it; nor do its parts, cut short, make paths, names (x.ps of x.ps1) and hosts (www); hosts only if dns is asked for";
    private const string NotIpv6 = "clock times, MAC addresses and scopes of C++ are no addresses";
    private const string NotIpv4 = "numbers above 255 and pieces of longer dotted numbers are no addresses";
    private const string NotPath = "a switch, the length of a prefix, and parts of a URL are no paths; hosts only if dns is asked for";
    private const string Hashes = "every second one of hashes that one character separates is missed";
    private const string Files = "names of files and namespaces are no domains; script.ps is cut out of script.ps1";
    private const string Decoded = "the URL within is reported by itself, and no name from the middle of an escape";
    private const string UrlIpv6 = "a host can be an IPv6 address in brackets";
    private const string NoHost = "without a host there is no URL";
    private const string Defanged = "(at), [dot], (.) and [:] are missed; parts of a URL are no paths";
    private const string Labels = "labels with underscores, xn-- and beyond ASCII are cut";
    private const string PathRoot = "%SystemRoot%\\ and C:/ begin a path and are cut off";
    private const string Blanks = "four paths, separated by blanks, are four";
    private const string LocalPart = "the beginning of a mail address is no domain";

    private static readonly Difference[] Differences =
    [
        new("test:ipv6_test", "default plain ignore_tlds", Mapped),
        new("test:url_test", "default plain ignore_tlds types", UserInfo),
        new("test:url2_test", "default plain ignore_tlds types", UrlEnd),
        new("testdf:url_0", "default plain ignore_tlds types", UrlEnd),
        new("testdf:url_1", "default plain ignore_tlds types", UrlEnd),
        new("testdf:url_2", "default plain ignore_tlds types", UrlEnd),
        new("testdf:url_3", "default plain ignore_tlds types", UrlEnd),
        new("testdf:url_4", "default plain ignore_tlds types", UrlEnd),
        new("testdf:url_5", "default plain ignore_tlds types", UrlEnd),
        new("testdf:url_6", "default plain ignore_tlds types", UrlEnd),
        new("testdf:url_7", "default plain ignore_tlds types", UrlEnd),
        new("testdf:url_8", "default plain ignore_tlds types", UrlEnd),
        new("testdf:url_9", "default plain ignore_tlds types", UrlEnd),
        new("testdf:url_10", "default plain ignore_tlds types", UrlEnd),
        new("extra:ps_download", "default plain ignore_tlds types", UrlEnd),
        new("extra:time_as_ipv6", "default plain ignore_tlds", NotIpv6),
        new("extra:mac", "default plain ignore_tlds", NotIpv6),
        new("extra:bad_octets", "default plain ignore_tlds types", NotIpv4),
        new("extra:ip_port", "default plain ignore_tlds", NotPath),
        new("extra:ip_in_longer", "default plain ignore_tlds types", NotIpv4),
        new("extra:ipv6_v4mapped", "default plain ignore_tlds type", Mapped),
        new("extra:cpp_scope", "default plain ignore_tlds", NotIpv6),
        new("extra:two_hashes_space", "default plain ignore_tlds types", Hashes),
        new("extra:two_hashes_comma", "default plain ignore_tlds types", Hashes),
        new("extra:files_as_dns", "default plain ignore_tlds", Files),
        new("extra:url_trailing", "default plain ignore_tlds types", UrlEnd),
        new("extra:url_two", "default plain ignore_tlds types", NotPath),
        new("extra:url_encoded", "default plain ignore_tlds types", Decoded),
        new("extra:url_userinfo", "default plain ignore_tlds types", UserInfo),
        new("extra:url_ip", "default plain ignore_tlds", NotPath),
        new("extra:url_ipv6", "default plain ignore_tlds types type", UrlIpv6),
        new("extra:url_noscheme", "default plain ignore_tlds", NotPath),
        new("extra:url_upper", "default plain ignore_tlds types", NotPath),
        new("extra:url_empty_host", "default plain ignore_tlds types", NoHost),
        new("extra:email_odd", "ignore_tlds", LocalPart),
        new("extra:email_defang", "default ignore_tlds", Defanged),
        new("extra:url_defang", "default plain ignore_tlds types", Defanged),
        new("extra:ip_defang", "default ignore_tlds types", Defanged),
        new("extra:dns_idn", "default plain ignore_tlds", Labels),
        new("extra:dns_under", "default plain ignore_tlds", Labels),
        new("extra:winpath_env", "default plain ignore_tlds type", PathRoot),
        new("extra:winpath_slash", "default plain ignore_tlds type", PathRoot),
        new("extra:lxpath", "default plain ignore_tlds type", Blanks),
    ];

    private static readonly (string Way, string Recorded, IndicatorOptions Options)[] Ways =
    [
        ("default", "extract_default", new() { Types = IndicatorTypes.Reference }),
        ("plain", "extract_defanged_False", new() { Types = IndicatorTypes.Reference, Defanged = false }),
        ("ignore_tlds", "extract_ignore_tlds", new() { Types = IndicatorTypes.Reference, IgnoreTlds = true }),
        ("types", "extract_ioc_types_ipv4_url_md5", new() { Types = ["ipv4", "url", "md5_hash"] }),
    ];

    [Fact]
    public void Equals_the_reference_but_for_the_listed_differences()
    {
        using JsonDocument cases = JsonDocument.Parse(File.ReadAllBytes(Corpus.PathOf("golden/ioc/extract_cases.json")));
        var unlike = new List<string>();

        foreach (JsonElement recorded in cases.RootElement.EnumerateArray())
        {
            string name = recorded.GetProperty("name").GetString()!, input = recorded.GetProperty("input").GetString()!;
            IEnumerable<string> ways =
                [.. Ways.Where(way => !IsEqual(input, way.Options, recorded.GetProperty(way.Recorded))).Select(way => way.Way),
                .. new IndicatorExtractor().GetIndicatorType(input) == recorded.GetProperty("get_ioc_type").GetString() ? [] : new[] { "type" }];
            if (ways.Any())
            {
                unlike.Add($"{name}: {string.Join(" ", ways)}");
            }
        }

        unlike.ShouldBe(Differences.Select(difference => $"{difference.Case}: {difference.Ways}"));
        Differences.ShouldAllBe(difference => difference.Reason.Length > 0);
    }

    private static bool IsEqual(string input, IndicatorOptions options, JsonElement recorded)
    {
        var expected = recorded.EnumerateObject()
            .SelectMany(type => type.Value.EnumerateArray().Select(observable => (type.Name, observable.GetString()!))).ToHashSet();
        return expected.SetEquals(new IndicatorExtractor(options).Extract(input)
            .SelectMany(type => type.Value.Select(observable => (type.Key, observable))));
    }

    private sealed record Difference(string Case, string Ways, string Reason);
}
