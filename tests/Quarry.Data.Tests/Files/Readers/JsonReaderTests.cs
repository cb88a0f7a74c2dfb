using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using Quarry.Data.Files;
using Quarry.Data.Files.Readers;
using Quarry.Tables;

namespace Quarry.Data.Tests.Files.Readers;

public sealed class JsonReaderTests : IDisposable
{
    private static readonly InputOptions Typed = new() { Typing = ValueTyping.Inferred };

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Reads_an_object_a_line_with_the_union_of_their_keys()
    {
        (Table table, ReadReport report) = _scratch.Read("a.jsonl", "{\"a\":\"x\",\"b\":1}\r\n\n{\"b\":true,\"c\":{\"d\":[1, 2]}}\n{\"a\":null}");

        table.Schema.ToString().ShouldBe("(a: string, b: string, c: string)");
        Scratch.Show(table).ShouldBe("x|1|∅\n∅|true|{\"d\":[1, 2]}\n∅|∅|∅\n");
        report.IsClean.ShouldBeTrue();
    }

    [Theory]
    [InlineData("[{\"a\":1},{\"a\":2}]")]
    [InlineData("[\n  {\n    \"a\": 1\n  },\n  { \"a\": 2 }\n]\n")]
    [InlineData("{\"a\":1}{\"a\":2}")]
    [InlineData("{\"a\":\n1}\n\n{\"a\":2}\n")]
    [InlineData("{\"a\":1}\n{\"a\":2}\n")]
    public void Reads_arrays_and_objects_one_after_another(string text)
    {
        (Table table, ReadReport report) = _scratch.Read("a.json", text);

        Scratch.Show(table).ShouldBe("1\n2\n");
        report.IsClean.ShouldBeTrue();
    }

    [Fact]
    public void Reads_one_object_as_one_row()
    {
        (Table table, _) = _scratch.Read("a.json", "{\"name\": \"x\",\n \"value\": [{\"a\": 1}]}");

        Scratch.Show(table).ShouldBe("x|[{\"a\": 1}]\n");
    }

    [Fact]
    public void An_array_file_of_lines_is_read_as_an_array()
    {
        (Table table, ReadReport report) = _scratch.Read("a.jsonl", "[{\"a\":1},\n{\"a\":2}]\n");

        Scratch.Show(table).ShouldBe("1\n2\n");
        report.IsClean.ShouldBeTrue();
    }

    [Theory]
    [InlineData("{\"a\":1", "',' or '}' is expected")]
    [InlineData("plain text", "not a JSON object")]
    [InlineData("[1]", "not a JSON object")]
    [InlineData("{\"a\":01}", "not a number")]
    [InlineData("{'a':1}", "a key in quotes is expected")]
    [InlineData("{\"a\":1,}", "a key in quotes is expected")]
    [InlineData("{\"a\":\"\\x\"}", "an unknown escape in a string")]
    [InlineData("{\"a\":1} {\"a\":2}", "text after the end")]
    [InlineData("{\"a\":tru}", "a value is expected")]
    public void Reports_a_line_that_is_no_object_and_reads_the_rest(string line, string reason)
    {
        (Table table, ReadReport report) = _scratch.Read("a.jsonl", $"{{\"a\":0}}\n{line}\n{{\"a\":9}}\n");

        Scratch.Show(table).ShouldBe("0\n9\n");
        MalformedRow malformed = report.Malformed.ShouldHaveSingleItem();
        malformed.Line.ShouldBe(2);
        malformed.Raw.ShouldBe(line);
        malformed.Reason.ShouldContain(reason);
    }

    [Fact]
    public void Nesting_beyond_the_limit_is_reported_and_costs_no_stack()
    {
        string deep = "{\"a\":" + new string('[', 1_000_000) + new string(']', 1_000_000) + "}";

        (Table table, ReadReport report) = _scratch.Read("a.jsonl", $"{{\"a\":0}}\n{deep}\n{{\"a\":9}}\n");

        Scratch.Show(table).ShouldBe("0\n9\n");
        report.Malformed.ShouldHaveSingleItem().Reason.ShouldContain("nested deeper than 128");
    }

    [Fact]
    public void Goes_on_behind_a_broken_object_of_an_array()
    {
        (Table table, ReadReport report) = _scratch.Read("a.json", "[{\"a\":1},\n{\"a\":},\n{\"a\":2},\n 7, \"x\",\n{\"a\":3}]");

        Scratch.Show(table).ShouldBe("1\n2\n3\n");
        report.Malformed.Select(m => (m.Line, m.Reason)).ShouldBe(
            [(2, "a value is expected (at byte 6)"), (4, "not a JSON object"), (4, "not a JSON object")]);
    }

    [Fact]
    public void An_object_that_does_not_end_swallows_no_more_than_its_line()
    {
        string rest = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{{\"a\":{i}}}\n"));

        (Table table, ReadReport report) = _scratch.Read("a.json", "{\"a\":-1}\n{\"a\":\"open\n" + rest);

        table.RowCount.ShouldBe(20_001);
        report.MalformedRows.ShouldBe(1);
    }

