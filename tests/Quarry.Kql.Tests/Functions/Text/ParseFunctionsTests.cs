using System.Text.Json;

namespace Quarry.Kql.Tests.Functions.Text;

public class ParseFunctionsTests
{
    private const string Trace = "Event: NotifySliceRelease (resourceName=PipelineScheduler, totalSlices=27, sliceNumber=23, lockTime=02/17/2016 08:40:01, "
        + "releaseTime=02/17/2016 08:40:01, previousLockTime=02/17/2016 08:39:01)";

    [Fact]
    public void SimpleFindsDelimitersOneAfterAnother()
    {
        Parse("name=alice age=30", "simple", "", "name=", Column("string"), " age=", Column("int")).ShouldBe(["alice", "30"]);
        Parse("garbage", "simple", "", "name=", Column("string"), " age=", Column("int")).ShouldBeNull();
        Parse("a###b###c", "simple", "", Column("string"), "###", Column("string")).ShouldBe(["a", "b###c"]);
        Parse("  spaced  out  text  ", "simple", "", "  ", Column("string"), "  ", Column("string"), "  ", Column("string")).ShouldBe(["spaced", "out", "text  "]);
        Parse("line1\nline2", "simple", "", Column("string"), "\n", Column("string")).ShouldBe(["line1", "line2"]);
        Parse("2020-01-02 ERROR it", "simple", "", Column("datetime"), " ", Column("string"), " ", Column("string")).ShouldBe(["2020-01-02", "ERROR", "it"]);
        Parse("Event: LeadContact (email=john@x.com, Website=https:x.com)", "simple", "", null, "email=", Column("string"), "@", Column("string"),
            ", Website=https:", Column("string"), ")").ShouldBe(["john", "x.com", "x.com"]);
        Parse("(a)b)", "simple", "", "(", Column("string"), ")").ShouldBe(["a)b"]);
        Parse("(a) rest", "simple", "", "(", Column("string"), ")").ShouldBeNull();
        Parse("", "simple", "", Column("string")).ShouldBe([""]);
    }

    [Fact]
    public void ANumberBeforeAStarTakesWhatConverts() =>
        Parse(Trace, "simple", "", null, "resourceName=", Column("string"), ", totalSlices=", Column("long"), null, "sliceNumber=", Column("long"), null,
            "lockTime=", Column("string"), ", releaseTime=", Column("datetime"), ",", null, "previousLockTime=", Column("datetime"), ")", null)
            .ShouldBe(["PipelineScheduler", "27", "23", "02/17/2016 08:40:01", "02/17/2016 08:40:01", "02/17/2016 08:39:01"]);

    [Fact]
    public void WhatDoesNotConvertFailsUnlessRelaxed()
    {
        Parse("name=alice age=old", "simple", "", "name=", Column("string"), " age=", Column("int")).ShouldBeNull();
        Parse("name=alice age=old", "relaxed", "", "name=", Column("string"), " age=", Column("int")).ShouldBe(["alice", null]);
        Parse("name=alice", "relaxed", "", "name=", Column("string"), " age=", Column("int")).ShouldBeNull();
        Parse("n=x, y", "relaxed", "", "n=", Column("long"), null, "y").ShouldBe([null]);
    }

    [Fact]
    public void RegexIsGreedyUnlessTold()
    {
        Parse("abc123def", "regex", "", Column("string"), @"\d+", Column("string")).ShouldBe(["abc12", "def"]);
        Parse("abc123def", "regex", "U", Column("string"), @"\d+", Column("string")).ShouldBe(["abc", "23def"]);
        Parse("ABCdef", "regex", "", "[A-Z]+", Column("string"), "[a-z]*").ShouldBe(["def"]);
        Parse("a1b2c3", "regex", "", "[a-z]", Column("int"), "[a-z]", Column("int"), "[a-z]", Column("int")).ShouldBe(["1", "2", "3"]);
        Parse("guid=550e8400-e29b-41d4-a716-446655440000 end", "regex", "", "guid=", Column("guid"), " end").ShouldBe(["550e8400-e29b-41d4-a716-446655440000"]);
        Parse("amount=$1,234.56 tax=$78.90", "regex", "", "amount=\\$", Column("string"), " tax=\\$", Column("string")).ShouldBe(["1,234.56", "78.90"]);
        Parse("ERROR: timeout after 30s on host srv-7", "regex", "", "ERROR: ", Column("string"), " after ", Column("int"), "s on host ", Column("string")).ShouldBe(["timeout", "30", "srv-7"]);
        Parse(Trace, "regex", "", "(.*?)[a-zA-Z]*=", Column("string"), @", totalSlices=\s*\d+\s*.*?sliceNumber=", Column("long"), ".*?(previous)?lockTime=", Column("string"),
            ".*?releaseTime=", Column("string"), ".*?previousLockTime=", Column("datetime"), "\\)")
            .ShouldBe(["PipelineScheduler", "23", "02/17/2016 08:40:01, ", "02/17/2016 08:40:01, ", "02/17/2016 08:39:01"]);
        Parse(Trace, "regex", "Ui", null, "RESOURCENAME=", Column("string"), ",", null).ShouldBe(["PipelineScheduler"]);
    }

