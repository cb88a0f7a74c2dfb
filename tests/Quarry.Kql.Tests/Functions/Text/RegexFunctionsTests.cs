using Quarry.Kql.Functions.Text;

namespace Quarry.Kql.Tests.Functions.Text;

public class RegexFunctionsTests
{
    [Theory]
    [InlineData(@"^\d{4}-\d{2}$", "2020-01", true)]
    [InlineData(@"^\d{4}-\d{2}$", "2020-01\n", false)]
    [InlineData(@"(?m)^b$", "a\nb\nc", true)]
    [InlineData("(?i)CAFÉ", "café", true)]
    [InlineData("^.$", "😀", true)]
    [InlineData("^[^a]$", "😀", true)]
    [InlineData("^[😀-😎x]+$", "😀x😎", true)]
    [InlineData("^[\U00010000-\U0010FFFF]$", "😀", true)]
    [InlineData(@"^\W\x{1F600}$", "😀😀", true)]
    [InlineData("a.b", "a\nb", false)]
    [InlineData("(?s)a.b", "a\nb", true)]
    [InlineData("^[[:alpha:]_]+$", "ab_", true)]
    [InlineData(@"^[^[]+$", "ab", true)]
    [InlineData(@"^[\w[\]-]+$", "a[b]-", true)]
    [InlineData(@"^\Qa.b\E$", "a.b", true)]
    [InlineData(@"^\Qa.b\E$", "axb", false)]
    [InlineData(@"^\pL\p{Nd}\P{L}$", "a1-", true)]
    [InlineData(@"(?i:a)b", "Ab", true)]
    [InlineData(@"(?i:a)b", "AB", false)]
    [InlineData(@"a{,2}", "a{,2}", true)]
    [InlineData(@"^(?x) a b # c
        c$", "abc", true)]
    [InlineData(@"\d", "２", true)]
    [InlineData(@"^\s", "\u00a0", true)]
    [InlineData("", "x", true)]
    public void TheSyntaxIsThatOfKql(string pattern, string text, bool expected) =>
        Call.Of("$matches_regex", text, pattern).ShouldBe(expected);

    [Theory]
    [InlineData("(a", "character 3")]
    [InlineData("a)", "character 2")]
    [InlineData("*a", "character 1")]
    [InlineData("a**", "character 3")]
    [InlineData("[a", "character 1")]
    [InlineData("a(?=b)", "lookaround")]
    [InlineData("(?<!b)a", "lookaround")]
    [InlineData(@"(a)\1", "references")]
    [InlineData(@"\y", @"\y")]
    [InlineData(@"a\", "at the end")]
    [InlineData(@"\p{Greek}", "Greek")]
    [InlineData("(?P<n>a)(?P<n>b)", "name")]
    [InlineData("[b-a]", "range")]
    [InlineData("a{1001}", "1000")]
    [InlineData("[a&&b]", "&&")]
    [InlineData(@"\x{110000}", "hexadecimal")]
    [InlineData(@"(?z)a", "flag")]
    public void WhatIsNotKqlIsRefusedWithItsPlace(string pattern, string said)
    {
        RegexSyntax.IsValid(pattern, out string message).ShouldBeFalse();
        message.ShouldContain(said);
    }

    [Fact]
    public void ExtractTakesAGroup()
    {
        Call.Of("extract", @"(\d+)-(\d+)", 2L, "2020-12-31").ShouldBe("12");
        Call.Of("extract", @"(\d+)", 0L, "on 42").ShouldBe("42");
        Call.Of("extract", @"(\d+)", 1L, "none").ShouldBe("");
        Call.Of("extract", @"(\d+)", 7L, "1").ShouldBe("");
        Call.Of("extract", @"(?P<b>x)(y)", 1L, "xy").ShouldBe("x");
        Call.Of("extract", @"(?U)a(.*)c", 1L, "abcbc").ShouldBe("b");
        Call.Of("extract", @"(.)$", 1L, "x😀").ShouldBe("😀");
    }

    [Fact]
    public void ExtractAllGivesArrays()
    {
        Call.Of("extract_all", @"(\d+)", "2020-01").ShouldBe("""["2020","01"]""");
        Call.Of("extract_all", @"([a-z])(\d)?", "a1X").ShouldBe("""[["a","1"]]""");
        Call.Of("extract_all", @"([a-z])(\d)?", "aX").ShouldBe("""[["a",""]]""");
        Call.Of("extract_all", @"(\w)(\w+)(\w)", "[1,3]", "82b8-ab").ShouldBe("""[["8","8"]]""");
        Call.Of("extract_all", @"(?P<first>\w)(\w+)(?P<last>\w)", """["first",2,"last"]""", "82b8").ShouldBe("""[["8","2b","8"]]""");
        Call.Of("extract_all", @"(\d)", "nope").ShouldBeNull();
        Should.Throw<QuarryException>(() => Call.Of("extract_all", @"\d", "1"));
    }

    [Fact]
    public void ReplaceTakesItsArgumentsInTwoOrders()
    {
        Call.Of("replace_regex", "Number is 1", @"is (\d+)", @"was: \1").ShouldBe("Number was: 1");
        Call.Of("replace", @"is (\d+)", @"was: \1\\", "Number is 1").ShouldBe(@"Number was: 1\");
        Call.Of("replace_regex", "ababab", "(ab)+", "X").ShouldBe("X");
        Call.Of("replace_regex", "abcABC", "(?i)abc", "$1").ShouldBe("$1$1");
        Call.Of("replace_regex", "x", "x", @"<\0>").ShouldBe("<x>");
    }

    [Theory]
    [InlineData("trim", "x", "xxhelloxx", "xhellox")]
    [InlineData("trim", "y", "yyy", "y")]
    [InlineData("trim", "--", "--https://bing.com--", "https://bing.com")]
    [InlineData("trim", @"\s", "\u00a0nbsp\u00a0", "nbsp")]
    [InlineData("trim_start", @"[^\w]+", "-  Te st1// $", "Te st1// $")]
    [InlineData("trim_end", ".com", "bing.com", "bing")]
    [InlineData("trim_end", "_", "__world__", "__world_")]
    [InlineData("trim_end", @"\s+", "a  \n ", "a")]
    [InlineData("trim", "a|b", "acb", "c")]
    public void TrimTakesOneMatchAtAnEnd(string name, string pattern, string text, string expected) =>
        Call.Of(name, pattern, text).ShouldBe(expected);

    [Fact]
    public void QuotedTextMatchesItself()
    {
        Call.Of("regex_quote", "(so$me.Te^xt)").ShouldBe(@"\(so\$me\.Te\^xt\)");
        string hostile = @"\.+*?()|[]{}^$#&-~ /:""'";
        Call.Of("$matches_regex", hostile, "^" + (string)Call.Of("regex_quote", hostile)! + "$").ShouldBe(true);
    }

    [Fact]
    public void HostileTextTakesLinearTime()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Call.Of("$matches_regex", new string('a', 50_000), "^(a+)+$|(a|aa)+b").ShouldBe(true);
        watch.Elapsed.TotalSeconds.ShouldBeLessThan(5);
    }
}
