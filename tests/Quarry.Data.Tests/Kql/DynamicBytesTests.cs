namespace Quarry.Data.Tests.Kql;

/// <summary>Equal dynamic values are equal bytes, whichever function made them: sets, groups and comparisons of texts rely on it.</summary>
public sealed class DynamicBytesTests
{
    [Fact]
    public async Task Names_and_texts_are_written_without_needless_escapes() =>
        (await Rows.Of("""print ["naïve"] = 1, ["it's <b>"] = "ü+😀" | project p = tostring(pack_all())""")).ShouldBe(["('{\"naïve\":1,\"it's <b>\":\"ü+😀\"}')"]);

    [Theory]
    [InlineData("""extract_all("(.)", "😀é\u200b\u007f'")""")]
    [InlineData("""split("😀,é,\u200b,\u007f,'", ",")""")]
    [InlineData("""parse_json('["\\ud83d\\ude00","\\u00e9","\\u200b","\\u007f","\\u0027"]')""")]
    [InlineData("""parse_csv("😀,é,\u200b,\u007f,'")""")]
    [InlineData("""pack_array("😀", "é", "\u200b", "\u007f", "'")""")]
    public async Task A_list_of_texts_is_the_same_whatever_gave_it(string list) =>
        (await Rows.Of($$"""print l = {{list}} | project tostring(l) == tostring(dynamic(["😀", "é", "\u200b", "\u007f", "'"])), array_length(set_union(l, dynamic(["😀", "é", "\u200b", "\u007f", "'"])))"""))
            .ShouldBe(["(True, 5)"]);
}
