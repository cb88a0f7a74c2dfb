using System.Text.Json;
using Quarry.Kql.Functions.Dynamic;

namespace Quarry.Kql.Tests.Functions.Dynamic;

public class AccessFunctionsTests
{
    private const string Text = """{"a":{"b":[10,{"x y":"é\n"},[1,2]],"A":1},"n":null,"q\"":{"":5},"a.b":7}""";

    [Theory]
    [InlineData(".1:a.1:b#0", "10")]
    [InlineData(".1:a.1:b#-1#1", "2")]
    [InlineData(".1:a.1:b#1.3:x y", "\"é\\n\"")]
    [InlineData(".1:a.1:A", "1")]
    [InlineData(".3:a.b", "7")]
    [InlineData(".2:q\".0:", "5")]
    [InlineData(".1:A", null)]
    [InlineData(".1:n", null)]
    [InlineData(".1:a.1:b#3", null)]
    [InlineData(".1:a.1:b#-4", null)]
    [InlineData(".1:a.1:b.6:length", null)]
    [InlineData(".1:a#0", null)]
    [InlineData(".1:n.1:x", null)]
    [InlineData(".1:a.1:b#0#0", null)]
    public void A_path_leads_to_a_part_or_to_null(string path, string? expected) => Call.Of("$path", Text, path).ShouldBe(expected);

    [Fact]
    public void A_path_is_written_by_its_builder() =>
        new DynamicPath().Property("a").Property("é").Element(0).Property("x").Element(-1).ToString().ShouldBe(".1:a.2:é#0.1:x#-1");

    [Fact]
    public void Of_several_properties_of_a_name_the_last_counts() => Call.Of("$path", """{"a":1,"a":2}""", ".1:a").ShouldBe("2");

    [Fact]
    public void Names_are_compared_without_their_escapes() => Call.Of("$property", """{"\u0061b":1}""", "ab").ShouldBe("1");

    [Fact]
    public void The_text_of_a_path_has_no_quotes()
    {
        Call.Of("$path_text", Text, ".1:a.1:b#1.3:x y").ShouldBe("é\n");
        Call.Of("$path_text", Text, ".1:x").ShouldBe("");
    }

    [Theory]
    [InlineData("[1,2,3]", "-1", "3")]
    [InlineData("[1,2,3]", "1", "2")]
    [InlineData("{\"1\":5}", "\"1\"", "5")]
    [InlineData("{\"1\":5}", "1", null)]
    [InlineData("[1]", "1.5", null)]
    [InlineData("[1]", null, null)]
    public void A_computed_key_is_an_index_or_a_name(string value, string? key, string? expected) => Call.Of("$at", value, key).ShouldBe(expected);

    [Theory]
    [InlineData("[1,2,3]", 0L, "1")]
    [InlineData("[1,2,3]", 3L, null)]
    [InlineData("[1,2,3]", long.MinValue, null)]
    [InlineData("[1,2,3]", long.MaxValue, null)]
    [InlineData("7", 0L, null)]
    public void An_index_out_of_range_gives_null(string value, long index, string? expected) => Call.Of("$index", value, index).ShouldBe(expected);

    [Theory]
    [InlineData("{\"a\":")]
    [InlineData("{\"a\"")]
    [InlineData("{\"a\":\"x")]
    [InlineData("{\"a\":\"x\\")]
    [InlineData("[1,2")]
    [InlineData("{a:1}")]
    [InlineData("[[[[")]
    [InlineData("\"")]
    [InlineData(",")]
    [InlineData("}{")]
    public void What_is_malformed_does_not_throw(string value)
    {
        Should.NotThrow(() => Call.Of("$path", value, ".1:a#0.1:b"));
        Should.NotThrow(() => Call.Of("$index", value, -1L));
        Should.NotThrow(() => Call.Of("array_length", value));
        Should.NotThrow(() => Call.Of("$elements", value));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData(".9")]
    [InlineData(".9:a")]
    [InlineData("#")]
    [InlineData("x")]
    public void What_is_no_path_does_not_throw(string path) => Should.NotThrow(() => Call.Of("$path", Text, path));

    [Fact]
    public void Deep_nesting_does_no_harm()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"a\":[", 50_000)) + "1" + string.Concat(Enumerable.Repeat("]}", 50_000));
        ((string)Call.Of("$path", deep, ".1:a#0.1:a#0")!).Length.ShouldBe(deep.Length - 16);
        Call.Of("parse_json", deep).ShouldBe(deep);
    }

    // The obvious slow way beside it: a tree.
    [Fact]
    public void A_path_leads_where_it_leads_in_a_tree()
    {
        for (int seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            string json = RandomJson.Value(random, 4);
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement? at = document.RootElement;
            var path = new DynamicPath();
            for (int steps = random.Next(4); steps > 0; steps--)
            {
                at = Step(at, random, path);
            }

            string? found = (string?)Call.Of("$path", Call.Of("parse_json", json), path.ToString());
            if (at is null or { ValueKind: JsonValueKind.Null })
            {
                found.ShouldBeNull(json);
            }
            else
            {
                JsonElement.DeepEquals(JsonDocument.Parse(found!).RootElement, at.Value).ShouldBeTrue(json);
            }
        }
    }

    private static JsonElement? Step(JsonElement? at, Random random, DynamicPath path)
    {
        if (random.Next(2) == 0)
        {
            string name = RandomJson.Name(random);
            path.Property(name);
            return at is { ValueKind: JsonValueKind.Object } bag && bag.TryGetProperty(name, out JsonElement found) ? found : null;
        }

        int index = random.Next(-3, 3);
        path.Element(index);
        int count = at is { ValueKind: JsonValueKind.Array } array ? array.GetArrayLength() : 0;
        int place = index < 0 ? index + count : index;
        return place >= 0 && place < count ? at!.Value[place] : null;
    }
}
