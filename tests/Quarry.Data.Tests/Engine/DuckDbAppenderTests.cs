using Quarry.Data.Engine;

namespace Quarry.Data.Tests.Engine;

public sealed class DuckDbAppenderTests : IDisposable
{
    private readonly DuckDbDatabase _database = DuckDbDatabase.OpenInMemory();
    private readonly DuckDbConnection _connection;

    public DuckDbAppenderTests() => _connection = _database.Connect();

    public static TheoryData<string, object> Values => new()
    {
        { "BOOLEAN", true },
        { "TINYINT", sbyte.MinValue },
        { "UTINYINT", byte.MaxValue },
        { "SMALLINT", short.MinValue },
        { "USMALLINT", ushort.MaxValue },
        { "INTEGER", int.MinValue },
        { "UINTEGER", uint.MaxValue },
        { "BIGINT", long.MinValue },
        { "UBIGINT", ulong.MaxValue },
        { "HUGEINT", Int128.MinValue },
        { "UHUGEINT", UInt128.MaxValue },
        { "FLOAT", 1.5f },
        { "DOUBLE", double.NaN },
        { "DECIMAL(4,2)", -12.34m },
        { "DECIMAL(9,0)", 999999999m },
        { "DECIMAL(18,4)", -12345678901234.5678m },
        { "DECIMAL(38,10)", 1234567890123456.0123456789m },
        { "DATE", new DateTime(1, 1, 1, 0, 0, 0, DateTimeKind.Utc) },
        { "TIME", new TimeSpan(0, 23, 59, 59, 999, 999) },
        { "TIME_NS", new TimeSpan(0, 23, 59, 59, 999, 999) },
        { "TIMESTAMP", new DateTime(9999, 12, 31, 23, 59, 59, DateTimeKind.Utc) },
        { "TIMESTAMPTZ", new DateTime(1969, 12, 31, 23, 59, 59, DateTimeKind.Utc) },
        { "TIMESTAMP_S", new DateTime(2024, 2, 29, 12, 0, 1, DateTimeKind.Utc) },
        { "TIMESTAMP_MS", new DateTime(2024, 2, 29, 12, 0, 1, 5, DateTimeKind.Utc) },
        { "TIMESTAMP_NS", new DateTime(2024, 2, 29, 12, 0, 1, DateTimeKind.Utc).AddTicks(1234567) },
        { "INTERVAL", new DuckDbInterval(-1, 2, long.MaxValue) },
        { "VARCHAR", "twelve bytes" },
        { "VARCHAR", "thirteen byte" },
        { "VARCHAR", "a\0b and NULs further on \0" },
        { "BLOB", new byte[] { 0, 0xFF, 0xC0 } },
        { "UUID", Guid.Parse("80112233-4455-6677-8899-aabbccddeeff") },
        { "ENUM('low', 'high')", "high" },
        { "INTEGER[]", new object?[] { 1, null, 3 } },
        { "VARCHAR[][]", new object?[] { new object?[] { "a list within a list", null }, Array.Empty<object?>(), null } },
        { "INTEGER[2]", new object?[] { 1, null } },
    };

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void Appends_values_of_every_type(string type, object value)
    {
        _connection.Execute($"CREATE TABLE t (i INTEGER, v {type})");
        using (DuckDbAppender appender = _connection.CreateAppender("t"))
        {
            for (int i = 0; i < 3000; i++)
            {
                appender.Append(i).Append(i % 3 == 1 ? null : value).EndRow();
            }

            appender.Complete();
        }

        List<object?[]> rows = Sql.Rows(_connection, "SELECT v FROM t ORDER BY i");
        rows.Count.ShouldBe(3000);
        rows[0][0].ShouldBe(value);
        rows[1][0].ShouldBeNull();
        rows[2999][0].ShouldBe(value);
        rows.Count(r => r[0] is null).ShouldBe(1000);
    }

    [Fact]
    public void Appends_structs_and_maps()
    {
        _connection.Execute("CREATE TABLE t (s STRUCT(a INTEGER, b VARCHAR[]), m MAP(VARCHAR, INTEGER))");
        using (DuckDbAppender appender = _connection.CreateAppender("t"))
        {
            var member = new Dictionary<string, object?> { ["a"] = 1, ["b"] = new[] { "x", "y" } };
            appender.Append(member).Append(new Dictionary<string, int> { ["k"] = 7 }).EndRow();
            appender.Append(null).Append(null).EndRow();
            appender.Complete();
        }

        Sql.Rows(_connection, "SELECT s::VARCHAR, m::VARCHAR FROM t").Select(r => $"{r[0]}|{r[1]}").ShouldBe(["{'a': 1, 'b': [x, y]}|{k=7}", "|"]);
    }