    [Theory]
    [InlineData("k1=val with spaces;k2=another val", "k1 k2", ";", "=", "val with spaces|another val")]
    [InlineData("[k1=v1][k2=v2]", "k1 k2 k3", "][", "=", "-|v2]|-")]
    [InlineData(" kv1 = 11 ; kv2 = 22 ", "kv1 kv2", ";", "=", "11|22")]
    [InlineData("tag:urgent;tag:billing;owner:sam", "tag owner", ";", ":", "urgent|sam")]
    [InlineData("key=value=extra", "key a", " ", "=", "value=extra|-")]
    [InlineData("k=hello world=foo bar", "k world", " ", "=", "hello|foo")]
    [InlineData("EMPTY=;FILLED=yes", "EMPTY FILLED", ";", "=", "|yes")]
    [InlineData("no delimiters here", "foo", ";", "=", "-")]
    public void KeyValuesAreFoundByDelimiters(string text, string keys, string pair, string kv, string expected) =>
        KeyValues(text, new { keys = keys.Split(' '), pair, kv }).ShouldBe(expected);

    [Fact]
    public void KeyValuesMayBeQuotedAndEscaped()
    {
        KeyValues("""name="John Smith";city="New York; USA" """, new { keys = new[] { "name", "city" }, pair = ";", kv = "=", quotes = new[] { "\"" } }).ShouldBe("John Smith|New York; USA");
        KeyValues("src=10.1.1.123 failure=(connection aborted) (event time)=(2021-01-01 10:00:54)",
            new { keys = new[] { "event time", "src", "failure" }, pair = " ", kv = "=", quotes = new[] { "()" } }).ShouldBe("2021-01-01 10:00:54|10.1.1.123|connection aborted");
        KeyValues("""failure="the remote host sent \"bye!\"" time=2021-01-01T10:00:54""",
            new { keys = new[] { "time", "failure" }, pair = " ", kv = "=", quotes = new[] { "\"" }, escapes = new[] { "\\" } }).ShouldBe("""2021-01-01T10:00:54|the remote host sent "bye!" """.TrimEnd());
    }

    [Fact]
    public void KeyValuesMayBeGreedyFreeOrARegularExpression()
    {
        KeyValues("name=John Doe phone=555 5555 city=New York", new { keys = new[] { "name", "phone", "city" }, pair = " ", kv = "=", greedy = true }).ShouldBe("John Doe|555 5555|New York");
        KeyValues("2021-01-01T10:00:34 [INFO] ThreadId:458745723, Machine:Node001, Text: Started", new { keys = new[] { "Text", "ThreadId", "Machine" } }).ShouldBe("Started|458745723|Node001");
        KeyValues("ThreadId:458745723, Machine:Node001, Text: 'The service \\' is up'",
            new { keys = new[] { "Text", "ThreadId" }, quotes = new[] { "'" }, escapes = new[] { "\\" } }).ShouldBe("The service ' is up|458745723");
        KeyValues("""["referer url: https://h/?d=/?h=1234", "advertiser id: 24fe"]""",
            new { keys = new[] { "referer url", "advertiser id" }, regex = @"""([\w ]+)\s*:\s*([^""]*)""" }).ShouldBe("https://h/?d=/?h=1234|24fe");
    }

    private static object Column(string type) => new { type };

    private static string?[]? Parse(string text, string kind, string flags, params object?[] parts) =>
        (string?[]?)Call.Of("$parse", text, JsonSerializer.Serialize(new { kind, flags, parts }));

    private static string KeyValues(string text, object pattern) =>
        string.Join('|', ((string?[])Call.Of("$parse_kv", text, JsonSerializer.Serialize(pattern))!).Select(one => one ?? "-"));
}
