namespace Quarry.Kql.Tests.Functions.Dynamic;

/// <summary>Arrays, bags, sets and expansion: results that Kusto gave, and Microsoft's examples.</summary>
public class CollectionFunctionsTests
{
    private const string Five = "[1,2,3,4,5]";

    [Theory]
    [InlineData("[1,2]", 2L)]
    [InlineData("[]", 0L)]
    [InlineData("{\"a\":1}", null)]
    [InlineData(null, null)]
    [InlineData("[[1,2],{\"a\":[3]},\"],[\"]", 3L)]
    public void Length(string? array, long? expected) => Call.Of("array_length", array).ShouldBe(expected);

    [Theory]
    [InlineData(1L, 3L, "[2,3,4]")]
    [InlineData(-2L, -1L, "[4,5]")]
    [InlineData(2L, -2L, "[3,4]")]
    [InlineData(0L, 100L, Five)]
    [InlineData(-100L, 0L, "[1]")]
    [InlineData(3L, 1L, "[]")]
    [InlineData(long.MinValue, long.MaxValue, Five)]
    public void Slice(long first, long last, string expected) => Call.Of("array_slice", Five, first, last).ShouldBe(expected);

    [Fact]
    public void Concat_passes_over_what_is_no_array()
    {
        Call.Of("array_concat", "[1,2]", null, "[3]").ShouldBe("[1,2,3]");
        Call.Of("array_concat", "{\"a\":1}", "[99]").ShouldBe("[99]");
    }

    [Theory]
    [InlineData("[2,5]", "[[1,2],[3,4,5],[6,7,8]]")]
    [InlineData("[-2]", "[[1,2,3,4,5,6],[7,8]]")]
    [InlineData("[5,2]", "[[1,2,3,4,5],[],[6,7,8]]")]
    [InlineData("[99]", "[[1,2,3,4,5,6,7,8],[]]")]
    public void Split(string places, string expected) =>
        Call.Of(Quarry.Kql.Functions.FunctionLibrary.Scalars["array_split"][1], "[1,2,3,4,5,6,7,8]", places).ShouldBe(expected);

    [Fact]
    public void Split_at_one() => Call.Of("array_split", Five, 2L).ShouldBe("[[1,2],[3,4,5]]");

    [Theory]
    [InlineData("\"an\"", null, null, null, 2L)]
    [InlineData("\"example\"", 1L, 3L, null, 3L)]
    [InlineData("\"example\"", 1L, 2L, null, -1L)]
    [InlineData("\"is\"", 2L, 4L, null, -1L)]
    [InlineData("\"example\"", 2L, -1L, null, 3L)]
    [InlineData("\"an\"", 1L, -1L, 2L, 4L)]
    [InlineData("\"an\"", 1L, -1L, 3L, -1L)]
    [InlineData("\"an\"", -3L, null, null, 4L)]
    [InlineData("\"is\"", -4L, null, null, -1L)]
    public void Index_of(string value, long? start, long? length, long? occurrence, long expected) =>
        Call.Of("array_index_of", """["this","is","an","example","an","example"]""", value, start, length, occurrence).ShouldBe(expected);

    [Theory]
    [InlineData("[true,false,true]", "[1,2,3]", "[4,5,6]", "[1,5,3]")]
    [InlineData("[1,0,50]", "\"yes\"", "\"no\"", "[\"yes\",\"no\",\"yes\"]")]
    [InlineData("[\"some\",\"x\",null]", "1", "0", "[null,null,null]")]
    [InlineData("[true,true,true]", "[1,2]", "[3,4]", "[1,2,null]")]
    public void Iff(string condition, string then, string otherwise, string expected) => Call.Of("array_iff", condition, then, otherwise).ShouldBe(expected);

    [Fact]
    public void Rotation_and_shift()
    {
        Call.Of("array_reverse", Five).ShouldBe("[5,4,3,2,1]");
        Call.Of("array_rotate_left", Five, 2L).ShouldBe("[3,4,5,1,2]");
        Call.Of("array_rotate_left", Five, -2L).ShouldBe("[4,5,1,2,3]");
        Call.Of("array_rotate_right", Five, -2L).ShouldBe("[3,4,5,1,2]");
        Call.Of("array_rotate_left", Five, long.MinValue).ShouldBeOfType<string>();
        Call.Of("array_rotate_left", "[]", 3L).ShouldBe("[]");
        Call.Of("array_shift_left", Five, 2L, "-1").ShouldBe("[3,4,5,-1,-1]");
        Call.Of("array_shift_right", Five, 2L).ShouldBe("[null,null,1,2,3]");
        Call.Of("array_shift_right", Five, 2L, "-1").ShouldBe("[-1,-1,1,2,3]");
        Call.Of("array_shift_right", Five, -2L).ShouldBe("[3,4,5,null,null]");
        Call.Of("array_shift_left", Five, long.MaxValue).ShouldBe("[null,null,null,null,null]");
    }

