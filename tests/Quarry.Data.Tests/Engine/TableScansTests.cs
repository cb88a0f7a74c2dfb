using Quarry.Data.Engine;
using Quarry.Tables;

namespace Quarry.Data.Tests.Engine;

public sealed class TableScansTests : IDisposable
{
    private readonly DuckDbDatabase _database = DuckDbDatabase.OpenInMemory(new DuckDbOptions { Threads = 2 });
    private readonly DuckDbConnection _connection;

    public TableScansTests() => _connection = _database.Connect();

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Gives_back_the_same_table(bool scanned)
    {
        Table table = Random(5000, seed: 3);

        if (scanned)
        {
            _connection.AddTable("it's \"t\"", table);
        }
        else
        {
            _connection.CreateTable("it's \"t\"", table);
        }

        using DuckDbResult result = _connection.Query("SELECT * FROM \"it's \"\"t\"\"\"");
        Table back = result.ToTable();
        back.Schema.ShouldBe(table.Schema);
        back.RowCount.ShouldBe(table.RowCount);
        for (int column = 0; column < table.Schema.Count; column++)
        {
            for (int row = 0; row < table.RowCount; row++)
            {
                back[column].GetValue(row).ShouldBe(table[column].GetValue(row), $"{table.Schema[column]} row {row}");
            }
        }
    }

    [Fact]
    public void Hands_over_slices_and_only_the_columns_needed()
    {
        Table table = Random(10_000, seed: 5).Slice(4321, 3000);
        _connection.AddTable("t", table);

        Sql.Scalar(_connection, "SELECT count(*) FROM t").ShouldBe(3000L);
        Sql.Rows(_connection, "SELECT s, n FROM t").Select(r => (r[0], r[1]))
            .ShouldBe(Enumerable.Range(0, 3000).Select(i => (table["s"].GetValue(i), table["n"].GetValue(i))));
    }

    [Fact]
    public void Scans_with_several_threads_where_order_does_not_matter()
    {
        Table table = Random(200_000, seed: 11);
        _connection.AddTable("t", table, keepOrder: false);

        long expected = Enumerable.Range(0, table.RowCount).Sum(i => (int?)table["i"].GetValue(i) ?? 0L);
        Sql.Scalar(_connection, "SELECT sum(i)::BIGINT FROM t").ShouldBe(expected);
    }

    [Fact]
    public void Replaces_what_is_not_utf8()
    {
        var texts = new TextColumnBuilder();
        texts.Append("ok"u8);
        texts.Append([0x61, 0xFF, 0x62]);
        var table = new Table(new TableSchema(new ColumnSchema("s", ColumnType.String)), texts.Build());
        _connection.AddTable("t", table);

        Sql.Rows(_connection, "SELECT s || '' FROM t").Select(r => r[0]).ShouldBe(["ok", "a\ufffdb"]);
    }

    [Fact]
    public void Takes_a_view_of_the_name_anew()
    {
        _connection.AddTable("t", Random(10, seed: 1));
        _connection.AddTable("t", Random(20, seed: 1));

        Sql.Scalar(_connection, "SELECT count(*) FROM t").ShouldBe(20L);
    }

    [Fact]
    public void Refuses_names_that_differ_in_letter_case_alone()
    {
        Table table = new TableBuilder(("Name", ColumnType.Int), ("name", ColumnType.Int)).Build();

        Should.Throw<EngineException>(() => _connection.AddTable("t", table)).Message.ShouldContain("'Name' and 'name'");
        Should.Throw<EngineException>(() => _connection.CreateTable("t", table)).Message.ShouldContain("'Name' and 'name'");
    }

    [Fact]
    public void Keeps_every_digit_of_decimals()
    {
        var builder = new TableBuilder(("d", ColumnType.Decimal));
        builder.AddRow(9999999999.0000000000000000001m).AddRow(-0.1m).AddRow(79228162514264337m).AddRow([null]);
        Table table = builder.Build();
        _connection.AddTable("t", table);
        using DuckDbResult result = _connection.Query("SELECT * FROM t");

        Table back = result.ToTable();

        Enumerable.Range(0, 4).Select(back[0].GetValue).ShouldBe(Enumerable.Range(0, 4).Select(table[0].GetValue));
    }

    private static Table Random(int rows, int seed)
    {
        var random = new Random(seed);
        var builder = new TableBuilder(
            ("b", ColumnType.Bool), ("i", ColumnType.Int), ("n", ColumnType.Long), ("r", ColumnType.Real), ("d", ColumnType.Decimal),
            ("t", ColumnType.DateTime), ("p", ColumnType.TimeSpan), ("s", ColumnType.String), ("g", ColumnType.Guid), ("j", ColumnType.Dynamic));
        byte[] bytes = new byte[16];
        for (int row = 0; row < rows; row++)
        {
            random.NextBytes(bytes);
            object?[] values =
            [
                random.Next(2) == 0,
                random.Next(),
                random.NextInt64(),
                random.NextDouble(),
                (decimal)random.Next() / 100,
                new DateTime(random.NextInt64(DateTime.MaxValue.Ticks) / 10 * 10, DateTimeKind.Utc),
                new TimeSpan(random.NextInt64(TimeSpan.TicksPerDay * 1000) / 10 * 10),
                new string((char)random.Next(32, 0xD800), random.Next(20)) + (random.Next(9) == 0 ? "\0" : ""),
                new Guid(bytes),
                $$"""{"n": {{row}}}""",
            ];
            values[random.Next(values.Length)] = null;
            builder.AddRow(values);
        }

        return builder.Build();
    }
}
