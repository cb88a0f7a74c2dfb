using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck.Fluent;
using Quarry.Indicators;

namespace Quarry.Tests.Indicators;

/// <summary>The scan over blocks beside obvious and slow ways to say the same, on random and mutated text.</summary>
public partial class RowScannerTests
{
    private const int Rounds = 5_000;

    private static readonly string[] Parts =
    [
        "1.2.3.4", "255.", "1", "0", ".", ":", "::", "a", "ff", "f", "G", "-", "_", " ", "/", "//", "://", "http", "hxxp", "@", "\\", "[", "]",
        "(", ")", "[.]", " dot ", "%3A%2F%2F", "%", "com", ".com", "evil.com", "me@a.org", "2001:db8::1", "é", "中", "。", "\0", "\"", "'", ",",
        "d41d8cd98f00b204e9800998ecf8427e", "abcdef0123456789", "C:\\Windows\\x.exe", "=", "&", "\n", "exe", "zip", "Microsoft.NET",
    ];

    private static readonly Gen<string> Texts = Gen.ListOf(Gen.Elements(Parts)).Select(parts => string.Concat(parts));

    [Fact]
    public void Finds_the_addresses_that_a_pattern_and_a_parser_find()
    {
        var extractor = new IndicatorExtractor(new IndicatorOptions { Types = ["ipv6"], Defanged = false });

        Check(text => extractor.FindAll("ipv6", text), text => [.. Ipv6Run().Matches(text).Select(run => SlowIpv6(run.Value)).OfType<string>().Distinct()]);
    }

    [Fact]
    public void Finds_the_numbers_that_a_pattern_finds()
    {
        var extractor = new IndicatorExtractor(new IndicatorOptions { Types = ["ipv4"], Defanged = false });

        // The alphabet is kept to what the pattern can say.
        Gen<string> texts = Gen.ListOf(Gen.Elements("1", "2", "25", "256", "0", "01", ".", ".", ".", " ", ":", "/", "1.2.3.4"))
            .Select(parts => string.Concat(parts));
        Check(texts, text => extractor.FindAll("ipv4", text), text => [.. Ipv4().Matches(text).Select(match => match.Value).Distinct()]);
    }

    [Fact]
    public void Finds_the_hashes_that_a_pattern_finds()
    {
        var extractor = new IndicatorExtractor(new IndicatorOptions { Types = ["md5_hash", "sha1_hash", "sha256_hash", "sha512_hash"], Defanged = false });

        Check(text => [.. extractor.Find(text).Select(match => match.Observable)], text => [.. Hash().Matches(text).Select(match => match.Value).Distinct()]);
    }

    [Fact]
    public void Finds_in_rows_of_one_buffer_what_it_finds_in_each_alone()
    {
        var extractor = new IndicatorExtractor(new IndicatorOptions { Types = ["all"] });

        Prop.ForAll(Gen.ListOf(Texts).ToArbitrary(), rows =>
        {
            var together = new CollectingSink();
            extractor.Scan(rows, together);
            return together.Found.SequenceEqual(
                rows.SelectMany((row, index) => extractor.Find(row).Select(match => match with { Row = index })));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Rounds / 5).WithReplay(1, 3));
    }

    [Fact]
    public void Every_match_lies_in_its_row_and_says_what_stands_there()
    {
        var extractor = new IndicatorExtractor(new IndicatorOptions { Types = ["all"] });

        Prop.ForAll(Texts.ToArbitrary(), text =>
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            return extractor.Find(text).All(match => match.Length > 0 && match.Offset + match.Length <= bytes.Length
                && Encoding.UTF8.GetString(bytes, match.Offset, match.Length) == (match.Original.Length > 0 ? match.Original : match.Observable));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Rounds).WithReplay(1, 5));
    }

    [Fact]
    public void Bytes_that_are_no_text_end_nothing_but_matches()
    {
        var extractor = new IndicatorExtractor(new IndicatorOptions { Types = ["all"], Form = ObservableForm.Refanged });
        var random = new Random(17);
        byte[] seed = Encoding.UTF8.GetBytes(string.Concat(Parts));

        for (int round = 0; round < Rounds; round++)
        {
            byte[] bytes = [.. seed];
            for (int change = 0; change < 20; change++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            Should.NotThrow(() => extractor.Extract(bytes));
        }
    }

    // Escapes are decoded, which the patterns do not do.
    private static void Check(Func<string, string[]> fast, Func<string, string[]> slow) =>
        Check(Texts.Select(text => text.Replace("%", "", StringComparison.Ordinal)), fast, slow);

    private static void Check(Gen<string> texts, Func<string, string[]> fast, Func<string, string[]> slow) =>
        Prop.ForAll(texts.ToArbitrary(), text => fast(text).SequenceEqual(slow(text)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Rounds).WithReplay(1, 7));

    private static string? SlowIpv6(string run)
    {
        string address = run.Length > 2 && run[^1] is '.' or ':' && run[^2] is not ('.' or ':') ? run[..^1] : run;
        bool isAddress = address.Contains(':', StringComparison.Ordinal) && StrictIpv4Tail().IsMatch(address)
            && IPAddress.TryParse(address, out IPAddress? parsed) && parsed.AddressFamily == AddressFamily.InterNetworkV6;
        bool isDoubtful = EightPairs().IsMatch(address) || NumberAlone().IsMatch(address)
            || (!address.Any(char.IsAsciiDigit) && (address.StartsWith("::", StringComparison.Ordinal) || address.EndsWith("::", StringComparison.Ordinal) || address.Length < 10));
        return isAddress && !isDoubtful ? address : null;
    }

    [GeneratedRegex(@"(?<![\w:.])[0-9a-fA-F:.]+(?![0-9a-zA-Z_:.])", RegexOptions.ECMAScript)]
    private static partial Regex Ipv6Run();

    [GeneratedRegex(@"^[0-9a-fA-F:]*(:(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3})?$")]
    private static partial Regex StrictIpv4Tail();

    [GeneratedRegex("^[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){7}$")]
    private static partial Regex EightPairs();

    [GeneratedRegex("^[0-9a-fA-F]{1,3}::$")]
    private static partial Regex NumberAlone();

    [GeneratedRegex(@"(?<![\d])(?<!(?<!\.)\.)(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}(?!\.?\d)")]
    private static partial Regex Ipv4();

    [GeneratedRegex("(?<![0-9a-fA-F])([0-9a-fA-F]{128}|[0-9a-fA-F]{64}|[0-9a-fA-F]{40}|[0-9a-fA-F]{32})(?![0-9a-fA-F])")]
    private static partial Regex Hash();
}
