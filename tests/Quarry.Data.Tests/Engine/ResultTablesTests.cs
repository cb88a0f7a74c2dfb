using Quarry.Data.Engine;
using Quarry.Tables;

namespace Quarry.Data.Tests.Engine;

public sealed class ResultTablesTests : IDisposable
{
    private readonly DuckDbDatabase _database = DuckDbDatabase.OpenInMemory();
    private readonly DuckDbConnection _connection;

    public ResultTablesTests() => _connection = _database.Connect();

    public static TheoryData<string, string, object?> Values => new()
    {
        { "true", "bool", true },
        { "(-5)::TINYINT", "int", -5 },
        { "65535::USMALLINT", "int", 65535 },
        { "7", "int", 7 },
        { "4294967295::UINTEGER", "long", 4294967295L },
        { "9::BIGINT", "long", 9L },
        { "0.5::FLOAT", "real", 0.5 },
        { "0.25::DOUBLE", "real", 0.25 },
        { "18446744073709551615::UBIGINT", "decimal", 18446744073709551615m },
        { "sum(1::BIGINT)", "decimal", 1m },
        { "1.50", "decimal", 1.50m },
        { "DATE '2024-02-29'", "datetime", new DateTime(2024, 2, 29, 0, 0, 0, DateTimeKind.Utc) },
        { "TIMESTAMP_NS '2024-02-29 01:02:03.123456789'", "datetime", new DateTime(2024, 2, 29, 1, 2, 3, DateTimeKind.Utc).AddTicks(1234567) },
        { "'infinity'::TIMESTAMP", "datetime", null },
        { "TIMESTAMP '0044-03-15 (BC) 12:00:00'", "datetime", null },
        { "TIME '01:02:03'", "timespan", new TimeSpan(1, 2, 3) },
        { "INTERVAL '1 month 1 second'", "timespan", new TimeSpan(30, 0, 0, 1) },
        { "INTERVAL '20000000 days'", "timespan", null },
        { "'00112233-4455-6677-8899-aabbccddeeff'::UUID", "guid", Guid.Parse("00112233-4455-6677-8899-aabbccddeeff") },
        { "'a' || chr(0) || 'ü'", "string", "a\0ü" },
        { "'b'::ENUM('a', 'b')", "string", "b" },
        { "'\\xFF\\x00a\\x5C'::BLOB", "string", @"\xFF\x00a\x5C" },
        { "'text'::BLOB", "string", "text" },
        { """'{"a": [1, 2.50]}'::JSON""", "dynamic", """{"a": [1, 2.50]}""" },
        { "[1, NULL]", "dynamic", "[1,null]" },
        { "{'a': 'q\"ü<', 'b': [DATE '2024-01-01'], 'c': 1.50, 'd': 'NaN'::DOUBLE, 'e': '{\"x\":1}'::JSON}", "dynamic", """{"a":"q\"ü<","b":["2024-01-01T00:00:00.0000000Z"],"c":1.50,"d":"NaN","e":{"x":1}}""" },
        { "MAP {1: INTERVAL '1 day', 2: NULL}", "dynamic", """{"1":"1.00:00:00","2":null}""" },
        { "[170141183460469231731687303715884105727::HUGEINT]", "dynamic", "[170141183460469231731687303715884105727]" },
    };

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void Gives_KQLs_types(string sql, string type, object? expected)
    {
        using DuckDbResult result = _connection.Query($"SELECT {sql} AS v UNION ALL SELECT NULL");

        Table table = result.ToTable();

        table.Schema[0].Type.KqlName().ShouldBe(type);
        table.RowCount.ShouldBe(2);
        table["v"].GetValue(0).ShouldBe(expected);
        table["v"].IsNull(1).ShouldBeTrue();
    }

    [Fact]
    public void Streams_batches_of_one_schema_with_their_positions()
    {
        using TableStream stream = _connection.Stream("SELECT range AS n, 'row ' || range AS t FROM range(10000)").ToTableStream(batchRows: 3000);

        List<TableBatch> batches = [.. stream.TakeBatches()];

        batches.Select(b => b.FirstRow).ShouldBe([0, 4096, 8192]);
        batches.Sum(b => b.Table.RowCount).ShouldBe(10_000);
        batches[2].Table.Text("t").GetString(10_000 - 8192 - 1).ShouldBe("row 9999");
        Sql.Scalar(_connection, "SELECT 1").ShouldBe(1);
    }

    [Fact]
    public void Tells_columns_of_one_name_apart()
    {
        using DuckDbResult result = _connection.Query("SELECT 1 AS a, 2 AS a, 3 AS a1, 4 AS A");

        result.ToTable().Schema.Select(c => c.Name).ShouldBe(["a", "a1", "a11", "A"]);
    }

    [Fact]
    public void Names_a_column_that_is_not_read()
    {
        using DuckDbResult result = _connection.Query("SELECT '01'::BIT AS bits");

        Should.Throw<EngineException>(() => result.ToTable()).Message.ShouldContain("'bits' is BIT");
    }

    [Fact]
    public void Refuses_numbers_beyond_a_decimal()
    {
        using DuckDbResult result = _connection.Query("SELECT 170141183460469231731687303715884105727::HUGEINT AS h");

        Should.Throw<EngineException>(() => result.ToTable()).Message.ShouldContain("CAST");
    }
}
