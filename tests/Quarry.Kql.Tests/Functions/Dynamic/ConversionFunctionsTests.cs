using System.Text.Json;

namespace Quarry.Kql.Tests.Functions.Dynamic;

public class ConversionFunctionsTests
{
    [Theory]
    [InlineData("null", null)]
    [InlineData("", null)]
    [InlineData("not json", "\"not json\"")]
    [InlineData("[]", "[]")]
    [InlineData("{}", "{}")]
    [InlineData(" { \"a\" : [ 1 , 2.50 , 1e3 , true , null ] , \"b\" : { } } ", "{\"a\":[1,2.50,1e3,true,null],\"b\":{}}")]
    [InlineData("\"x\"", "\"x\"")]
    [InlineData("\"\\u0041\\/\\u00e9\\u001F\\u000a\\ud83d\\ude00\"", "\"A/é\\u001f\\n😀\"")]
    [InlineData("\"tab\there\"", "\"\\\"tab\\there\\\"\"")]
    [InlineData("01", "\"01\"")]
    [InlineData("1.", "\"1.\"")]
    [InlineData("-", "\"-\"")]
    [InlineData("-1.5e-3", "-1.5e-3")]
    [InlineData("True", "\"True\"")]
    [InlineData("truex", "\"truex\"")]
    [InlineData("[1,]", "\"[1,]\"")]
    [InlineData("[1 2]", "\"[1 2]\"")]
    [InlineData("{\"a\":1", "\"{\\\"a\\\":1\"")]
    [InlineData("{\"a\":1}}", "\"{\\\"a\\\":1}}\"")]
    [InlineData("[1}", "\"[1}\"")]
    [InlineData("{\"a\" 1}", "\"{\\\"a\\\" 1}\"")]
    [InlineData("{'a':1}", "\"{'a':1}\"")]
    [InlineData("\"\\x\"", "\"\\\"\\\\x\\\"\"")]
    [InlineData("12345678901234567890", "12345678901234567890")]
    public void Text_is_parsed_or_becomes_a_string(string text, string? expected) => Call.Of("parse_json", text).ShouldBe(expected);

    [Fact]
    public void What_System_Text_Json_reads_is_read_and_nothing_else()
    {
        int read = 0;
        for (int seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            string text = seed % 4 == 0 ? RandomJson.Value(random, 4) : seed % 4 == 1 ? RandomJson.Spoilt(random) : RandomJson.Noise(random);
            string? parsed = (string?)Call.Of("parse_json", text);
            if (TryParse(text) is { } expected)
            {
                read++;
                JsonElement.DeepEquals(JsonDocument.Parse(parsed ?? "null").RootElement, expected.RootElement).ShouldBeTrue(text);
                (parsed is null || (string?)Call.Of("parse_json", parsed) == parsed).ShouldBeTrue(text);
            }
            else if (text.Length > 0)
            {
                JsonDocument.Parse(parsed!).RootElement.GetString().ShouldBe(text);
            }
        }

        read.ShouldBeInRange(6_000, 16_000);
    }