    [Fact]
    public void Sorting()
    {
        Call.Of("array_sort_asc", "[3,1,2]").ShouldBe("[1,2,3]");
        Call.Of("array_sort_asc", "[1,3,4,5,2]", "[\"a\",\"b\",\"c\",\"d\",\"e\"]").ShouldBe("[[1,2,3,4,5],[\"a\",\"e\",\"b\",\"c\",\"d\"]]");
        Call.Of("array_sort_asc", "[null,\"blue\",\"yellow\",\"green\",null]").ShouldBe("[\"blue\",\"green\",\"yellow\",null,null]");
        Call.Of("array_sort_desc", "[null,\"blue\",\"yellow\",\"green\",null]").ShouldBe("[\"yellow\",\"green\",\"blue\",null,null]");
        Call.Of("array_sort_desc", "[null,\"blue\",\"yellow\",\"green\",null]", "false").ShouldBe("[null,null,\"yellow\",\"green\",\"blue\"]");
        Call.Of("array_sort_desc", "[10,9,2.5]").ShouldBe("[10,9,2.5]");
        Call.Of("array_sort_asc", "{}").ShouldBeNull();
        Call.Of("array_sort_asc", "[]").ShouldBe("[]");
    }

    [Theory]
    [InlineData("[1,2,3,4]", 10.0)]
    [InlineData("[1,null,3]", 4.0)]
    [InlineData("[]", null)]
    [InlineData("[1,\"x\"]", null)]
    [InlineData(null, null)]
    public void Sum(string? array, double? expected) => Call.Of("array_sum", array).ShouldBe(expected);

    [Fact]
    public void Building()
    {
        Call.Of("pack_array", "1", "\"2\"", null).ShouldBe("[1,\"2\",null]");
        Call.Of("zip", "[\"A\",1,1.5]", "[{},\"B\"]").ShouldBe("[[\"A\",{}],[1,\"B\"],[1.5,null]]");
        Call.Of("repeat", "1", 3L).ShouldBe("[1,1,1]");
        Call.Of("repeat", "1", -3L).ShouldBe("[]");
        Call.Of("range", 0L, 3L, 1L).ShouldBe("[0,1,2,3]");
        Call.Of("range", 3L, 0L, -2L).ShouldBe("[3,1]");
        Call.Of("range", 1L, 0L).ShouldBe("[]");
        Call.Of("range", long.MaxValue - 1, long.MaxValue).ShouldBe("[9223372036854775806,9223372036854775807]");
        Call.Of("range", 1.0, 2.0, 0.5).ShouldBe("[1.0,1.5,2.0]");
        Call.Of("range", new DateTime(2020, 1, 1), new DateTime(2020, 1, 1, 1, 0, 0)).ShouldBe("[\"2020-01-01T00:00:00.0000000Z\",\"2020-01-01T01:00:00.0000000Z\"]");
    }

    [Fact]
    public void A_range_has_at_most_a_million_elements() => ((string)Call.Of("range", 0L, long.MaxValue, 1L)!).Count(c => c == ',').ShouldBe((1 << 20) - 1);

    [Fact]
    public void Sets()
    {
        Call.Of("set_union", "[1,2]", "[2,3,4]").ShouldBe("[1,2,3,4]");
        Call.Of("set_union", "[1,2,2,3,3,3]", "[]").ShouldBe("[1,2,3]");
        Call.Of("set_intersect", "[1,2,1,4]", "[1,2]", "[8,1]").ShouldBe("[1]");
        Call.Of("set_intersect", "[1,2,3]", "[4,5]").ShouldBe("[]");
        Call.Of("set_difference", "[1,2,1,4]", "[1,2]", "[1,2,8]").ShouldBe("[4]");
        Call.Of("set_difference", "[null,1,null,2,null]", "[null]").ShouldBe("[1,2]");
        Call.Of("set_has_element", "[\"this\",\"example\"]", "\"example\"").ShouldBe(true);
        Call.Of("set_has_element", "[1]", "1.0").ShouldBe(true);
        Call.Of("jaccard_index", "[1,2,3,4]", "[3,4,5,6]").ShouldBe(1.0 / 3);
        Call.Of("has_any_index", "this is an example", "[\"not\",\"EXAMPLE\"]").ShouldBe(1L);
        Call.Of("has_any_index", "Example number 2", "[1,2,3]").ShouldBe(1L);
        Call.Of("has_any_index", "examples", "[\"example\"]").ShouldBe(-1L);
    }

