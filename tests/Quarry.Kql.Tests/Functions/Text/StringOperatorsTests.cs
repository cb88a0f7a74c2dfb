using System.Text;
using System.Text.Json;

namespace Quarry.Kql.Tests.Functions.Text;

public class StringOperatorsTests
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    private static readonly string[] Alphabet =
        ["a", "A", "k", "K", "\u212A", "s", "\u017F", "é", "É", "ß", "ẞ", "σ", "ς", "Σ", "i", "ı", "İ", "1", "２", "_", ".", "-", " ", "😀", "𝐀", "𐐀", "𐐨", "\u0301", "\0"];

    [Theory]
    [InlineData("hello-world", "hello", true)]
    [InlineData("HELLO", "hello", true)]
    [InlineData("helloworld", "hello", false)]
    [InlineData("alpha_beta", "alpha", true)]
    [InlineData("version=1.2.3", "2.3", true)]
    [InlineData("1_2_3", "2.3", false)]
    [InlineData("a b", " ", true)]
    [InlineData("ab", " ", false)]
    [InlineData("anything", "", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("СКАЖИ ПРИВЕТ", "привет", true)]
    [InlineData("I like café au lait", "caf", false)]
    [InlineData("run cmd.exe /c", "cmd.exe", true)]
    [InlineData("run xcmd.exe /c", "cmd.exe", false)]
    [InlineData("run cmd.exes /c", "cmd.exe", false)]
    [InlineData("nocat category cat", "cat", true)]
    public void HasFindsWholeTermsAndPhrases(string text, string needle, bool expected) =>
        Call.Of("$has", text, needle).ShouldBe(expected);

    [Theory]
    [InlineData("$hasprefix", "x category", "cat", true)]
    [InlineData("$hasprefix", "scatter", "cat", false)]
    [InlineData("$hassuffix", "the send.", "end", true)]
    [InlineData("$hassuffix", "ending", "end", false)]
    [InlineData("$has_cs", "hello", "Hello", false)]
    [InlineData("$contains", "100%off", "%O", true)]
    [InlineData("$contains_cs", "RED green", "red", false)]
    [InlineData("$startswith", "Café x", "CAFÉ", true)]
    [InlineData("$startswith_cs", "Café x", "CAFÉ", false)]
    [InlineData("$endswith", "x CAFÉ", "café", true)]
    [InlineData("$equals_ci", "STRASSE", "straße", false)]
    [InlineData("$equals_ci", "Straße", "straße", true)]
    [InlineData("$equals_ci", "cafe\u0301", "café", false)]
    [InlineData("$equals_ci", "ＦＵＬＬ", "full", false)]
    public void TheOthersShareItsDefinition(string name, string text, string needle, bool expected) =>
        Call.Of(name, text, needle).ShouldBe(expected);

    [Fact]
    public void NoCharacterBeyondAsciiEqualsOneOfAscii()
    {
        for (int one = 128; one <= 0x10FFFF; one++)
        {
            if (!Rune.IsValid(one))
            {
                continue;
            }

            // Both letters of either case at once: ordinal comparison is character by character.
            string text = new Rune(one).ToString();
            if (text.Length == 1 && Letters.Contains(text, StringComparison.OrdinalIgnoreCase))
            {
                Assert.Fail($"U+{one:X} equals a letter of ASCII");
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void TheFastSearchFindsWhatTheSlowOneFinds(int seed)
    {
        var random = new Random(seed);
        string[] names = ["$has", "$hasprefix", "$hassuffix", "$contains", "$startswith", "$endswith"];
        for (int i = 0; i < 1500; i++)
        {
            // Ascii alone takes other ways than the rest, and long texts others than short.
            int letters = random.Next(2) == 0 ? Alphabet.Length : 4;
            string text = Random(random, random.Next(random.Next(4) == 0 ? 120 : 12), letters);
            string needle = random.Next(3) > 0 && text.Length > 0 ? Part(random, text) : Random(random, random.Next(4), letters);
            foreach (string name in names)
            {
                foreach (bool ignoreCase in new[] { true, false })
                {
                    bool expected = Slow(name, text, needle, ignoreCase);
                    if (!expected.Equals(Call.Of(ignoreCase ? name : name + "_cs", text, needle)))
                    {
                        Assert.Fail($"{name} {ignoreCase} \"{text}\" \"{needle}\" should be {expected}");
                    }
                }
            }
        }
    }

    [Fact]
    public void ManyNeedlesFindWhatEachFindsAlone()
    {
        var random = new Random(3);
        for (int i = 0; i < 400; i++)
        {
            string[] needles = [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => Random(random, random.Next(1, 5), Alphabet.Length))];
            string json = JsonSerializer.Serialize(needles);
            for (int j = 0; j < 10; j++)
            {
                string text = Random(random, random.Next(40), Alphabet.Length);
                Call.Of("$has_any", text, json).ShouldBe(needles.Any(needle => Slow("$has", text, needle, true)));
                Call.Of("$has_all", text, json).ShouldBe(needles.All(needle => Slow("$has", text, needle, true)));
                Call.Of("$in_ci", text, json).ShouldBe(needles.Any(needle => needle.Equals(text, StringComparison.OrdinalIgnoreCase)));
            }

            Call.Of("$in_ci", needles[^1].ToUpperInvariant(), json).ShouldBe(needles.Any(needle => needle.Equals(needles[^1].ToUpperInvariant(), StringComparison.OrdinalIgnoreCase)));
            Call.Of("$has_any", " " + needles[0] + " ", json).ShouldBe(true);
        }
    }

    [Fact]
    public void ListsAreFlattenedAndNullsLeftOut()
    {
        Call.Of("$in", "b", """["a",["b",null]]""").ShouldBe(true);
        Call.Of("$in", "B", """["a",["b"]]""").ShouldBe(false);
        Call.Of("$in_ci", "B", """["a",["b"]]""").ShouldBe(true);
        Call.Of("$has_any", "port 443", "[443]").ShouldBe(true);
        Call.Of("$has_any", "port", "[null]").ShouldBe(false);
        Call.Of("$has_any", "port", "[]").ShouldBe(false);
        Call.Of("$has_all", "port", "[]").ShouldBe(true);
        Call.Of("$has_any", "an evil one", "evil").ShouldBe(true);
    }

    private static string Random(Random random, int length, int letters) =>
        string.Concat(Enumerable.Range(0, length).Select(_ => Alphabet[random.Next(letters)]));

    private static string Part(Random random, string text)
    {
        List<Rune> runes = [.. text.EnumerateRunes()];
        int from = random.Next(runes.Count);
        string part = string.Concat(runes.Skip(from).Take(random.Next(1, 8)).Select(rune => rune.ToString()));
        return random.Next(2) == 0 ? part.ToUpperInvariant() : part;
    }

    // Character by character.
    private static bool Slow(string name, string text, string needle, bool ignoreCase)
    {
        StringComparison comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        if (needle.Length == 0)
        {
            return true;
        }

        for (int i = 0; i + needle.Length <= text.Length; i++)
        {
            int end = i + needle.Length;
            if (!text[i..end].Equals(needle, comparison))
            {
                continue;
            }

            bool startFree = !IsTerm(needle.EnumerateRunes().First()) || i == 0 || !IsTerm(text[..i].EnumerateRunes().Last());
            bool endFree = !IsTerm(needle.EnumerateRunes().Last()) || end == text.Length || !IsTerm(text[end..].EnumerateRunes().First());
            if (name switch
            {
                "$has" => startFree && endFree,
                "$hasprefix" => startFree,
                "$hassuffix" => endFree,
                "$startswith" => i == 0,
                "$endswith" => end == text.Length,
                _ => true,
            })
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsTerm(Rune rune) => Rune.IsLetterOrDigit(rune);
}
