using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using Quarry.Data.Files.Writers;
using Quarry.Tables;

namespace Quarry.Data.Tests.Files.Writers;

public class TableWritersTests
{
    private static readonly Table Everything = new TableBuilder(
            ("flag", ColumnType.Bool), ("n", ColumnType.Int), ("big", ColumnType.Long), ("x", ColumnType.Real),
            ("money", ColumnType.Decimal), ("at", ColumnType.DateTime), ("for", ColumnType.TimeSpan), ("text", ColumnType.String),
            ("id", ColumnType.Guid), ("bag", ColumnType.Dynamic))
        .AddRow(
            true, -1, long.MaxValue, 0.1, 1.50m, new DateTime(2024, 2, 29, 1, 2, 3, DateTimeKind.Utc).AddTicks(4), TimeSpan.FromSeconds(90061.5),
            "a,\"b\"\nc", Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), "{\"k\":\n[1]}")
        .AddRow(new object?[10])
        .AddRow(false, 0, 0L, double.NaN, 0m, DateTime.MinValue.ToUniversalTime(), TimeSpan.Zero, "", Guid.Empty, "not json")
        .Build();

    [Fact]
    public void Json_lines_hold_every_type() => Written(OutputFormat.Jsonl, Everything).ShouldBe(
        """
        {"flag":true,"n":-1,"big":9223372036854775807,"x":0.1,"money":1.50,"at":"2024-02-29T01:02:03.0000004Z","for":"1.01:01:01.5000000","text":"a,\"b\"\nc","id":"0f8fad5b-d9cb-469f-a165-70867728950e","bag":{"k": [1]}}
        {"flag":null,"n":null,"big":null,"x":null,"money":null,"at":null,"for":null,"text":null,"id":null,"bag":null}
        {"flag":false,"n":0,"big":0,"x":"NaN","money":0,"at":"0001-01-01T00:00:00.0000000Z","for":"00:00:00","text":"","id":"00000000-0000-0000-0000-000000000000","bag":"not json"}

        """);

    [Fact]
    public void Csv_tells_null_from_empty_text_and_quotes_what_it_must() => Written(OutputFormat.Csv, Everything).ShouldBe(
        "flag,n,big,x,money,at,for,text,id,bag\n"
        + "true,-1,9223372036854775807,0.1,1.50,2024-02-29T01:02:03.0000004Z,1.01:01:01.5000000,\"a,\"\"b\"\"\nc\",0f8fad5b-d9cb-469f-a165-70867728950e,\"{\"\"k\"\":\n[1]}\"\n"
        + ",,,,,,,,,\n"
        + "false,0,0,NaN,0,0001-01-01T00:00:00.0000000Z,00:00:00,\"\",00000000-0000-0000-0000-000000000000,not json\n");

    [Fact]
    public void Json_of_no_rows_is_an_empty_array() =>
        Written(OutputFormat.Json, Everything.Slice(0, 0)).ShouldBe("[]\n");

    [Fact]
    public void Json_is_one_document() =>
        JsonDocument.Parse(Written(OutputFormat.Json, Everything)).RootElement.GetArrayLength().ShouldBe(3);

    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-enc QQ", "\"'-enc QQ\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("a=1", "a=1")]
    public void Formulas_are_guarded_in_csv(string text, string field)
    {
        Table table = OneText(text);

        Written(OutputFormat.Csv, table).ShouldBe($"t\n{field}\n");
        Written(OutputFormat.Csv, table, new WriterOptions { GuardFormulas = false }).ShouldBe($"t\n{text}\n");
    }

    [Fact]
    public void Markdown_escapes_what_would_be_markup_and_keeps_a_row_a_row() =>
        Written(OutputFormat.Md, OneText("<script>|\n`x`\u001b[31m\u202e[a](b)")).ShouldBe(
            "| t |\n| --- |\n| &lt;script&gt;\\|\\\\n\\`x\\`\\\\u001b\\[31m\\\\u202e\\[a\\](b) |\n");

    [Fact]
    public void Json_strings_come_back_exactly_and_hold_no_control_or_bidirectional_character()
    {
        Gen<string> text = Gen.Frequency(
                (4, Gen.Choose(0, 0x7F)), (2, Gen.Choose(0x80, 0x2FF)), (2, Gen.Choose(0x2000, 0x2070)), (1, Gen.Choose(0xE000, 0xFFFF)))
            .Select(c => (char)c).ArrayOf().Select(c => new string(c));

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(text.ToArbitrary(), value =>
        {
            string line = Written(OutputFormat.Jsonl, OneText(value));

            return JsonDocument.Parse(line).RootElement.GetProperty("t").GetString() == value
                && !line.TrimEnd('\n').Any(c => TextEscapes.IsUnsafe(c));
        }));
    }

    [Fact]
    public void Bytes_that_are_not_utf8_become_the_replacement_character()
    {
        var builder = new TableBuilder(("t", ColumnType.String));
        builder.Text(0).Append([0x61, 0xFF, 0xC2]);

        JsonDocument.Parse(Written(OutputFormat.Jsonl, builder.Build())).RootElement.GetProperty("t").GetString().ShouldBe("a\ufffd\ufffd");
    }

    [Fact]
    public void A_value_longer_than_the_buffer_goes_out_whole()
    {
        string text = new('x', 1_000_000);

        Written(OutputFormat.Csv, OneText(text)).ShouldBe($"t\n{text}\n");
    }

    [Theory]
    [InlineData("a.jsonl", OutputFormat.Jsonl)]
    [InlineData("a.NDJSON", OutputFormat.Jsonl)]
    [InlineData("/x/a.json", OutputFormat.Json)]
    [InlineData("a.b.csv", OutputFormat.Csv)]
    [InlineData("a.tsv", OutputFormat.Tsv)]
    [InlineData("a.md", OutputFormat.Md)]
    [InlineData("a.parquet", OutputFormat.Parquet)]
    public void The_extension_picks_the_format(string path, OutputFormat format) => TableWriters.FormatOf(path).ShouldBe(format);

    [Fact]
    public void An_extension_that_means_nothing_is_refused_with_those_that_do() =>
        Should.Throw<QuarryException>(() => TableWriters.FormatOf("a.docx")).Message.ShouldContain(".jsonl, .json, .csv");

    private static Table OneText(string text) => new TableBuilder(("t", ColumnType.String)).AddRow(text).Build();

    private static string Written(OutputFormat format, Table table, WriterOptions? options = null)
    {
        using var stream = new MemoryStream();
        using ITableWriter writer = TableWriters.Create(format, stream, table.Schema, options);
        writer.Write(table);
        writer.Complete();
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