    private static JsonDocument? TryParse(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Recorded: type-casts-coercion, dynamic(2147483648) and its neighbours.
    [Theory]
    [InlineData("2147483648", int.MinValue, 2147483648L, 2147483648.0, true)]
    [InlineData("1.9", 1, 1L, 1.9, true)]
    [InlineData("\"42\"", 42, 42L, 42.0, true)]
    [InlineData("\"3.14\"", null, null, 3.14, null)]
    [InlineData("\"0x10\"", 16, 16L, null, true)]
    [InlineData("true", 1, 1L, 1.0, true)]
    [InlineData("false", 0, 0L, 0.0, false)]
    [InlineData(null, null, null, null, null)]
    [InlineData("[1]", null, null, null, null)]
    [InlineData("{\"a\":1}", null, null, null, null)]
    [InlineData("\"9223372036854775807\"", null, 9223372036854775807L, 9223372036854775807.0, true)]
    [InlineData("1e300", null, null, 1e300, true)]
    [InlineData("0", 0, 0L, 0.0, false)]
    [InlineData("\"\"", null, null, null, null)]
    [InlineData("\" 7 \"", 7, 7L, 7.0, true)]
    [InlineData("\"True\"", null, null, null, true)]
    public void Conversions_are_as_recorded(string? value, int? toInt, long? toLong, double? toReal, bool? toBool)
    {
        Call.Of("$dynamic_to_int", value).ShouldBe(toInt);
        Call.Of("$dynamic_to_long", value).ShouldBe(toLong);
        Call.Of("$dynamic_to_real", value).ShouldBe(toReal);
        Call.Of("$dynamic_to_bool", value).ShouldBe(toBool);
    }

    [Theory]
    [InlineData("\"a\\\"b\"", "a\"b")]
    [InlineData("true", "true")]
    [InlineData("1.5", "1.5")]
    [InlineData("{\"a\":[1]}", "{\"a\":[1]}")]
    [InlineData(null, "")]
    [InlineData("\"\"", "")]
    public void The_text_of_a_value_has_no_quotes(string? value, string expected) => Call.Of("$text_of_dynamic", value).ShouldBe(expected);

    [Theory]
    [InlineData("1", "long")]
    [InlineData("1.5", "double")]
    [InlineData("1e3", "double")]
    [InlineData("9223372036854775808", "double")]
    [InlineData("\"x\"", "string")]
    [InlineData("true", "bool")]
    [InlineData("[1]", "array")]
    [InlineData("{}", "dictionary")]
    [InlineData(null, "null")]
    public void The_type_of_a_value_is_as_recorded(string? value, string expected) =>
        Call.Of(Quarry.Kql.Functions.FunctionLibrary.Scalars["gettype"][0], value).ShouldBe(expected);

    [Fact]
    public void Scalars_become_json()
    {
        Call.Of("$json", true).ShouldBe("true");
        Call.Of("$json", 5).ShouldBe("5");
        Call.Of("$json", long.MinValue).ShouldBe("-9223372036854775808");
        Call.Of("$json", 5.0).ShouldBe("5.0");
        Call.Of("$json", 1e-7).ShouldBe("1E-07");
        Call.Of("$json", double.NaN).ShouldBe("\"NaN\"");
        Call.Of("$json", double.NegativeInfinity).ShouldBe("\"-Infinity\"");
        Call.Of("$json", 1.5m).ShouldBe("\"1.5\"");
        Call.Of("$json", -0.05m).ShouldBe("\"-0.05\"");
        Call.Of("$json", new DateTime(2020, 1, 1)).ShouldBe("\"2020-01-01T00:00:00.0000000Z\"");
        Call.Of("$json", TimeSpan.FromDays(1)).ShouldBe("\"1.00:00:00\"");
        Call.Of("$json", TimeSpan.FromSeconds(2)).ShouldBe("\"00:00:02\"");
        Call.Of("$json", "a\"\\\u0001\n😀").ShouldBe("\"a\\\"\\\\\\u0001\\n😀\"");
        Call.Of("$json", "").ShouldBe("\"\"");
    }

    [Fact]
    public void Casts_do_not_parse()
    {
        Call.Of("$cast_long", "\"5\"").ShouldBeNull();
        Call.Of("$cast_long", "3.0").ShouldBe(3L);
        Call.Of("$cast_long", "true").ShouldBeNull();
        Call.Of("$cast_bool", "1").ShouldBeNull();
        Call.Of("$cast_real", "1").ShouldBe(1.0);
        Call.Of("$cast_datetime", "\"2021-01-01T00:00:00.0000000Z\"").ShouldBe(new DateTime(2021, 1, 1));
        Call.Of("$cast_datetime", "\"2021-01-01T02:00:00+02:00\"").ShouldBe(new DateTime(2021, 1, 1));
        Call.Of("$cast_datetime", "\"x\"").ShouldBeNull();
        Call.Of("$cast_timespan", "\"1.00:00:00\"").ShouldBe(TimeSpan.FromDays(1));
        Call.Of("$cast_string", "[1]").ShouldBe("[1]");
        Call.Of("$cast_guid", "\"7F2C5B1A-0000-4000-8000-000000000001\"").ShouldBe("7f2c5b1a-0000-4000-8000-000000000001");
    }

    [Fact]
    public void Json_is_written_by_the_names_of_properties() =>
        Call.Of("dynamic_to_json", "{\"b\":2,\"a\":{\"d\":1,\"c\":null}}").ShouldBe("{\"a\":{\"c\":null,\"d\":1},\"b\":2}");

    [Fact]
    public void Comparisons_are_by_value()
    {
        Call.Of("$dynamic_equals", "\"a\"", "a").ShouldBe(true);
        Call.Of("$dynamic_equals", "5", 5L).ShouldBe(true);
        Call.Of("$dynamic_equals", "5.0", 5L).ShouldBe(true);
        Call.Of("$dynamic_equals", "9007199254740993", 9007199254740992L).ShouldBe(false);
        Call.Of("$dynamic_equals", "5", 5.0).ShouldBe(true);
        Call.Of("$dynamic_equals", "true", true).ShouldBe(true);
        Call.Of("$dynamic_equals", null, 5L).ShouldBe(false);
        Call.Of("$dynamic_equals", "\"5\"", 5L).ShouldBe(false);
        Call.Of("$dynamic_compare", "5", 6L).ShouldBe(-1);
        Call.Of("$dynamic_compare", "\"x\"", 6L).ShouldBeNull();
        Call.Of("$dynamic_compare", "\"2021-01-01T00:00:00Z\"", new DateTime(2020, 1, 1)).ShouldBe(1);
    }
}
