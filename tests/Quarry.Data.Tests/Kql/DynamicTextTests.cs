using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck.Fluent;
using Quarry.Data.Kql;

namespace Quarry.Data.Tests.Kql;

/// <summary>Texts as values of dynamic columns.</summary>
public sealed class DynamicTextTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData(" \r\n", null)]
    [InlineData(" null ", null)]
    [InlineData("5", "5")]
    [InlineData("5.0", "5.0")]
    [InlineData("1E3", "1E3")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("true", "true")]
    [InlineData("True", "\"True\"")]
    [InlineData("007", "\"007\"")]
    [InlineData("NaN", "\"NaN\"")]
    [InlineData("plain text", "\"plain text\"")]
    [InlineData("10.0.0.1", "\"10.0.0.1\"")]
    [InlineData("2024-01-01", "\"2024-01-01\"")]
    [InlineData("""say "x" \ y""", """
        "say \"x\" \\ y"
        """)]
    [InlineData("\"text\"", "\"text\"")]
    [InlineData("{ \"b\" : [ 1 , null ], \"a\": { } }", """{"b":[1,null],"a":{}}""")]
    [InlineData("""{"a b":"c  d"}""", """{"a b":"c  d"}""")]
    [InlineData("""{"a":1,"a":2}""", """{"a":1,"a":2}""")]
    [InlineData("""{"\u0061":"\u00fc\n<>&'+"}""", """{"a":"ü\n<>&'+"}""")]
    [InlineData("""{"a":1} trailing""", """
        "{\"a\":1} trailing"
        """)]
    [InlineData("[1,2", "\"[1,2\"")]
    [InlineData("[1,]", "\"[1,]\"")]
    [InlineData("""["\ud800"]""", """
        "[\"\\ud800\"]"
        """)]
    public void A_text_is_compact_JSON_or_becomes_a_string(string text, string? expected) => Of(text).ShouldBe(expected);

    [Fact]
    public void A_text_nested_beyond_all_measure_is_kept_as_a_string()
    {
        string text = new('[', 100_000);
        JsonSerializer.Deserialize<string>(Of(text)!).ShouldBe(text);
        string closed = new string('[', 300) + new string(']', 300);
        Of(closed).ShouldBe(closed);
    }

    [Fact]
    public void Any_text_gives_JSON_that_means_the_same() => Prop.ForAll<string?[]>(texts =>
    {
        var dynamic = new DynamicText();
        var array = new JsonArray([.. texts.Select(text => (JsonNode?)JsonValue.Create(text))]);
        string indented = array.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
        string compact = Encoding.UTF8.GetString(dynamic.Of(Encoding.UTF8.GetBytes(indented)));
        bool isSame = JsonNode.DeepEquals(JsonNode.Parse(compact), JsonNode.Parse(indented));
        return isSame && Encoding.UTF8.GetString(dynamic.Of(Encoding.UTF8.GetBytes(compact))) == compact;
    }).QuickCheckThrowOnFailure();

    private static string? Of(string text)
    {
        var dynamic = new DynamicText();
        ReadOnlySpan<byte> value = dynamic.Of(Encoding.UTF8.GetBytes(text));
        return value.IsEmpty ? null : Encoding.UTF8.GetString(value);
    }
}