    [Fact]
    public void Appends_by_columns()
    {
        _connection.Execute("CREATE TABLE t (n BIGINT, s VARCHAR)");
        long next = 0;
        using (DuckDbAppender appender = _connection.CreateAppender("t"))
        {
            appender.Fill(chunk =>
            {
                int rows = (int)Math.Min(DuckDbOutputChunk.Capacity, 100_001 - next);
                for (int row = 0; row < rows; row++)
                {
                    chunk[0].Values<long>()[row] = next++;
                    chunk[1].SetText(row, "some longer text"u8);
                }

                return rows;
            });
            appender.Complete();
        }

        Sql.Scalar(_connection, "SELECT count(*) || ' ' || sum(n) || ' ' || min(s) FROM t").ShouldBe("100001 5000050000 some longer text");
    }

    [Fact]
    public void Drops_what_was_not_completed()
    {
        _connection.Execute("CREATE TABLE t (a INTEGER)");
        using (DuckDbAppender appender = _connection.CreateAppender("t"))
        {
            for (int i = 0; i < 5000; i++)
            {
                appender.AppendValue(i).EndRow();
            }
        }

        Sql.Scalar(_connection, "SELECT count(*) FROM t").ShouldBe(0L);
    }

    [Theory]
    [InlineData("TINYINT", 128)]
    [InlineData("UBIGINT", -1)]
    [InlineData("INTEGER", "1")]
    [InlineData("VARCHAR", 1)]
    [InlineData("DECIMAL(4,2)", 100)]
    [InlineData("ENUM('a')", "b")]
    [InlineData("INTEGER[2]", new[] { 1 })]
    [InlineData("TIMESTAMP", "2024-01-01")]
    [InlineData("BIT", "01")]
    public void Refuses_values_that_do_not_fit(string type, object value)
    {
        _connection.Execute($"CREATE TABLE t (v {type})");
        using DuckDbAppender appender = _connection.CreateAppender("t");

        Should.Throw<EngineException>(() => appender.Append(value));
    }

    [Fact]
    public void Refuses_rows_of_the_wrong_length_and_texts_that_are_not_utf8()
    {
        _connection.Execute("CREATE TABLE t (a INTEGER, b VARCHAR)");
        using DuckDbAppender appender = _connection.CreateAppender("t");
        appender.Append(1);

        Should.Throw<EngineException>(appender.EndRow).Message.ShouldContain("1 of 2");
        Should.Throw<EngineException>(appender.Complete).Message.ShouldContain("1 of 2");
        Should.Throw<EngineException>(() => appender.AppendText([0xC3, 0x28])).Message.ShouldContain("UTF-8");
        appender.AppendText("ok"u8);
        Should.Throw<EngineException>(() => appender.Append(3)).Message.ShouldContain("already");
    }

    [Fact]
    public void Tells_the_constraint_that_the_rows_break()
    {
        _connection.Execute("CREATE TABLE t (a INTEGER NOT NULL)");
        using DuckDbAppender appender = _connection.CreateAppender("t");
        appender.Append(null).EndRow();

        Should.Throw<EngineException>(appender.Complete).Message.ShouldContain("NOT NULL");

        appender.Dispose();
        Sql.Scalar(_connection, "SELECT count(*) FROM t").ShouldBe(0L);
    }

    [Fact]
    public void Refuses_a_table_that_is_not_there_and_use_after_the_end()
    {
        Should.Throw<EngineException>(() => _connection.CreateAppender("nowhere")).Message.ShouldContain("nowhere");
        _connection.Execute("CREATE TABLE \"it's \"\"t\"\"\" (a INTEGER)");
        DuckDbAppender appender = _connection.CreateAppender("it's \"t\"");
        appender.Append(1).EndRow();

        appender.Complete();

        Should.Throw<ObjectDisposedException>(() => appender.Append(1));
        Should.Throw<ObjectDisposedException>(appender.Complete);
        appender.Dispose();
    }
}
