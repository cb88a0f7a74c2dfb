using System.IO.Compression;
using System.Text;
using Quarry.Data.Files;
using Quarry.Data.Tests.Files.Compression;
using Quarry.Data.Tests.Files.Readers;
using Quarry.Tables;

namespace Quarry.Data.Tests.Files;

public sealed class TableInputTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("x.csv", "A,B\n1,2\n", "A,B", "1|2\n")]
    [InlineData("x.CSV", "A,B\n1,2\n", "A,B", "1|2\n")]
    [InlineData("x.log", "A,B\n1,2\n", "Line", "A,B\n1,2\n")]
    [InlineData("x.ndjson", "{\"A\":1}\n", "A", "1\n")]
    [InlineData("x", "{\"A\":1}\n", "A", "1\n")]
    [InlineData("x", " [\n{\"A\":1}]", "A", "1\n")]
    [InlineData("x", "{\"A\":\n1}", "A", "1\n")]
    [InlineData("x.dat", "Name;Value\na;1\nb;2\n", "Name,Value", "a|1\nb|2\n")]
    [InlineData("x.dat", "Name\tValue\na\t1\nb\t2\n", "Name,Value", "a|1\nb|2\n")]
    [InlineData("x", "[INFO] a, b\n[WARN] c, d\n", "Line", "[INFO] a, b\n[WARN] c, d\n")]
    [InlineData("x", "2024-01-01, started\n2024-01-02, stopped\n", "Line", "2024-01-01, started\n2024-01-02, stopped\n")]
    [InlineData("x", "just text\nof two lines, one comma\n", "Line", "just text\nof two lines, one comma\n")]
    public void Recognises_the_format_by_name_else_by_content(string name, string text, string columns, string expected)
    {
        (Table table, _) = _scratch.Read(name, text);

        string.Join(',', table.Schema.Select(c => c.Name)).ShouldBe(columns);
        Scratch.Show(table).ShouldBe(expected);
    }

    [Fact]
    public void The_format_can_be_forced()
    {
        (Table table, _) = _scratch.Read("a.csv", "A,B\n1,2\n", new InputOptions { Format = FileFormat.Lines });

        Scratch.Show(table).ShouldBe("A,B\n1,2\n");
    }

    [Theory]
    [InlineData("a.csv.gz")]
    [InlineData("a.csv")]
    [InlineData("a")]
    public void Reads_gzip_whatever_its_name(string name)
    {
        (Table table, _) = _scratch.Read(name, [.. Gzip("A,B\n1,2\n"), .. Gzip("3,4\n")]);

        Scratch.Show(table).ShouldBe("1|2\n3|4\n");
    }

    [Fact]
    public void Reads_Zstandard()
    {
        (Table table, _) = _scratch.Read("a.log.zst", ZstandardFixtures.TwoFrames);

        Scratch.Show(table).ShouldBe(ZstandardFixtures.Text);
    }

    [Theory]
    [InlineData("a.csv.gz")]
    [InlineData("a.csv.zst")]
    public void A_file_named_as_compressed_that_is_not_is_an_error(string name)
    {
        string path = _scratch.Write(name, "A,B\n1,2\n");

        Should.Throw<QuarryException>(() => Scratch.Read([path])).Message.ShouldContain("is neither gzip nor Zstandard");
    }

    [Fact]
    public void A_compressed_file_that_is_damaged_from_its_beginning_is_an_error()
    {
        string path = _scratch.Write("a.csv.gz", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF]);

        Should.Throw<QuarryException>(() => Scratch.Read([path])).Message.ShouldContain("is not a sound gzip file");
    }

    [Fact]
    public void A_gzip_file_that_is_cut_gives_the_rows_before_and_says_so()
    {
        byte[] whole = Gzip("A,B\n" + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i},{i * 7919 % 10007}\n")));

        (Table table, ReadReport report) = _scratch.Read("a.csv.gz", whole[..(whole.Length / 2)]);

        table.RowCount.ShouldBeInRange(10_000, 40_000);
        table["A"].GetValue(9_999).ShouldBe("9999");
        report.Faults.ShouldHaveSingleItem().ShouldContain("ended early: the rows before it were read");
    }

    [Fact]
    public void A_Zstandard_file_that_is_cut_gives_the_rows_before_and_says_so()
    {
        (Table table, ReadReport report) = _scratch.Read("a.log.zst", ZstandardFixtures.TwoFrames[..^20]);

        table.RowCount.ShouldBe(3);
        report.Faults.ShouldHaveSingleItem().ShouldContain("ended early");
    }

    [Fact]
    public void Reads_standard_input_with_a_look_at_its_beginning()
    {
        byte[] text = Encoding.UTF8.GetBytes("Name,Value\n" + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"n{i},{i}\n")));

        (Table table, _) = Scratch.Read(["-"], new InputOptions { StandardInput = new ChunkedStream(text, 1000), SampleBytes = 5000 });

        table.RowCount.ShouldBe(10_000);
        table["Value"].GetValue(9_999).ShouldBe("9999");
    }

    [Fact]
    public void Compressed_standard_input_is_recognised()
    {
        (Table table, _) = Scratch.Read(["-"], new InputOptions { StandardInput = new MemoryStream(Gzip("{\"a\":1}\n")) });

        Scratch.Show(table).ShouldBe("1\n");
    }

    [Fact]
    public void Several_files_are_one_stream_with_the_columns_of_all()
    {
        string a = _scratch.Write("a.csv", "A,B\n1,2\n"), b = _scratch.Write("b.jsonl", "{\"B\":3,\"C\":4}\n"), c = _scratch.Write("c.txt", "x\n");
        using var input = TableInput.Open([a, b, c]);

        TableBatch[] batches = [.. input.Stream.TakeBatches()];

        input.Stream.Schema.Select(s => s.Name).ShouldBe(["A", "B", "C", "Line"]);
        batches.Select(x => (x.FirstRow, x.Source, Scratch.Show(x.Table))).ShouldBe(
            [(0, a, "1|2|∅|∅\n"), (1, b, "∅|3|4|∅\n"), (2, c, "∅|∅|∅|x\n")]);
    }

    [Fact]
    public void Types_of_several_files_are_those_that_hold_all_their_values()
    {
        string a = _scratch.Write("a.csv", "L,R,M\n1,1,1\n"), b = _scratch.Write("b.csv", "L,R,M\n2,2.5,x\n");

        (Table table, _) = Scratch.Read([a, b], new InputOptions { Typing = ValueTyping.Inferred });

        table.Schema.ToString().ShouldBe("(L: long, R: real, M: string)");
    }

    [Fact]
    public void A_key_that_one_file_shows_late_finds_the_column_of_another()
    {
        string a = _scratch.Write("a.jsonl", string.Concat(Enumerable.Repeat("{\"A\":1}\n", 1000)) + "{\"B\":5}\n"), b = _scratch.Write("b.jsonl", "{\"B\":6}\n");

        (Table table, _) = Scratch.Read([a, b], new InputOptions { SampleBytes = 100 });

        table["B"].GetValue(1000).ShouldBe("5");
        table["B"].GetValue(1001).ShouldBe("6");
    }

    [Fact]
    public void An_empty_file_has_no_rows_and_no_columns()
    {
        (Table table, ReadReport report) = _scratch.Read("a.csv", "");

        table.RowCount.ShouldBe(0);
        table.Schema.Count.ShouldBe(0);
        report.EmptyFiles.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_header_alone_has_columns_and_no_rows()
    {
        (Table table, ReadReport report) = _scratch.Read("a.csv", "A,B\n");

        table.Schema.Count.ShouldBe(2);
        table.RowCount.ShouldBe(0);
        report.IsClean.ShouldBeTrue();
    }

    [Fact]
    public void A_column_asked_of_an_empty_file_is_an_error_that_says_so()
    {
        string path = _scratch.Write("a.csv", "");

        Should.Throw<QuarryException>(() => Scratch.Read([path], new InputOptions { Columns = ["A"] }))
            .Message.ShouldBe($"There is no column 'A': {path} is empty.");
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_an_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.UserName == "root", "Permissions do not bind this user.");
        string path = _scratch.Write("a.csv", "A\n1\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.None);
        }

        Should.Throw<QuarryException>(() => Scratch.Read([path])).Message.ShouldContain("no permission");
    }

    [Fact]
    public void A_file_that_grows_while_it_is_read_ends_where_it_was_and_says_so()
    {
        string path = _scratch.Write("a.csv", "A\n1\n");
        using var input = TableInput.Open([path]);
        File.AppendAllText(path, "2\n");

        Table table = input.Stream.Gather();

        Scratch.Show(table).ShouldBe("1\n");
        input.Report.Notes.ShouldHaveSingleItem().ShouldContain("grew while it was read");
    }

    [Fact]
    public void A_file_that_shrinks_while_it_is_read_says_so()
    {
        string path = _scratch.Write("a.csv", "A\n1\n2\n");
        using var input = TableInput.Open([path]);
        using (FileStream file = File.OpenWrite(path))
        {
            file.SetLength(4);
        }

        Scratch.Show(input.Stream.Gather()).ShouldBe("1\n");

        input.Report.Faults.ShouldHaveSingleItem().ShouldContain("became shorter while it was read");
    }

    [Fact]
    public void A_file_that_goes_away_before_it_is_read_is_an_error()
    {
        string path = _scratch.Write("a.csv", "A\n1\n");
        using var input = TableInput.Open([path]);
        File.Delete(path);

        Should.Throw<QuarryException>(() => input.Stream.Gather()).Message.ShouldContain(path);
    }

    [Fact]
    public void Counts_replaced_bytes()
    {
        (Table table, ReadReport report) = _scratch.Read("a.csv", [.. "A\nx"u8, 0xFF, .. "\n"u8]);

        Scratch.Show(table).ShouldBe("x\uFFFD\n");
        report.ReplacedBytes.ShouldBe(1);
        report.Describe().ShouldHaveSingleItem().ShouldBe("1 invalid bytes were replaced by U+FFFD");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reads_UTF_16(bool withMark)
    {
        byte[] text = Encoding.Unicode.GetBytes("Name,Value\nGrüße,1\n");

        (Table table, _) = _scratch.Read("a.csv", withMark ? [0xFF, 0xFE, .. text] : text);

        Scratch.Show(table).ShouldBe("Grüße|1\n");
    }

    [Fact]
    public void Ends_a_batch_at_its_rows_or_its_bytes_and_tells_the_first_row()
    {
        string path = _scratch.Write("a.txt", string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i:000}\n")));
        using var byRows = TableInput.Open([path], new InputOptions { BatchRows = 300 });
        using var byBytes = TableInput.Open([path], new InputOptions { BatchBytes = 1200 });

        byRows.Stream.TakeBatches().Select(b => (b.FirstRow, b.Table.RowCount)).ShouldBe([(0, 300), (300, 300), (600, 300), (900, 100)]);
        byBytes.Stream.TakeBatches().Select(b => b.Table.RowCount).ShouldBe([400, 400, 200]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Tells_how_far_it_is(int readAhead)
    {
        string path = _scratch.Write("a.txt.gz", Gzip(string.Concat(Enumerable.Range(0, 10_000).Select(i => $"{i}\n"))));
        using var input = TableInput.Open([path], new InputOptions { ReadAhead = readAhead });
        long before = input.BytesRead;

        input.Stream.Gather();

        before.ShouldBe(0);
        input.BytesTotal.ShouldBe(new FileInfo(path).Length);
        input.BytesRead.ShouldBe(input.BytesTotal!.Value);
        input.Report.Rows.ShouldBe(10_000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Stops_when_it_is_cancelled(int readAhead)
    {
        string path = _scratch.Write("a.txt", string.Concat(Enumerable.Range(0, 500_000).Select(i => $"line {i}\n")));
        using var stop = new CancellationTokenSource();
        using var input = TableInput.Open([path], new InputOptions { ReadAhead = readAhead, BatchRows = 100 }, stop.Token);

        Should.Throw<OperationCanceledException>(() =>
        {
            foreach (TableBatch batch in input.Stream.TakeBatches())
            {
                stop.Cancel();
            }
        });
    }

    [Fact]
    public void Can_be_left_in_the_middle()
    {
        string path = _scratch.Write("a.txt", string.Concat(Enumerable.Range(0, 500_000).Select(i => $"line {i}\n")));
        var input = TableInput.Open([path], new InputOptions { BatchRows = 100 });

        TableBatch first = input.Stream.TakeBatches().First();
        input.Dispose();

        first.Table.RowCount.ShouldBe(100);
        File.Delete(path);
    }

    [Fact]
    public async Task A_named_pipe_is_read_once()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Named pipes of the file system are a matter of Unix.");
        string path = Path.Combine(_scratch.Folder, "pipe");
        System.Diagnostics.Process.Start("mkfifo", path).WaitForExit();
        Task writing = Task.Run(() => File.WriteAllText(path, "A,B\n1,2\n"));

        (Table table, _) = Scratch.Read([path], new InputOptions { Format = FileFormat.Csv });
        await writing;

        Scratch.Show(table).ShouldBe("1|2\n");
    }

    [Fact]
    public void A_table_in_memory_can_stand_for_input()
    {
        var builder = new TableBuilder(("A", ColumnType.String));
        using var input = TableInput.Of(builder.AddRow("x").Build());

        Scratch.Show(input.Stream.Gather()).ShouldBe("x\n");
        input.Report.Rows.ShouldBe(1);
    }

    private static byte[] Gzip(string text)
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return compressed.ToArray();
    }
}