    [Fact]
    public void An_array_that_does_not_end_is_reported()
    {
        (Table table, ReadReport report) = _scratch.Read("a.json", "[{\"a\":1},{\"a\":2},");

        Scratch.Show(table).ShouldBe("1\n2\n");
        report.Malformed.ShouldHaveSingleItem().Reason.ShouldContain("the array is not closed");
    }

    [Fact]
    public void Objects_that_never_end_cost_no_more_than_a_few_readings()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();

        (Table table, ReadReport report) = _scratch.Read("a.json", "{\"a\":1}\n" + string.Concat(Enumerable.Repeat("{\n", 300_000)));

        table.RowCount.ShouldBe(1);
        report.MalformedRows.ShouldBeGreaterThan(1);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Replaces_escapes_of_half_characters_and_counts_them()
    {
        (Table table, ReadReport report) = _scratch.Read(
            "a.jsonl", """{"a":"\ud800","b":"\ud83d\ude00\u00fc\n\t\"\\\/","c\udc00":"\ud800\u0041"}""" + "\n");

        Scratch.Show(table).ShouldBe("\uFFFD|😀ü\n\t\"\\/|\uFFFDA\n");
        table.Schema[2].Name.ShouldBe("c\uFFFD");
        report.ReplacedEscapes.ShouldBe(3);
    }

    [Fact]
    public void Takes_the_last_value_of_a_repeated_key_and_counts_it()
    {
        (Table table, ReadReport report) = _scratch.Read("a.jsonl", "{\"a\":1,\"b\":2,\"a\":3,\"\\u0061\":4}\n");

        Scratch.Show(table).ShouldBe("4|2\n");
        report.DuplicateKeys.ShouldBe(2);
    }

    [Fact]
    public void Keeps_huge_numbers_to_the_digit()
    {
        const string Text = "{\"a\":12345678901234567890123,\"b\":0.1,\"c\":1e400,\"d\":3.141592653589793238,\"e\":9223372036854775807}\n";

        (Table text, _) = _scratch.Read("a.jsonl", Text);
        (Table typed, _) = _scratch.Read("a.jsonl", Text, Typed);

        Scratch.Show(text).ShouldBe("12345678901234567890123|0.1|1e400|3.141592653589793238|9223372036854775807\n");
        Scratch.Show(typed).ShouldBe("12345678901234567890123|0.1|1e400|3.141592653589793238|9223372036854775807\n");
        typed.Schema.ToString().ShouldBe("(a: dynamic, b: real, c: dynamic, d: dynamic, e: long)");
    }

    [Fact]
    public void Infers_types_where_asked()
    {
        (Table table, _) = _scratch.Read(
            "a.jsonl",
            "{\"l\":1,\"r\":1,\"b\":true,\"t\":\"2024-03-01T00:00:00Z\",\"o\":{\"x\":1},\"m\":1,\"s\":\"5\"}\n{\"l\":2,\"r\":2.5,\"b\":null,\"o\":[],\"m\":\"x\"}\n",
            Typed);

        table.Schema.ToString().ShouldBe("(l: long, r: real, b: bool, t: datetime, o: dynamic, m: dynamic, s: string)");
        Scratch.Show(table).ShouldBe("1|1|True|2024-03-01T00:00:00Z|{\"x\":1}|1|5\n2|2.5|∅|∅|[]|\"x\"|∅\n");
    }

    [Theory]
    [InlineData("a.jsonl", "", "\n", "")]
    [InlineData("a.json", "[", ",", "]")]
    public void Keys_that_come_after_the_sample_are_kept_beside_and_counted(string name, string open, string between, string close)
    {
        string text = open + string.Join(between, Enumerable.Range(0, 1000).Select(i => i == 900
            ? "{\"a\":\"x\",\"late\":{\"y\":1},\"late\":\"\\n\"}"
            : $"{{\"a\":{i}}}")) + close;

        (Table table, ReadReport report) = _scratch.Read(name, text, Typed with { SampleBytes = 500 });

        table.Schema.ToString().ShouldBe("(a: long, _extra: dynamic)");
        table["_extra"].GetValue(900).ShouldBe("{\"a\":\"x\",\"late\":\"\\n\"}");
        table["_extra"].GetValue(899).ShouldBeNull();
        report.OverflowValues.ShouldBe(2);
        report.DuplicateKeys.ShouldBe(1);
    }

    [Fact]
    public void An_input_within_the_sample_has_no_overflow_column()
    {
        (Table table, _) = _scratch.Read("a.jsonl", "{\"a\":1}\n{\"b\":1}\n");

        table.Schema.Select(c => c.Name).ShouldBe(["a", "b"]);
    }

