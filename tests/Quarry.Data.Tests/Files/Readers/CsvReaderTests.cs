using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using Quarry.Data.Files;
using Quarry.Data.Files.Readers;
using Quarry.Tables;
using Quarry.Testing;

namespace Quarry.Data.Tests.Files.Readers;

public sealed class CsvReaderTests : IDisposable
{
    private static readonly InputOptions Typed = new() { Typing = ValueTyping.Inferred };

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Reads_quotes_line_ends_and_doubled_quotes_in_fields()
    {
        (Table table, ReadReport report) = _scratch.Read("a.csv", "Name,Value\n\"a, b\",\"line 1\r\nline 2\"\n\"say \"\"hi\"\"\",2\n");

        Scratch.Show(table).ShouldBe("a, b|line 1\r\nline 2\nsay \"hi\"|2\n");
        report.IsClean.ShouldBeTrue();
        report.Rows.ShouldBe(2);
    }

    [Theory]
    [InlineData("A,B\r\n1,2\r\n3,4\r\n")]
    [InlineData("A,B\n1,2\n3,4")]
    [InlineData("A,B\r1,2\r3,4\r")]
    [InlineData("\n\nA,B\n\n1,2\r\n\r\n3,4\n\n")]
    public void Ends_rows_at_every_kind_of_line_end_and_passes_over_blank_lines(string text)
    {
        (Table table, ReadReport report) = _scratch.Read("a.csv", text);

        Scratch.Show(table).ShouldBe("1|2\n3|4\n");
        report.IsClean.ShouldBeTrue();
    }

    [Fact]
    public void Tells_null_from_the_empty_string()
    {
        (Table table, _) = _scratch.Read("a.csv", "A,B,C\n,\"\",x\n");

        Scratch.Show(table).ShouldBe("∅||x\n");
    }

    [Fact]
    public void Takes_a_blank_line_as_a_null_where_there_is_one_column()
    {
        (Table table, _) = _scratch.Read("a.csv", "A\nx\n\n\"\"\n");

        Scratch.Show(table).ShouldBe("x\n∅\n\n");
    }

    [Theory]
    [InlineData("A;B;C\n1;2,5;3\n4;5;6\n", "1|2,5|3\n4|5|6\n")]
    [InlineData("A\tB\n1\tx, y\n", "1|x, y\n")]
    [InlineData("A|B\n1|2\n", "1|2\n")]
    [InlineData("A,B\n1,2\n", "1|2\n")]
    public void Finds_the_delimiter(string text, string expected)
    {
        (Table table, _) = _scratch.Read("a.csv", text);

        Scratch.Show(table).ShouldBe(expected);
    }

    [Fact]
    public void Splits_tsv_at_tabs_alone()
    {
        (Table table, _) = _scratch.Read("a.tsv", "A,B\tC\n1,2\t3\n");

        table.Schema.ToString().ShouldBe("(A,B: string, C: string)");
    }

    [Theory]
    [InlineData("1,2,3,4", "more than 3 fields")]
    [InlineData("1,2", "2 fields where the header has 3")]
    [InlineData("1,\"x\"y,3", "text after a closing quote")]
    [InlineData("1,\"x,3", "text after a closing quote")]
    public void Reports_a_malformed_row_with_its_line_and_text_and_reads_the_rest(string row, string reason)
    {
        (Table table, ReadReport report) = _scratch.Read("a.csv", $"A,B,C\n\"a\nb\",2,3\n{row}\n4,\"5\",6\n");

        Scratch.Show(table).ShouldBe("a\nb|2|3\n4|5|6\n");
        report.MalformedRows.ShouldBe(1);
        MalformedRow malformed = report.Malformed.ShouldHaveSingleItem();
        malformed.Line.ShouldBe(4);
        malformed.Reason.ShouldContain(reason);
        malformed.Raw.ShouldBe(row);
        report.Describe().ShouldHaveSingleItem().ShouldContain("a.csv line 4: ");
    }

    [Fact]
    public void An_open_quote_swallows_no_more_than_its_line()
    {
        string rest = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{i},x\n"));

        (Table table, ReadReport report) = _scratch.Read("a.csv", "A,B\n1,\"open\n" + rest);

        table.RowCount.ShouldBe(100_000);
        report.Malformed.ShouldHaveSingleItem().Reason.ShouldBe("a quote is not closed");
    }

    [Fact]
    public void An_open_quote_is_given_up_at_the_limit_of_a_row_before_the_end_of_the_file()
    {
        string rest = string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i},x\n"));

        (Table table, ReadReport report) = _scratch.Read("a.csv", "A,B\n1,\"open\n" + rest, new InputOptions { LargestRow = 500 });