    [Fact]
    public void Bags()
    {
        Call.Of("bag_keys", "{\"a\":1,\"b\\\"\":{\"c\":2}}").ShouldBe("[\"a\",\"b\\\"\"]");
        Call.Of("bag_keys", "{}").ShouldBe("[]");
        Call.Of("bag_keys", "[]").ShouldBeNull();
        Call.Of("bag_merge", "{\"A1\":12,\"B1\":2}", null, "{\"A2\":81,\"A1\":1}").ShouldBe("{\"A1\":12,\"B1\":2,\"A2\":81}");
        Call.Of("bag_merge", "1", null).ShouldBeNull();
        Call.Of("bag_pack", "Level", "\"Information\"", "a\"b", null).ShouldBe("{\"Level\":\"Information\",\"a\\\"b\":null}");
        Call.Of("$pack", "[\"x\",\"y\"]", "1", null).ShouldBe("{\"x\":1,\"y\":null}");
        Call.Of("$pack_nonempty", "[\"x\",\"y\",\"z\"]", "1", null, "\"\"").ShouldBe("{\"x\":1}");
        Call.Of("bag_has_key", "{\"key1\":123}", "key2").ShouldBe(false);
        Call.Of("bag_has_key", "{\"key1\":null}", "key1").ShouldBe(true);
        Call.Of("bag_has_key", "{\"key2\":{\"prop1\":\"abc\"}}", "$.key2.prop1").ShouldBe(true);
        Call.Of("bag_set_key", "{\"a\":1,\"b\":2}", "a", "3").ShouldBe("{\"b\":2,\"a\":3}");
        Call.Of("bag_set_key", "{}", "a", "3").ShouldBe("{\"a\":3}");
        Call.Of("bag_zip", "[\"a\",\"b\"]", "[1]").ShouldBe("{\"a\":1,\"b\":null}");
    }

    [Theory]
    [InlineData("[\"key1\"]", "{\"key2\":{\"prop1\":\"abc\",\"prop2\":\"xyz\"},\"key3\":[100,200]}")]
    [InlineData("[\"$.key2.prop1\",\"key3\"]", "{\"key1\":123,\"key2\":{\"prop2\":\"xyz\"}}")]
    [InlineData("[\"$.key2.prop2\"]", "{\"key1\":123,\"key2\":{\"prop1\":\"abc\"},\"key3\":[100,200]}")]
    [InlineData("[\"$['key2']['prop1']\",\"$.key2.prop2\"]", "{\"key1\":123,\"key2\":{},\"key3\":[100,200]}")]
    [InlineData("[\"$.none.x\",\"$\",5]", "{\"key1\":123,\"key2\":{\"prop1\":\"abc\",\"prop2\":\"xyz\"},\"key3\":[100,200]}")]
    public void Removing_keys(string keys, string expected) =>
        Call.Of("bag_remove_keys", "{\"key1\":123,\"key2\":{\"prop1\":\"abc\",\"prop2\":\"xyz\"},\"key3\":[100,200]}", keys).ShouldBe(expected);

    [Theory]
    [InlineData("{\"a\":\"b\",\"c\":123}", "[\"['a']\",\"['c']\"]")]
    [InlineData("{\"prop1\":[1,2,3,4],\"prop2\":\"value2\"}", "[\"['prop1']\",\"['prop1'][0]\",\"['prop2']\"]")]
    [InlineData("{\"listProperty\":[100,\"abcde\",{\"x\":\"y\"}]}", "[\"['listProperty']\",\"['listProperty'][0]\",\"['listProperty'][0]['x']\"]")]
    public void Tree_paths(string value, string expected) => Call.Of("treepath", value).ShouldBe(expected);

    [Theory]
    [InlineData("$.name", "\"John\"")]
    [InlineData("$.a[1]['b c']", "7")]
    [InlineData("$.none", null)]
    [InlineData("name", null)]
    [InlineData("$.", null)]
    [InlineData("$[", null)]
    public void Extracting_from_json_text(string path, string? expected) =>
        Call.Of("$extract_json", path, """{"name": "John", "a": [0, {"b c": 7}]}""").ShouldBe(expected);

    [Theory]
    [InlineData(null, new string?[] { null })]
    [InlineData("[]", new string?[0])]
    [InlineData("{}", new string?[0])]
    [InlineData("5", new[] { "5" })]
    [InlineData("[1,null,\"a\"]", new[] { "1", null, "\"a\"" })]
    [InlineData("{\"a\":1,\"b\":[2]}", new[] { "{\"a\":1}", "{\"b\":[2]}" })]
    public void Expansion(string? value, string?[] expected) => Call.Of("$elements", value).ShouldBe(expected);

    [Fact]
    public void Expansion_of_a_bag_as_arrays() => Call.Of("$elements_as_arrays", "{\"a\":1,\"b\":[2]}").ShouldBe(new[] { "[\"a\",1]", "[\"b\",[2]]" });

    [Fact]
    public void Deep_nesting_does_no_harm()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"a\":[", 5_000)) + "1" + string.Concat(Enumerable.Repeat("]}", 5_000));
        Call.Of("treepath", deep).ShouldBeOfType<string>();
        Call.Of("dynamic_to_json", deep).ShouldBeOfType<string>();
        Call.Of("array_sort_asc", $"[{deep},{deep}]").ShouldBeOfType<string>();
        Call.Of("set_union", $"[{deep}]", $"[{deep}]").ShouldBe($"[{deep}]");
        Call.Of("bag_remove_keys", deep, "[\"$.a[0].a\"]").ShouldBe("{\"a\":[{}]}");
    }
}
