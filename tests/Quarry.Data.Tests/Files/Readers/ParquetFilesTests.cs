using Quarry.Data.Engine;
using Quarry.Data.Files;
using Quarry.Tables;

namespace Quarry.Data.Tests.Files.Readers;

public sealed class ParquetFilesTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Reads_columns_with_the_types_of_the_file()
    {
        string path = Write("a.parquet", "SELECT 1::INTEGER i, 2::BIGINT l, 0.5::DOUBLE r, true b, 'x' s, TIMESTAMP '2024-03-01 00:00:00' t, NULL::VARCHAR n, [1, 2] d");

        (Table table, ReadReport report) = Scratch.Read([path]);

        table.Schema.ToString().ShouldBe("(i: int, l: long, r: real, b: bool, s: string, t: datetime, n: string, d: dynamic)");
        Scratch.Show(table).ShouldBe("1|2|0.5|True|x|2024-03-01T00:00:00Z|∅|[1,2]\n");
        report.Rows.ShouldBe(1);
    }

    [Fact]
    public void Reads_rows_in_the_order_of_the_file_and_tells_how_far_it_is()
    {
        string path = Write("a.parquet", "SELECT range i FROM range(300000)");
        using var input = TableInput.Open([path]);

        long next = 0;
        foreach (TableBatch batch in input.Stream.TakeBatches())
        {
            batch.FirstRow.ShouldBe(next);
            batch.Source.ShouldBe(path);
            ((ValueColumn<long>)batch.Table[0]).Values[0].ShouldBe(next);
            next += batch.Table.RowCount;
        }

        next.ShouldBe(300_000);
        input.BytesRead.ShouldBe(input.BytesTotal!.Value);
    }

    [Fact]
    public void Reads_only_the_columns_asked_for_and_stands_beside_other_formats()
    {
        string parquet = Write("a.parquet", "SELECT 1::BIGINT a, 2::BIGINT b, 'x' c"), csv = _scratch.Write("b.csv", "a,c\nq,r\n");

        (Table table, _) = Scratch.Read([parquet, csv], new InputOptions { Columns = ["c", "a"] });

        table.Schema.ToString().ShouldBe("(a: string, c: string)");
        Scratch.Show(table).ShouldBe("1|x\nq|r\n");
    }

    [Fact]
    public void A_name_that_looks_like_a_pattern_or_a_quote_is_only_a_name()
    {
        string path = Write("a.parquet", "SELECT 1 a");
        string odd = Path.Combine(_scratch.Folder, "k=v", "it's [a]* .parquet");
        Directory.CreateDirectory(Path.GetDirectoryName(odd)!);
        File.Move(path, odd);

        Scratch.Show(Scratch.Read([odd]).Table).ShouldBe("1\n");
    }

    [Fact]
    public void Recognises_Parquet_whatever_its_name()
    {
        string path = Write("a.parquet", "SELECT 1 a");
        File.Move(path, Path.Combine(_scratch.Folder, "a.bin"));

        Scratch.Show(Scratch.Read([Path.Combine(_scratch.Folder, "a.bin")]).Table).ShouldBe("1\n");
    }

    [Fact]
    public void A_damaged_file_is_an_error_that_names_it()
    {
        string path = Write("a.parquet", "SELECT range i, 'text ' || range t FROM range(100000)");
        byte[] content = File.ReadAllBytes(path);
        content.AsSpan(100, 3000).Fill(0xAA);
        File.WriteAllBytes(path, content);

        Should.Throw<QuarryException>(() => Scratch.Read([path])).Message.ShouldContain($"'{path}' cannot be read as Parquet");
    }

    [Fact]
    public void A_cut_file_is_an_error_that_names_it()
    {
        string path = Write("a.parquet", "SELECT range i FROM range(100000)");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^100]);

        Should.Throw<QuarryException>(() => Scratch.Read([path])).Message.ShouldContain($"'{path}' cannot be read as Parquet");
    }

    [Fact]
    public void A_file_that_is_not_Parquet_says_so()
    {
        string path = _scratch.Write("a.parquet", "A,B\n1,2\n");

        Should.Throw<QuarryException>(() => Scratch.Read([path])).Message.ShouldContain("is not a Parquet file");
    }

    [Fact]
    public void Parquet_cannot_come_from_a_pipe()
    {
        byte[] content = File.ReadAllBytes(Write("a.parquet", "SELECT 1 a"));

        Should.Throw<QuarryException>(() => Scratch.Read(["-"], new InputOptions { StandardInput = new MemoryStream(content) }))
            .Message.ShouldContain("Save it to a file first");
    }

    private string Write(string name, string query)
    {
        string path = Path.Combine(_scratch.Folder, name);
        using DuckDbDatabase database = DuckDbDatabase.OpenInMemory(new DuckDbOptions { AllowExternalAccess = true });
        using DuckDbConnection connection = database.Connect();
        connection.Execute($"COPY ({query}) TO '{path}' (FORMAT parquet)");
        return path;
    }
}
