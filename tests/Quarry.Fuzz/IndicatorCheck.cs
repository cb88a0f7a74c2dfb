using System.Net;
using System.Text;
using System.Text.Unicode;
using Quarry.Indicators;
using static Quarry.Fuzz.BrokenInvariantException;

namespace Quarry.Fuzz;

/// <summary>Extracts the indicators of an input in several ways and checks what must hold for every text.</summary>
internal static class IndicatorCheck
{
    private static readonly IndicatorExtractor Defaults = new();
    private static readonly IndicatorExtractor Everything = new(new IndicatorOptions { Types = ["all"] });
    private static readonly IndicatorExtractor Live = new(new IndicatorOptions { Types = ["all"], Form = ObservableForm.Refanged });

    internal sealed record Found(int Row, string Type, int Offset, int Length, string Observable, byte[] Bytes, byte[] Original);

    /// <summary>The indicators of the default types.</summary>
    public static IReadOnlyList<Found> Extract(byte[] text) => Scan(Defaults, text, [0, text.Length]);

    /// <summary>Defangs the text as a whole, and refangs that.</summary>
    public static byte[] DefangAndRefang(byte[] text) => Defanging.Refang(Defanging.Defang(text));

    /// <summary>Checks a text; returns the bytes worked on.</summary>
    /// <exception cref="BrokenInvariantException">Something does not hold.</exception>
    public static long Run(byte[] text)
    {
        IReadOnlyList<Found> found = Scan(Everything, text, [0, text.Length]);
        StandWhereTheySay(text, found);
        AreWhatTheySay(found);
        Require(Same(found, Scan(Everything, text, [0, text.Length])), "a second run differs");
        AreTheSameInAnyRow(text, found);
        AreTheSameInADictionary(text, found);
        _ = Scan(Live, text, [0, text.Length]);
        ComeBackFromDefanging(text, found);
        return 6L * text.Length;
    }

    private static List<Found> Scan(IndicatorExtractor extractor, byte[] text, int[] offsets)
    {
        var sink = new Sink();
        extractor.Scan(text, offsets, sink);
        return sink.All;
    }

    private static void StandWhereTheySay(byte[] text, IReadOnlyList<Found> found)
    {
        var seen = new HashSet<(string, string)>();
        int previous = 0;
        foreach (Found one in found)
        {
            Require(
                one.Offset >= 0 && one.Length > 0 && one.Offset + one.Length <= text.Length,
                $"{one.Type} {one.Observable} is at {one.Offset}, {one.Length} bytes");
            Require(one.Offset >= previous, $"{one.Type} {one.Observable} at {one.Offset} comes after one at {previous}");
            previous = one.Offset;
            Require(one.Observable.Length > 0, $"an empty {one.Type} at {one.Offset}");
            Require(seen.Add((one.Type, Convert.ToHexString(one.Bytes))), $"{one.Type} {one.Observable} is reported twice");

            ReadOnlySpan<byte> stood = text.AsSpan(one.Offset, one.Length);
            Require(Utf8.IsValid(stood) || MayHoldBadBytes(one.Type), $"{one.Type} {one.Observable} at {one.Offset} is not UTF-8");
            bool isAsItStood = one.Original.Length > 0
                ? stood.SequenceEqual(one.Original)
                : stood.SequenceEqual(one.Bytes);
            Require(isAsItStood, $"{one.Type} {one.Observable} does not stand at {one.Offset}");
        }
    }

    private static void AreWhatTheySay(IReadOnlyList<Found> found)
    {
        foreach (Found one in found)
        {
            string live = Defanging.Refang(one.Observable);
            bool isOne = one.Type switch
            {
                "ipv4" => IPAddress.TryParse(live, out IPAddress? four) && four.ToString() == live,
                "ipv6" => IPAddress.TryParse(live.Trim('[', ']'), out _),
                "md5_hash" => IsHex(live, 32),
                "sha1_hash" => IsHex(live, 40),
                "sha256_hash" => IsHex(live, 64),
                "sha512_hash" => IsHex(live, 128),
                "dns" => live.Contains('.', StringComparison.Ordinal) && !live.Contains("..", StringComparison.Ordinal) && live.Length <= 1024,
                "url" => live.Contains("://", StringComparison.Ordinal),
                "email" => live.Count(c => c == '@') >= 1,
                _ => true,
            };
            Require(isOne, $"{one.Observable} is no {one.Type}");
        }
    }

    // The scanner works on blocks of 64 bytes over all rows: where a row begins must not matter, nor what is beside it.
    private static void AreTheSameInAnyRow(byte[] text, IReadOnlyList<Found> found)
    {
        byte[] before = Encoding.ASCII.GetBytes("http://a.example.com/[1.2.3.4@"[..(text.Length % 30)]);
        byte[] after = "example.com/x 198.51.100.7"u8.ToArray();
        byte[] joined = [.. before, .. text, .. after];
        int[] offsets = [0, before.Length, before.Length, before.Length + text.Length, joined.Length];

        List<Found> inRows = Scan(Everything, joined, offsets);

        Require(Same(found, inRows.Where(one => one.Row == 2)), "the same text in another row gives something else");
    }

    private static void AreTheSameInADictionary(byte[] text, IReadOnlyList<Found> found)
    {
        IReadOnlyDictionary<string, IReadOnlyList<string>> dictionary = Everything.Extract(text);
        foreach (IGrouping<string, Found> type in found.GroupBy(one => one.Type))
        {
            Require(
                dictionary.TryGetValue(type.Key, out IReadOnlyList<string>? observables)
                    && observables.SequenceEqual(type.Select(one => one.Observable)),
                $"the dictionary has other {type.Key}");
        }

        Require(dictionary.Sum(pair => pair.Value.Count) == found.Count, "the dictionary has more");
    }

    private static void ComeBackFromDefanging(byte[] text, IReadOnlyList<Found> found)
    {
        byte[] live = Defanging.Refang(text);
        if (live.AsSpan().SequenceEqual(text))
        {
            Require(DefangAndRefang(text).AsSpan().SequenceEqual(text), "the text does not come back from defanging");
        }

        foreach (string observable in found.Select(one => Defanging.Refang(one.Observable)))
        {
            Require(
                Defanging.Refang(observable) != observable || Defanging.Refang(Defanging.Defang(observable)) == observable,
                $"{observable} does not come back from defanging");
        }
    }

    // A path, or the user or the path of a URL, with a damaged letter is still worth knowing.
    private static bool MayHoldBadBytes(string type) =>
        type is "url" or "windows_path" or "linux_path" or "file_name" or "registry_key";

    private static bool IsHex(string text, int length) => text.Length == length && text.All(char.IsAsciiHexDigit);

    private static bool Same(IEnumerable<Found> first, IEnumerable<Found> second) =>
        first.Select(Key).SequenceEqual(second.Select(Key));

    private static (string, int, int, string) Key(Found one) => (one.Type, one.Offset, one.Length, one.Observable);

    private sealed class Sink : IIndicatorSink
    {
        public List<Found> All { get; } = [];

        public void Add(in IndicatorMatch match) => All.Add(new Found(
            match.Row,
            match.Type,
            match.Offset,
            match.Length,
            Encoding.UTF8.GetString(match.Observable),
            match.Observable.ToArray(),
            match.Original.ToArray()));
    }
}
