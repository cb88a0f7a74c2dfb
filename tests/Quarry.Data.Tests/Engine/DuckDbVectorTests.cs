using System.Text;
using Quarry.Data.Engine;

namespace Quarry.Data.Tests.Engine;

public sealed class DuckDbVectorTests : IDisposable
{
    private readonly DuckDbDatabase _database = DuckDbDatabase.OpenInMemory();
    private readonly DuckDbConnection _connection;

    public DuckDbVectorTests() => _connection = _database.Connect();

    public static TheoryData<string, object> Values => new()
    {
        { "true", true },
        { "(-128)::TINYINT", sbyte.MinValue },
        { "255::UTINYINT", byte.MaxValue },
        { "(-32768)::SMALLINT", short.MinValue },
        { "65535::USMALLINT", ushort.MaxValue },
        { "(-2147483648)::INTEGER", int.MinValue },
        { "4294967295::UINTEGER", uint.MaxValue },
        { "(-9223372036854775808)::BIGINT", long.MinValue },
        { "18446744073709551615::UBIGINT", ulong.MaxValue },
        { "170141183460469231731687303715884105727::HUGEINT", Int128.MaxValue },
        { "340282366920938463463374607431768211455::UHUGEINT", UInt128.MaxValue },
        { "1.5::FLOAT", 1.5f },
        { "'-Infinity'::DOUBLE", double.NegativeInfinity },
        { "(-12.34)::DECIMAL(4,2)", -12.34m },
        { "1234567.89::DECIMAL(9,2)", 1234567.89m },
        { "(-1234567890123.4567)::DECIMAL(18,4)", -1234567890123.4567m },
        { "7922816251426433759354395033.5::DECIMAL(38,1)", 7922816251426433759354395033.5m },
        { "1.50::DECIMAL(38,30)", 1.5m },
        { "DATE '1969-12-31'", new DateTime(1969, 12, 31, 0, 0, 0, DateTimeKind.Utc) },
        { "DATE '9999-12-31'", new DateTime(9999, 12, 31, 0, 0, 0, DateTimeKind.Utc) },
        { "TIME '23:59:59.999999'", new TimeSpan(0, 23, 59, 59, 999, 999) },
        { "TIME '24:00:00'", TimeSpan.FromDays(1) },
        { "TIMESTAMP '1601-01-01 00:00:00.000001'", new DateTime(1601, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks(10) },
        { "TIMESTAMP '0001-01-01 00:00:00'", DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc) },
        { "TIMESTAMP_S '2024-02-29 12:00:01'", new DateTime(2024, 2, 29, 12, 0, 1, DateTimeKind.Utc) },
        { "TIMESTAMP_MS '2024-02-29 12:00:01.25'", new DateTime(2024, 2, 29, 12, 0, 1, 250, DateTimeKind.Utc) },
        { "TIMESTAMP_NS '1969-12-31 23:59:59.9999999'", DateTime.UnixEpoch.AddTicks(-1) },
        { "TIMESTAMPTZ '2024-01-01 00:00:00+02'", new DateTime(2023, 12, 31, 22, 0, 0, DateTimeKind.Utc) },
        { "INTERVAL '1 month 2 days 3 seconds'", new DuckDbInterval(1, 2, 3_000_000) },
        { "'00112233-4455-6677-8899-aabbccddeeff'::UUID", Guid.Parse("00112233-4455-6677-8899-aabbccddeeff") },
        { "'ffffffff-ffff-ffff-ffff-ffffffffffff'::UUID", Guid.Parse("ffffffff-ffff-ffff-ffff-ffffffffffff") },
        { "'héllo 🦆'", "héllo 🦆" },
        { "''", "" },
        { "'b'::ENUM('a', 'b')", "b" },
        { "'\\x00\\xFF'::BLOB", new byte[] { 0, 255 } },
        { "[1, NULL, 3]", new object?[] { 1, null, 3 } },
        { "[[1], [], NULL]", new object?[] { new object?[] { 1 }, Array.Empty<object?>(), null } },
        { "[1, 2, 3]::INT[3]", new object?[] { 1, 2, 3 } },
        { "'{\"a\": 1}'::JSON", "{\"a\": 1}" },
    };

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void Reads_the_values_of_every_type(string sql, object expected)
    {
        List<object?[]> rows = Sql.Rows(_connection, $"SELECT unnest([{sql}, NULL, {sql}])");

        rows.Count.ShouldBe(3);
        rows[0][0].ShouldBe(expected);
        rows[1][0].ShouldBeNull();
        rows[2][0].ShouldBe(expected);
    }

    [Fact]
    public void Reads_structs_and_maps()
    {
        object?[] row = Sql.Rows(_connection, "SELECT {'a': 1, 'b': ['x']}, MAP {'k': NULL, 'l': 2}, {'m': MAP {1: {'n': 'deep'}}}").Single();

        var first = row[0].ShouldBeOfType<Dictionary<string, object?>>();
        first["a"].ShouldBe(1);
        first["b"].ShouldBe(new object?[] { "x" });
        row[1].ShouldBe(new KeyValuePair<object, object?>[] { new("k", null), new("l", 2) });
        var inner = ((Dictionary<string, object?>)row[2]!)["m"].ShouldBeOfType<KeyValuePair<object, object?>[]>();
        ((Dictionary<string, object?>)inner[0].Value!)["n"].ShouldBe("deep");
    }

