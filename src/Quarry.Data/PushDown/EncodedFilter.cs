using System.Globalization;
using Quarry.Decoding;

namespace Quarry.Data.PushDown;

/// <summary>
/// What every text holds in which <see cref="CandidateFinder.MayContain"/> sees something, as a regular expression of RE2: a run of base64
/// characters, or one of the announcements.
/// </summary>
internal static class EncodedFilter
{
    private const int MostRepeats = 1000; // of RE2; a shorter run keeps more texts, not fewer

    private static readonly string[] Announcements =
    [
        // -e, -ec, -en, -enc … -encodedcommand, with any of the dashes, and what can follow: up to a no-break space.
        $@"[-/\x{{2013}}-\x{{2015}}]e(?:c|{Prefixes("ncodedcommand")})?[\s:=""'\\\x{{80}}-\x{{BF}}]",
        @"base64(?:,|string|[ \t]+-)", @"[eb]64[_.-]?decode",
        @"atob\(", @"(?:chr|\[char|fromcharcode)[(\[\]]",
        ", ?0x", @"\\x[0-9a-f](?s:.)\\", "%[0-9a-f]{2}%",
        @"\x00[^\x00]\x00", // UTF-16 that was read as bytes
    ];

    /// <summary>The expression for some options, for use in one that ignores letter case.</summary>
    public static string Of(DecodeOptions options)
    {
        string run = string.Create(CultureInfo.InvariantCulture, $@"[A-Za-z0-9+/_\r\n-]{{{Math.Min(options.MinimumRun, MostRepeats)}}}");
        return string.Join('|', [run, .. Announcements]);
    }

    // n(?:c(?:o…)?)? : every beginning of the word.
    private static string Prefixes(string word) => word.Length == 1 ? word : $"{word[0]}(?:{Prefixes(word[1..])})?";
}
