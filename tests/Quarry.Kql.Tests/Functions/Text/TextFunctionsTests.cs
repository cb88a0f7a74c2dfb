namespace Quarry.Kql.Tests.Functions.Text;

public class TextFunctionsTests
{
    [Theory]
    [InlineData("abc", 5L, 3L, "")]
    [InlineData("abc", -1L, 2L, "c")]
    [InlineData("hello", -2L, 2L, "lo")]
    [InlineData("hello", -9L, 2L, "he")]
    [InlineData("hello", 1L, -1L, "")]
    [InlineData("hello", 0L, 0L, "")]
    [InlineData("hello", 10L, 5L, "")]
    [InlineData("é😀xyz", 1L, 2L, "😀x")]
    [InlineData("é😀xyz", long.MaxValue, long.MaxValue, "")]
    [InlineData("é😀xyz", long.MinValue, long.MaxValue, "é😀xyz")]
    public void SubstringCountsCharactersAndClamps(string text, long start, long length, string expected) =>
        Call.Of("substring", text, start, length).ShouldBe(expected);

    [Fact]
    public void LengthsAreOfCharactersAndOfBytes()
    {
        Call.Of("strlen", "emoji😀here").ShouldBe(10L);
        Call.Of("strlen", "").ShouldBe(0L);
        Call.Of("string_size", "Ångström").ShouldBe(10L);
        Call.Of("substring", "alpha", 1L).ShouldBe("lpha");
        Call.Of("isascii", "é").ShouldBe(false);
        Call.Of("isempty", "").ShouldBe(true);
        Call.Of("isnotempty", "").ShouldBe(false);
    }

    [Fact]
    public void CaseIsThatOfUnicodeCharacterByCharacter()
    {
        Call.Of("toupper", "Ångström naïve straße").ShouldBe("ÅNGSTRÖM NAÏVE STRAßE");
        Call.Of("tolower", "ＡＢＣ ÜBER").ShouldBe("ａｂｃ über");
        Call.Of("tolower", "MiXeD and quite a long text IN ASCII").ShouldBe("mixed and quite a long text in ascii");
        Call.Of("toupper", "").ShouldBe("");
    }

    [Fact]
    public void ReverseKeepsCharactersWhole() => Call.Of("reverse", "a😀é").ShouldBe("é😀a");

    [Fact]
    public void StrcmpGivesTheSign()
    {
        Call.Of("strcmp", "abcde", "abc").ShouldBe(1L);
        Call.Of("strcmp", "ABC", "abc").ShouldBe(-1L);
        Call.Of("strcmp", "", "").ShouldBe(0L);
    }

    [Fact]
    public void JoiningTakesAnyNumberOfTexts()
    {
        Call.Of("strcat", "a", "-", "", "b").ShouldBe("a-b");
        Call.Of("strcat_delim", "-", "", "z", "y").ShouldBe("-z-y");
        Call.Of("strcat_array", """["a",null,"","b",1,true]""", "|").ShouldBe("a|||b|1|true");
        Call.Of("array_strcat", "[null,null]", ",").ShouldBe(",");
        Call.Of("strcat_array", "{}", ",").ShouldBe("");
        Call.Of("strrep", "123", 3L, ".").ShouldBe("123.123.123");
        Call.Of("strrep", "ABC", 2L).ShouldBe("ABCABC");
        Call.Of("strrep", "ABC", -2L).ShouldBe("");
    }

    [Theory]
    [InlineData("a,,b", ",", null, """["a","","b"]""")]
    [InlineData("", ",", null, """[""]""")]
    [InlineData(",", ",", null, """["",""]""")]
    [InlineData("single", ",", null, """["single"]""")]
    [InlineData("a\\b\n\"c\u0001", "x", null, """["a\\b\n\"c\u0001"]""")]
    [InlineData("a=b=c", "=", 1L, """["b"]""")]
    [InlineData("trailing=", "=", 1L, """[""]""")]
    [InlineData("noequals", "=", 1L, null)]
    public void SplitGivesAnArray(string text, string delimiter, object? index, string? expected) =>
        Call.Of("split", text, delimiter, index).ShouldBe(expected);

    [Theory]
    [InlineData("abcdefg", "cde", 0L, -1L, 1L, 2L)]
    [InlineData("abcdefg", "cde", 1L, 4L, 1L, 2L)]
    [InlineData("abcdefg", "cde", 1L, 2L, 1L, -1L)]
    [InlineData("abcdefg", "cde", 3L, 4L, 1L, -1L)]
    [InlineData("abcdefg", "cde", -5L, -1L, 1L, 2L)]
    [InlineData("abcdefgabcdefg", "cde", 1L, 10L, 2L, 9L)]
    [InlineData("abcdefgabcdefg", "cde", 1L, -1L, 3L, -1L)]
    [InlineData("é😀é", "é", 1L, -1L, 1L, 2L)]
    [InlineData("abc", "", 0L, -1L, 1L, null)]
    [InlineData("abc", "c", 0L, -2L, 1L, null)]
    [InlineData("abc", "c", 9L, -1L, 1L, -1L)]
    public void IndexOfSearchesARange(string text, string match, long start, long length, long occurrence, object? expected) =>
        Call.Of("indexof", text, match, start, length, occurrence).ShouldBe(expected);

    [Theory]
    [InlineData("abcabcdefg", "a.c", 0L, 9L, 2L, 3L)]
    [InlineData("abcabc", "a.c", 1L, -1L, 2L, -1L)]
    [InlineData("ababaa", "a.a", 0L, -1L, 2L, -1L)]
    [InlineData("abcabc", "a|ab", -1L, -1L, 1L, null)]
    [InlineData("😀😀abc", "b", 1L, -1L, 1L, 3L)]
    public void IndexOfRegexDoesNotOverlap(string text, string match, long start, long length, long occurrence, object? expected) =>
        Call.Of("indexof_regex", text, match, start, length, occurrence).ShouldBe(expected);

    [Theory]
    [InlineData("aaaa", "aa", "normal", 3L)]
    [InlineData("ababa", "aba", "regex", 1L)]
    [InlineData("abcabc", "a.c", "regex", 2L)]
    [InlineData("double\\\\slash", "\\\\", "normal", 1L)]
    public void CountOfOverlapsButForRegularExpressions(string text, string search, string kind, long expected) =>
        Call.Of("countof", text, search, kind).ShouldBe(expected);

    [Fact]
    public void TextsAreReplaced()
    {
        Call.Of("replace_string", "O'Brien's", "'", "''").ShouldBe("O''Brien''s");
        Call.Of("replace_string", "aaa", "", "X").ShouldBe("aaa");
        Call.Of("replace_strings", "A magic trick can turn a cat into a dog", """["cat","dog"]""", """["dog","pigeon"]""").ShouldBe("A magic trick can turn a dog into a pigeon");
        Call.Of("replace_strings", "This is an example", """["This","is"]""", """[12345,"was"]""").ShouldBe("This was an example");
        Call.Of("replace_strings", "This is", """["is","This"]""", """["was","This"]""").ShouldBe("Thwas was");
        Call.Of("replace_strings", "This", "[]", "[]").ShouldBe("This");
        Call.Of("translate", "krasp", "otsku", "spark").ShouldBe("kusto");
        Call.Of("translate", "abc", "x", "abc").ShouldBe("xxx");
        Call.Of("translate", "abc", "", "ab").ShouldBe("");
    }
}