        table.RowCount.ShouldBe(1000);
        report.Malformed.ShouldHaveSingleItem().Reason.ShouldBe("longer than 500 bytes");
    }

    [Fact]
    public void A_row_over_the_limit_is_reported_and_not_held()
    {
        (Table table, ReadReport report) = _scratch.Read(
            "a.csv", "A,B\n1,2\n" + new string('x', 5_000_000) + "\n3,4\n", new InputOptions { LargestRow = 100_000 });

        Scratch.Show(table).ShouldBe("1|2\n3|4\n");
        MalformedRow malformed = report.Malformed.ShouldHaveSingleItem();
        malformed.Line.ShouldBe(3);
        malformed.Raw.Length.ShouldBe(MalformedRow.LongestRaw);
    }

    [Fact]
    public void Counts_every_malformed_row_and_keeps_some()
    {
        string text = "A,B\n" + string.Concat(Enumerable.Repeat("1,2,3\n4,5\n", 1000));

        (Table table, ReadReport report) = _scratch.Read("a.csv", text);

        table.RowCount.ShouldBe(1000);
        report.MalformedRows.ShouldBe(1000);
        report.Malformed.Count.ShouldBe(20);
        report.Malformed[19].Line.ShouldBe(40);
    }

    [Fact]
    public void Lines_that_each_open_a_quote_cost_no_more_than_a_few_readings()
    {
        // From inside and from outside every line opens a quote, so that every row runs through a thousand lines before it fails.
        string header = string.Join(',', Enumerable.Range(0, 1000).Select(i => $"c{i}"));
        string text = header + "\n" + string.Concat(Enumerable.Repeat("x\",\"y\n", 100_000));
        var clock = System.Diagnostics.Stopwatch.StartNew();

        (Table table, ReadReport report) = _scratch.Read("a.csv", text);

        table.RowCount.ShouldBe(0);
        report.MalformedRows.ShouldBeGreaterThan(100);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Names_empty_and_repeated_columns_and_says_so()
    {
        (Table table, ReadReport report) = _scratch.Read("a.csv", ",A,A,A_2,\n1,2,3,4,5\n");

        table.Schema.Select(c => c.Name).ShouldBe(["Column1", "A", "A_3", "A_2", "Column5"]);
        report.RenamedColumns.Select(r => (r.Position, r.Original, r.Name)).ShouldBe([(1, "", "Column1"), (3, "A", "A_3"), (5, "", "Column5")]);
    }

    [Fact]
    public void Refuses_a_header_of_too_many_columns()
    {
        string path = _scratch.Write("a.csv", new string(',', 20_000) + "\n");

        Should.Throw<QuarryException>(() => Scratch.Read([path])).Message.ShouldContain("the header cannot be read: more than 10000 fields");
    }

    [Fact]
    public void Infers_types_where_asked()
    {
        const string Text = "B,L,R,T,D,G,S,J,M\n"
            + "true,1,1.5,2024-03-01T00:00:00Z,1.02:03:04.5,7d0c5a3e-0000-4000-8000-5a11e5a11e50,007,\"{\"\"a\"\":1}\",x\n"
            + "FALSE,-9223372036854775808,2,2024-03-01 01:02:03.1234567+01:00,00:00:01,7D0C5A3E-0000-4000-8000-5A11E5A11E51,8,[1],1\n,,,,,,,,\n";

        (Table table, ReadReport report) = _scratch.Read("a.csv", Text, Typed);

        table.Schema.ToString().ShouldBe("(B: bool, L: long, R: real, T: datetime, D: timespan, G: guid, S: string, J: dynamic, M: string)");
        Scratch.Show(table).ShouldBe(
            "True|1|1.5|2024-03-01T00:00:00Z|1.02:03:04.5000000|7d0c5a3e-0000-4000-8000-5a11e5a11e50|007|{\"a\":1}|x\n"
            + "False|-9223372036854775808|2|2024-03-01T00:02:03.1234567Z|00:00:01|7d0c5a3e-0000-4000-8000-5a11e5a11e51|8|[1]|1\n"
            + "∅|∅|∅|∅|∅|∅|∅|∅|∅\n");
        report.IsClean.ShouldBeTrue();
    }

    [Theory]
    [InlineData("A,B\n\"1\",2\n", "(A: string, B: long)")]
    [InlineData("\"A\",\"B\"\n\"1\",\"2\"\n\"\",\"3\"\n", "(A: long, B: long)")]
    [InlineData("A\n9007199254740993.0\n0.5\n", "(A: real)")]
    [InlineData("A\n12345678901234567890\n", "(A: string)")]
    [InlineData("A\n2024-02-30\n", "(A: string)")]
    [InlineData("A\n2024-03-01 16:00\n2024-03-01\n", "(A: datetime)")]
    [InlineData("A\n00:00:99\n", "(A: string)")]
    [InlineData("A\nNaN\n", "(A: string)")]
    [InlineData("A\n1e3\n", "(A: real)")]
    [InlineData("A\n+1\n", "(A: string)")]
    public void Takes_no_type_that_would_lose_something(string text, string schema)
    {
        (Table table, _) = _scratch.Read("a.csv", text, Typed);

        table.Schema.ToString().ShouldBe(schema);
    }

    [Fact]
    public void A_later_value_that_does_not_fit_is_kept_beside_and_counted()
    {
        string text = "N,S\n" + string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i},s\n")) + "\"odd \"\"one\"\"\",t\n";

        (Table table, ReadReport report) = _scratch.Read("a.csv", text, Typed with { SampleBytes = 100 });

        table.Schema.ToString().ShouldBe("(N: long, S: string, _extra: dynamic)");
        table["N"].GetValue(1000).ShouldBeNull();
        table["S"].GetValue(1000).ShouldBe("t");
        table["_extra"].GetValue(1000).ShouldBe("{\"N\":\"odd \\\"one\\\"\"}");
        report.OverflowValues.ShouldBe(1);
    }

    [Fact]
    public void Reads_only_the_columns_asked_for()
    {
        (Table table, _) = _scratch.Read("a.csv", "A,B,C\n1,\"2\"\"\",3\n", new InputOptions { Columns = ["C", "B"] });

        table.Schema.ToString().ShouldBe("(B: string, C: string)");
        Scratch.Show(table).ShouldBe("2\"|3\n");
    }

    [Fact]
    public void A_column_that_is_not_there_is_an_error_with_the_nearest_name()
    {
        string path = _scratch.Write("a.csv", "CommandLine,B\n1,2\n");

        Should.Throw<UnknownColumnException>(() => Scratch.Read([path], new InputOptions { Columns = ["Commandline"] }))
            .Message.ShouldContain("Did you mean 'CommandLine'?");
    }

    [Fact]
    public void Reads_as_the_reference_does_whatever_stands_there()
    {
        Gen<string> piece = Gen.Elements("\"", "\"\"", ",", "\n", "\r\n", "\r", "a", "bc", "ü", " ", "\0", new string('x', 70));
        Gen<string> text = piece.ListOf().Select(p => "A,B,C\n" + string.Concat(p));

        Prop.ForAll(text.ToArbitrary(), t =>
        {
            (List<string?[]> expected, int malformed) = ReferenceCsv.Read(t);

            (List<string?[]> rows, int faults) = ReadRows(t, chunk: 1 + (t.Length % 7));

            return (rows.Count == expected.Count && rows.Zip(expected).All(p => p.First.SequenceEqual(p.Second)) && faults == malformed)
                .Label($"{JsonSerializer.Serialize(t)}: {JsonSerializer.Serialize(rows)} {faults}, expected {JsonSerializer.Serialize(expected)} {malformed}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithEndSize(60).WithReplay(1, 3));
    }

    [Theory]
    [InlineData("docs_TimeSeriesDemo")]
    [InlineData("mde_procs_cs1")]
    [InlineData("office_activity_random")]
    [InlineData("office_activity_user")]
    [InlineData("process_tree")]
    [InlineData("processes_on_host")]
    [InlineData("test_win_proc_test")]
    [InlineData("timeseries")]
    public void Reads_the_corpus_as_its_schemas_say(string name)
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Corpus.PathOf($"data/{name}.schema.json")));
        string path = Corpus.PathOf($"data/{name}.csv");

        (Table text, ReadReport report) = Scratch.Read([path]);
        (Table typed, _) = Scratch.Read([path], Typed);

        report.IsClean.ShouldBeTrue();
        text.RowCount.ShouldBe(schema.RootElement.GetProperty("rows").GetInt32());
        foreach (JsonElement column in schema.RootElement.GetProperty("columns").EnumerateArray())
        {
            string columnName = column.GetProperty("name").GetString()!;
            TextColumn cells = text.Text(columnName);
            int[] rows = [.. Enumerable.Range(0, text.RowCount)];
            rows.Count(cells.IsNull).ShouldBe(column.GetProperty("nulls").GetInt32(), columnName);
            rows.Count(r => !cells.IsNull(r) && cells[r].IsEmpty).ShouldBe(column.GetProperty("empty_strings").GetInt32(), columnName);
            if (column.GetProperty("type").GetString() is "long" or "bool" or "datetime" or "dynamic")
            {
                typed[columnName].Type.KqlName().ShouldBe(column.GetProperty("type").GetString(), columnName);
            }
        }
    }

    [Theory]
    [InlineData("linux_events", 100)]
    [InlineData("sudo_data", 22)]
    public void Reads_the_other_files_of_the_corpus(string name, int rows)
    {
        (Table table, ReadReport report) = Scratch.Read([Corpus.PathOf($"data/{name}.csv")]);

        table.RowCount.ShouldBe(rows);
        report.MalformedRows.ShouldBe(0);
    }

    private static (List<string?[]> Rows, int Faults) ReadRows(string text, int chunk)
    {
        var rows = new CsvRows(new TextBuffer(new ChunkedStream(Encoding.UTF8.GetBytes(text), chunk)), (byte)',', 1 << 20);
        var read = new List<string?[]>();
        int faults = 0;
        byte[] buffer = [];
        rows.Next(0);
        while (rows.Next(3))
        {
            if (rows.Fault is not null)
            {
                faults++;
                continue;
            }

            var row = new List<string?>();
            foreach (CsvField field in rows.Fields)
            {
                row.Add(field is { Length: 0, IsQuoted: false } ? null : Encoding.UTF8.GetString(CsvReader.Content(rows.Text, field, ref buffer)));
            }

            read.Add([.. row]);
        }

        return (read, faults);
    }
}
