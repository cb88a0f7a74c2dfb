using System.Text;
using Quarry.Data.Sources;
using Quarry.Data.Sources.Answers;
using Quarry.Tables;
using static Quarry.Data.Tests.Sources.Answers.AnswerTexts;

namespace Quarry.Data.Tests.Sources.Answers;

public sealed class KustoFramesTests
{
    private const string Header = """{"FrameType":"DataSetHeader","IsProgressive":false,"Version":"v2.0"}""";
    private const string End = """{"FrameType":"DataSetCompletion","HasErrors":false,"Cancelled":false}""";

    [Fact]
    public void Reads_what_the_obvious_reader_reads_however_the_bytes_arrive()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            string json = new RandomAnswer(seed).Frames();
            byte[] bytes = Encoding.UTF8.GetBytes(json);

            List<Table> read = Gather(new KustoFrames(new DrippingStream(bytes, seed), Faults, bufferBytes: 16));

            List<Table> expected = SlowAnswer.Frames(json);
            read.Count.ShouldBe(expected.Count, $"seed {seed}");
            for (int i = 0; i < read.Count; i++)
            {
                ShouldBeSame(read[i], expected[i], $"seed {seed}");
            }
        }
    }

    [Fact]
    public void No_beginning_of_an_answer_is_taken_as_whole()
    {
        for (int seed = 0; seed < 8; seed++)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(new RandomAnswer(seed).Frames().TrimEnd());
            for (int length = 0; length < bytes.Length; length += 1 + (bytes.Length / 300))
            {
                Fault(new KustoFrames(new MemoryStream(bytes, 0, length), Faults, bufferBytes: 32)).Fault.ShouldBe(SourceFault.BrokenAnswer, $"seed {seed}, {length} bytes");
            }
        }
    }

    [Fact]
    public void A_byte_that_is_changed_gives_an_answer_or_an_error_and_nothing_else()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(new RandomAnswer(5).Frames());
        var random = new Random(1);
        for (int i = 0; i < 2_000; i++)
        {
            byte[] changed = [.. bytes];
            changed[random.Next(changed.Length)] = (byte)random.Next(256);
            try
            {
                Gather(new KustoFrames(new MemoryStream(changed), Faults));
            }
            catch (SourceException)
            {
                // What it should be.
            }
        }
    }

    [Theory]
    [InlineData("long", "\"text\"", "the text \"text\"")]
    [InlineData("long", "1.5", "1.5")]
    [InlineData("long", "9223372036854775808", "9223372036854775808")]
    [InlineData("int", "2147483648", "2147483648")]
    [InlineData("int", "[1]", "the array [1]")]
    [InlineData("bool", "2", "2")]
    [InlineData("bool", "\"true\"", "the text")]
    [InlineData("real", "\"many\"", "the text \"many\"")]
    [InlineData("real", "NaN", "NaN")]
    [InlineData("datetime", "1234567890", "1234567890")]
    [InlineData("datetime", "\"2020-13-01T00:00:00Z\"", "the text")]
    [InlineData("timespan", "\"25:00:00\"", "the text")]
    [InlineData("guid", "\"x\"", "the text \"x\"")]
    [InlineData("string", "5", "5 was sent")]
    [InlineData("string", "{\"a\":1}", "the object")]
    [InlineData("decimal", "\"1e999\"", "the text")]
    [InlineData("dynamic", "{\"a\":tru}", "no JSON")]
    public void A_cell_that_is_not_of_its_column_is_named(string type, string cell, string said)
    {
        SourceException error = Fault(Frames(Frame($"ok:long, x:{type}", $"[1,null],[2,{cell}]")));

        error.Fault.ShouldBe(SourceFault.BrokenAnswer);
        error.Message.ShouldContain("Table 'PrimaryResult', row 2, column 'x'");
        error.Message.ShouldContain(said);
    }

    [Theory]
    [InlineData("[1]", "row 1 has 1 cell, and the table 2 columns")]
    [InlineData("[]", "row 1 has 0 cells")]
    [InlineData("[1,2],[1,2,3]", "row 2 has more cells than the 2 columns")]
    [InlineData("5", "'[' is expected")]
    [InlineData("{\"a\":1}", "an object was sent in place of a row")]
    public void A_row_of_another_width_is_named(string rows, string said)
    {
        Fault(Frames(Frame("a:long, b:long", rows))).Message.ShouldContain(said);
    }

    [Theory]
    [InlineData("[{H},{\"FrameType\":\"DataTable\",\"TableKind\":\"PrimaryResult\",\"TableName\":\"T\",\"Rows\":[[1]]},{E}]", "does not say of what columns")]
    [InlineData("[{H},{\"FrameType\":\"DataTable\",\"TableKind\":\"PrimaryResult\",\"TableName\":\"T\",\"Columns\":[{\"ColumnName\":\"a\",\"ColumnType\":\"lung\"}],\"Rows\":[]},{E}]", "column 'a' is of a type that there is not")]
    [InlineData("[{H},{\"FrameType\":\"TableFragment\",\"TableId\":1,\"TableFragmentType\":\"DataAppend\",\"Rows\":[[1]]},{E}]", "has no header")]
    [InlineData("[{H},{\"FrameType\":\"TableHeader\",\"TableId\":1,\"TableKind\":\"PrimaryResult\",\"TableName\":\"T\",\"Columns\":[]},{E}]", "was never completed")]
    [InlineData("[{H}]", "'DataSetCompletion' is missing")]
    [InlineData("[{H},{\"a\":1},{E}]", "of what type it is")]
    [InlineData("[{H},{E}] x", "something follows")]
    [InlineData("[]", "'DataSetCompletion' is missing")]
    [InlineData("true", "'[' is expected")]
    public void Frames_that_do_not_fit_are_refused(string json, string said)
    {
        json = json.Replace("{H}", Header, StringComparison.Ordinal).Replace("{E}", End, StringComparison.Ordinal);

        SourceException error = Fault(Frames(json));

        error.Fault.ShouldBe(SourceFault.BrokenAnswer);
        error.Message.ShouldContain(said);
    }

    [Fact]
    public void Fragments_are_put_together_and_counted()
    {
        string Answer(int count) => $$"""
            [{"FrameType":"DataSetHeader","IsProgressive":false},{"FrameType":"TableHeader","TableId":1,"TableKind":"PrimaryResult","TableName":"T","Columns":[{{Columns("a:long")}}]},
             {"FrameType":"TableFragment","TableId":1,"TableFragmentType":"DataAppend","Rows":[[1],[2]]},{"FrameType":"TableProgress","TableId":1,"TableProgress":50.0},
             {"FrameType":"TableFragment","FieldCount":1,"Rows":[[3]],"TableFragmentType":"DataAppend","TableId":1},
             {"FrameType":"TableCompletion","TableId":1,"RowCount":{{count}}},{{End}}]
            """;
        KustoFrames reader = Frames(Answer(3));

        Gather(reader).ShouldHaveSingleItem().RowCount.ShouldBe(3);
        reader.Share.ShouldBe(0.5);
        Fault(Frames(Answer(4))).Message.ShouldContain("said to have 4 rows, and 3 were sent");
    }

    [Fact]
    public void Rows_of_a_progressive_answer_are_replaced_before_they_are_handed_out()
    {
        string Answer(string progressive) => $$"""
            [{"FrameType":"DataSetHeader","IsProgressive":{{progressive}}},{"FrameType":"TableHeader","TableId":1,"TableKind":"PrimaryResult","TableName":"T","Columns":[{{Columns("a:long")}}]},
             {"FrameType":"TableFragment","TableId":1,"TableFragmentType":"DataReplace","Rows":[[1],[2]]},
             {"FrameType":"TableFragment","TableId":1,"TableFragmentType":"DataReplace","Rows":[[7]]},
             {"FrameType":"TableFragment","TableId":1,"TableFragmentType":"DataAppend","Rows":[[8]]},
             {"FrameType":"TableCompletion","TableId":1,"RowCount":2},{{End}}]
            """;

        Gather(Frames(Answer("true"))).Single()[0].GetValue(0).ShouldBe(7L);
        Fault(Frames(Answer("false"))).Message.ShouldContain("did not say could be replaced");
    }

    [Fact]
    public void An_error_in_place_of_a_row_ends_the_answer_with_it()
    {
        SourceException error = Fault(Frames(Frame("a:long", """[1],{"OneApiErrors":[{"error":{"code":"Internal","@message":"Node went away"}}]}""", "\"HasErrors\":true")));

        error.Fault.ShouldBe(SourceFault.ServiceFailed);
        error.Code.ShouldBe("Internal");
        error.Message.ShouldContain("Node went away.");
    }

    [Fact]
    public void An_answer_that_was_cut_short_is_an_error_unless_that_is_allowed()
    {
        string json = Frame("a:long", "[1],[2]", """
            "HasErrors":true,"OneApiErrors":[{"error":{"code":"LimitsExceeded","message":"Request is invalid","@message":"The results of this query exceed the set limit of 500000 records (E_QUERY_RESULT_SET_TOO_LARGE, 0x80DA0003)"}}]
            """);

        Fault(Frames(json)).ShouldBeOfType<PartialResultException>().Code.ShouldBe("LimitsExceeded");

        KustoFrames allowing = Frames(json, allowsPartial: true);
        Gather(allowing).Single().RowCount.ShouldBe(2);
        allowing.IsPartial.ShouldBeTrue();
        allowing.Remarks.ShouldHaveSingleItem().ShouldContain("500000 records");
    }

    [Theory]
    [InlineData("\"HasErrors\":true")]
    [InlineData("\"HasErrors\":true,\"OneApiErrors\":[{\"error\":{\"code\":\"Fault\",\"message\":\"Query timed out\"}}]")]
    [InlineData("\"HasErrors\":false,\"Cancelled\":true,\"x\":{\"Cancelled\":false}")]
    public void An_error_at_the_end_is_an_error_also_where_partial_answers_are_allowed(string completion)
    {
        string json = Frame("a:long", "[1]", completion).Replace("},\"Cancelled\":false}]", "}}]", StringComparison.Ordinal);

        Fault(Frames(json, allowsPartial: true)).ShouldNotBeOfType<PartialResultException>();
    }

    [Fact]
    public void An_error_that_is_the_whole_body_is_an_error()
    {
        SourceException error = Fault(Frames("""{"error":{"code":"BadRequest_SemanticError","@message":"SEM0100: no table 'aaa'"}}"""));

        error.Fault.ShouldBe(SourceFault.BadQuery);
        error.Message.ShouldContain("no table 'aaa'");
    }

    [Fact]
    public void What_the_service_says_beside_the_rows_is_passed_on()
    {
        KustoFrames reader = Frames($$"""
            [{{Header}},
             {"FrameType":"DataTable","TableId":0,"TableKind":"QueryProperties","TableName":"@ExtendedProperties","Columns":[{{Columns("TableId:int, Key:string, Value:dynamic")}}],
              "Rows":[[1,"Visualization","{\"Visualization\":\"timechart\",\"Title\":\"Logons\",\"XColumn\":null,\"Ymin\":\"NaN\",\"YColumns\":\"a,b\"}"]]},
             {"FrameType":"DataTable","TableId":1,"TableKind":"PrimaryResult","TableName":"PrimaryResult","Columns":[{{Columns("a:long, a:long, :string, a1:long")}}],"Rows":[[1,2,"x",3]]},
             {"FrameType":"DataTable","TableId":2,"TableKind":"QueryPlan","TableName":"P","Columns":[],"Rows":[["anything",{"at":"all"}]]},
             {"FrameType":"DataTable","TableId":3,"TableKind":"QueryCompletionInformation","TableName":"QueryCompletionInformation","Columns":[{{Columns("Level:int, LevelName:string, Payload:string")}}],
              "Rows":[[4,"Info","{\"Count\":1,\"Text\":\"Query completed successfully\"}"],[3,"Warning","{\"Count\":1,\"Text\":\"A cluster did not answer\"}"]]},
             {{End}}]
            """);

        Table table = Gather(reader).ShouldHaveSingleItem();

        table.Schema.Select(column => column.Name).ShouldBe(["a", "a2", "Column3", "a1"]);
        reader.Render!.Kind.ShouldBe("timechart");
        reader.Render.Properties.OrderBy(one => one.Key).Select(one => $"{one.Key}={one.Value}").ShouldBe(["title=Logons", "ycolumns=a,b"]);
        reader.Remarks.ShouldContain(remark => remark.Contains("A cluster did not answer"));
        reader.Remarks.ShouldContain(remark => remark.Contains("two columns 'a'"));
        reader.Remarks.ShouldNotContain(remark => remark.Contains("successfully"));
    }

    [Fact]
    public void A_cell_may_be_large_and_one_beyond_the_limit_is_an_error()
    {
        string Large(int length) => Frame("a:string", $"[\"{new string('x', length)}\"],[\"y\"]");

        Gather(new KustoFrames(new MemoryStream(Encoding.UTF8.GetBytes(Large(5_000_000))), Faults)).Single().RowCount.ShouldBe(2);
        SourceException error = Fault(new KustoFrames(new MemoryStream(Encoding.UTF8.GetBytes(Large(70_000_000))), Faults));
        error.Fault.ShouldBe(SourceFault.BrokenAnswer);
        error.Message.ShouldContain("one value is longer than 64 MB");
    }

    [Fact]
    public void Nesting_without_end_is_an_error()
    {
        string deep = new('[', 100_000);

        Fault(Frames(Frame("a:dynamic", $"[{deep}"))).Message.ShouldContain("nested deeper");
        Fault(Frames($"[{{\"FrameType\":\"x\",\"y\":{deep}")).Message.ShouldContain("nested deeper");
    }

    [Fact]
    public void Bytes_that_are_no_text_are_replaced_and_counted()
    {
        byte[] bytes = Encoding.Latin1.GetBytes(Frame("a:string", "[\"caf\u00e9\"],[\"\\ud800\"],[\"ok\"]"));
        var reader = new KustoFrames(new MemoryStream(bytes), Faults);

        Table table = Gather(reader).Single();

        table[0].GetValue(0).ShouldBe("caf\uFFFD");
        table[0].GetValue(1).ShouldBe("\uFFFD");
        reader.Remarks.ShouldHaveSingleItem().ShouldContain("2 texts");
    }

    [Fact]
    public void Rows_come_in_batches()
    {
        string rows = string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"[{i}]"));
        var reader = new KustoFrames(new MemoryStream(Encoding.UTF8.GetBytes(Frame("a:long", rows))), Faults);

        reader.Read().Where(part => part.Rows is not null).Select(part => part.Rows!.RowCount).ShouldBe([16384, 16384, 16384, 16384, 16384, 16384, 1696]);
    }

    private static void ShouldBeSame(Table read, Table expected, string which)
    {
        read.Schema.ShouldBe(expected.Schema, which);
        read.RowCount.ShouldBe(expected.RowCount, which);
        for (int column = 0; column < expected.Schema.Count; column++)
        {
            for (int row = 0; row < expected.RowCount; row++)
            {
                read[column].GetValue(row).ShouldBe(expected[column].GetValue(row), $"{which}, {expected.Schema[column]}, row {row}");
            }
        }
    }
}