    [Theory]
    [InlineData("'infinity'::TIMESTAMP")]
    [InlineData("'-infinity'::DATE")]
    [InlineData("TIMESTAMP '12000-01-01'")]
    [InlineData("DATE '0001-01-01 (BC)'")]
    [InlineData("99999999999999999999999999999999999999::DECIMAL(38,0)")]
    [InlineData("0.00000000000000000000000000000000000001::DECIMAL(38,38)")]
    [InlineData("'0101'::BIT")]
    [InlineData("TIMETZ '12:00:00+02'")]
    [InlineData("union_value(k := 1)")]
    public void Refuses_values_that_NET_does_not_hold(string sql)
        => Should.Throw<EngineException>(() => Sql.Scalar(_connection, $"SELECT {sql}")).Message.ShouldContain("CAST");

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(4096)]
    [InlineData(10_000_000)]
    public void Reads_texts_at_the_limit_of_inlining_and_of_many_megabytes(int length)
    {
        using DuckDbResult result = _connection.Query($"SELECT repeat('a', {length - 1}) || 'z' FROM range(3)");
        using DuckDbChunk chunk = result.Fetch()!;

        for (int row = 0; row < 3; row++)
        {
            ReadOnlySpan<byte> bytes = chunk[0].Bytes(row);
            bytes.Length.ShouldBe(length);
            bytes.IndexOfAnyExcept((byte)'a').ShouldBe(length - 1);
        }
    }

    [Fact]
    public void Keeps_nuls_inside_texts()
    {
        string[] expected = ["\0", "a\0b", new string('\0', 13), "0123456789ab\0c"];
        using DuckDbStatement statement = _connection.Prepare("SELECT ? || ''");

        foreach (string text in expected)
        {
            using DuckDbResult result = statement.Bind(1, text).Query();
            result.Rows().Single()[0].ShouldBe(text);
        }
    }

    [Fact]
    public void Keeps_bytes_that_are_not_utf8_in_blobs()
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        using DuckDbStatement statement = _connection.Prepare("SELECT ?");
        using DuckDbResult result = statement.Bind(1, bytes).Query();
        using DuckDbChunk chunk = result.Fetch()!;

        chunk[0].Bytes(0).SequenceEqual(bytes).ShouldBeTrue();
    }

    [Fact]
    public void Gives_the_elements_of_lists_without_copying()
    {
        using DuckDbResult result = _connection.Query("SELECT * FROM (VALUES (['a', 'b']), (NULL), ([]), (['c'])) t(l)");
        using DuckDbChunk chunk = result.Fetch()!;
        DuckDbVector lists = chunk[0];
        DuckDbVector elements = lists.Child();
        DuckDbListEntry last = lists.Entries[3];

        lists.IsNull(1).ShouldBeTrue();
        lists.Entries[2].Length.ShouldBe(0ul);
        elements.Bytes((int)last.Offset).SequenceEqual("c"u8).ShouldBeTrue();
    }

    [Fact]
    public void Refuses_the_wrong_NET_type_a_row_or_column_that_is_not_there()
    {
        using DuckDbResult result = _connection.Query("SELECT 1::INTEGER AS a, 'x' AS t");
        using DuckDbChunk chunk = result.Fetch()!;

        Should.Throw<InvalidOperationException>(() => chunk[0].Values<long>().Length).Message.ShouldContain("INTEGER");
        Should.Throw<InvalidOperationException>(() => chunk[0].Values<float>().Length);
        Should.Throw<InvalidOperationException>(() => chunk[0].Bytes(0).Length);
        Should.Throw<InvalidOperationException>(() => chunk[1].Values<long>().Length);
        Should.Throw<ArgumentOutOfRangeException>(() => chunk[1].Bytes(1).Length);
        Should.Throw<ArgumentOutOfRangeException>(() => chunk[1].IsNull(-1));
        Should.Throw<ArgumentOutOfRangeException>(() => chunk[2].Length);
        Should.Throw<ArgumentOutOfRangeException>(() => chunk[0].Child().Length);
    }

    [Fact]
    public void Reads_random_texts_as_they_were_written()
    {
        var random = new Random(7);
        string[] texts = [.. Enumerable.Range(0, 5000).Select(_ => RandomText(random))];
        _connection.Execute("CREATE TABLE t (i INT, s VARCHAR)");
        using (DuckDbAppender appender = _connection.CreateAppender("t"))
        {
            for (int i = 0; i < texts.Length; i++)
            {
                appender.Append(i).Append(texts[i]).EndRow();
            }

            appender.Complete();
        }

        Sql.Rows(_connection, "SELECT s FROM t ORDER BY i").Select(r => r[0]).ShouldBe(texts);
        Sql.Rows(_connection, "SELECT strlen(s) FROM t ORDER BY i").Select(r => r[0]).ShouldBe(texts.Select(t => (object)(long)Encoding.UTF8.GetByteCount(t)));
    }

    private static string RandomText(Random random)
    {
        var text = new StringBuilder();
        int length = random.Next(30);
        for (int i = 0; i < length; i++)
        {
            int code = random.Next(4) == 0 ? random.Next(0xE000, 0x110000) : random.Next(0x80);
            text.Append(new Rune(code).ToString());
        }

        return text.ToString();
    }
}