    [Fact]
    public void The_overflow_column_gives_way_to_a_key_of_its_name()
    {
        string text = string.Concat(Enumerable.Range(0, 100).Select(i => $"{{\"_extra\":{i}}}\n")) + "{\"x\":1}\n";

        (Table table, _) = _scratch.Read("a.jsonl", text, new InputOptions { SampleBytes = 200 });

        table.Schema.ToString().ShouldBe("(_extra: string, _extra_2: dynamic)");
        table[1].GetValue(100).ShouldBe("{\"x\":1}");
    }

    [Fact]
    public void More_keys_than_columns_are_allowed_go_to_the_overflow()
    {
        (Table table, _) = _scratch.Read("a.jsonl", "{\"a\":1,\"b\":2,\"c\":3}\n", new InputOptions { LargestColumnCount = 2 });

        Scratch.Show(table).ShouldBe("1|2|{\"c\":3}\n");
    }

    [Fact]
    public void Reads_only_the_columns_asked_for()
    {
        string text = string.Concat(Enumerable.Range(0, 1000).Select(i => $"{{\"a\":{i},\"b\":\"x\",\"c\":\"z\"}}\n"));

        (Table table, _) = _scratch.Read("a.jsonl", text, new InputOptions { Columns = ["c"], SampleBytes = 100 });

        table.Schema.ToString().ShouldBe("(c: string)");
        table["c"].GetValue(999).ShouldBe("z");
    }

    [Fact]
    public void A_record_over_the_limit_is_reported_and_not_held()
    {
        string big = "{\"a\":\"" + new string('x', 3_000_000) + "\"}\n";

        (Table table, ReadReport report) = _scratch.Read("a.jsonl", "{\"a\":1}\n" + big + "{\"a\":2}\n", new InputOptions { LargestRow = 100_000 });

        Scratch.Show(table).ShouldBe("1\n2\n");
        report.Malformed.ShouldHaveSingleItem().Reason.ShouldBe("longer than 100,000 bytes");
    }

    [Fact]
    public void Reads_an_array_without_line_ends_in_pieces()
    {
        string text = "[" + string.Join(',', Enumerable.Range(0, 200_000).Select(i => $"{{\"n\":{i},\"t\":\"a}}{{\\\"\\\\\"}}")) + "]";

        (Table table, ReadReport report) = _scratch.Read("a.json", text, new InputOptions { LargestRow = 1000, SampleBytes = 10_000 });

        table.RowCount.ShouldBe(200_000);
        table["n"].GetValue(199_999).ShouldBe("199999");
        table["t"].GetValue(199_999).ShouldBe("a}{\"\\");
        report.IsClean.ShouldBeTrue();
    }

    [Fact]
    public void Accepts_and_refuses_what_the_framework_does()
    {
        Gen<string> piece = Gen.Elements(
            "{", "}", "[", "]", ":", ",", "\"", "\"a\"", "\"b\"", "1", "-0", "0.5", "1e5", "01", ".", "true", "null", "fals", " ", "\\", "\\u00e9", "\\n", "\t", "\u0001", "é", "{\"a\":1}", "\"k\":");
        Gen<string> text = Gen.OneOf(
            piece.ListOf().Select(p => "{" + string.Concat(p) + "}"),
            piece.ListOf().Select(p => "{\"a\":" + string.Concat(p) + "}"),
            piece.ListOf().Select(p => string.Concat(p)));

        Prop.ForAll(text.ToArbitrary(), t =>
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(t);

            bool accepted = new JsonScanner().TryReadObject(utf8);

            return (accepted == IsObject(utf8)).Label(t);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000).WithEndSize(12).WithReplay(1, 3));
    }

    [Fact]
    public void Gives_the_values_that_the_framework_gives()
    {
        Gen<string> word = Gen.Elements("a", "B", "\"", "\\", "\n", "\u0001", "ü", "😀", "/", new string('y', 20), "");
        Gen<Dictionary<string, string>> record = word.ListOf().Select(w => w.Select((v, i) => (Key: $"k{i}{v}", v)).ToDictionary(p => p.Key, p => p.v + p.v));

        Prop.ForAll(record.ToArbitrary(), r =>
        {
            byte[] utf8 = JsonSerializer.SerializeToUtf8Bytes(r);
            var scanner = new JsonScanner();

            bool accepted = scanner.TryReadObject(utf8);

            var read = scanner.Properties.ToArray().ToDictionary(p => Unescape(utf8, p.Name), p => Unescape(utf8, p.Value));
            return accepted && read.OrderBy(p => p.Key, StringComparer.Ordinal).SequenceEqual(r.OrderBy(p => p.Key, StringComparer.Ordinal));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(1, 3));
    }

    private static string Unescape(byte[] text, JsonValue value)
    {
        byte[] target = new byte[value.Length];
        return Encoding.UTF8.GetString(target, 0, JsonText.Unescape(text.AsSpan(value.Start, value.Length), target, out _));
    }

    private static bool IsObject(byte[] utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = JsonScanner.LargestDepth });
            bool isObject = reader.Read() && reader.TokenType == JsonTokenType.StartObject;
            while (reader.Read())
            {
            }

            return isObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
