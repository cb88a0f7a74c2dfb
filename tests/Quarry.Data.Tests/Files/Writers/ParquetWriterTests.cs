using Quarry.Data.Engine;
using Quarry.Data.Files.Writers;
using Quarry.Tables;

namespace Quarry.Data.Tests.Files.Writers;

public sealed class ParquetWriterTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("quarry-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Rows_of_many_tables_come_back_in_their_order()
    {
        string path = Path.Combine(_directory, "it's.parquet");
        TableSchema schema = Numbers(0, 1).Schema;
        using (OutputFile file = OutputFile.Create(path))
        using (ITableWriter writer = TableWriters.Create(OutputFormat.Parquet, file, schema))
        {
            for (int i = 0; i < 10; i++)
            {
                writer.Write(Numbers(i * 5000, 5000));
                writer.Write(Numbers(0, 0));
            }

            writer.Complete();
            file.Commit();
        }

        Table back = Read(path);

        back.RowCount.ShouldBe(50_000);
        back.Schema.ShouldBe(schema);
        for (int row = 0; row < back.RowCount; row += 777)
        {
            back["n"].GetValue(row).ShouldBe((long)row);
            back["text"].GetValue(row).ShouldBe(row % 7 == 0 ? null : $"row \0 {row} é");
        }
    }

    [Fact]
    public void A_file_without_rows_has_its_columns()
    {
        string path = Path.Combine(_directory, "empty.parquet");
        using (OutputFile file = OutputFile.Create(path))
        using (ITableWriter writer = TableWriters.Create(OutputFormat.Parquet, file, Numbers(0, 0).Schema))
        {
            writer.Complete();
            file.Commit();
        }

        Read(path).Schema.ShouldBe(Numbers(0, 0).Schema);
    }

    [Fact]
    public void Left_before_its_end_it_leaves_nothing()
    {
        string path = Path.Combine(_directory, "half.parquet");
        using (OutputFile file = OutputFile.Create(path))
        using (ITableWriter writer = TableWriters.Create(OutputFormat.Parquet, file, Numbers(0, 0).Schema))
        {
            for (int i = 0; i < 20; i++)
            {
                writer.Write(Numbers(0, 5000));
            }
        }

        Directory.GetFiles(_directory).ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_an_error_and_no_hang()
    {
        using var writer = new ParquetWriter(Path.Combine(_directory, "absent", "x.parquet"), Numbers(0, 0).Schema);

        Should.Throw<QuarryException>(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                writer.Write(Numbers(0, 5000));
            }
        }).Message.ShouldContain("could not be written");
    }

    private static Table Numbers(int first, int count)
    {
        var builder = new TableBuilder(("n", ColumnType.Long), ("text", ColumnType.String));
        for (int i = first; i < first + count; i++)
        {
            builder.AddRow((long)i, i % 7 == 0 ? null : $"row \0 {i} é");
        }

        return builder.Build();
    }

    private static Table Read(string path)
    {
        using DuckDbDatabase database = DuckDbDatabase.OpenInMemory(new DuckDbOptions { AllowExternalAccess = true });
        using DuckDbConnection connection = database.Connect();
        using DuckDbResult result = connection.Query($"FROM '{path.Replace("'", "''", StringComparison.Ordinal)}'");
        return result.ToTable();
    }
}
