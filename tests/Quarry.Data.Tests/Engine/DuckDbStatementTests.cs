using Quarry.Data.Engine;

namespace Quarry.Data.Tests.Engine;

public sealed class DuckDbStatementTests : IDisposable
{
    private readonly DuckDbDatabase _database = DuckDbDatabase.OpenInMemory();
    private readonly DuckDbConnection _connection;

    public DuckDbStatementTests() => _connection = _database.Connect();

    public static TheoryData<object?, string, object?> Parameters => new()
    {
        { null, "INTEGER", null },
        { true, "BOOLEAN", true },
        { (byte)200, "INTEGER", 200 },
        { -5, "INTEGER", -5 },
        { long.MinValue, "BIGINT", long.MinValue },
        { ulong.MaxValue, "UBIGINT", ulong.MaxValue },
        { Int128.MinValue + 1, "HUGEINT", Int128.MinValue + 1 },
        { 2.5, "DOUBLE", 2.5 },
        { 2.5f, "DOUBLE", 2.5 },
        { -79228162514264337593543950335m, "DECIMAL(38,0)", -79228162514264337593543950335m },
        { 0.0000000000000000000000000001m, "DECIMAL(38,28)", 0.0000000000000000000000000001m },
        { "it's; DROP TABLE t; --", "VARCHAR", "it's; DROP TABLE t; --" },
        { "lone \udc00", "VARCHAR", "lone \ufffd" },
        { 'x', "VARCHAR", "x" },
        { new byte[] { 0, 0xC0, 0xFF }, "BLOB", new byte[] { 0, 0xC0, 0xFF } },
        { new DateTime(2024, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(67), "TIMESTAMP", new DateTime(2024, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(60) },
        { new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)), "TIMESTAMP WITH TIME ZONE", new DateTime(2024, 1, 2, 2, 4, 5, DateTimeKind.Utc) },
        { new DateOnly(1969, 7, 20), "DATE", new DateTime(1969, 7, 20, 0, 0, 0, DateTimeKind.Utc) },
        { new TimeOnly(23, 59), "TIME", new TimeSpan(23, 59, 0) },
        { TimeSpan.FromSeconds(-1.5), "INTERVAL", new DuckDbInterval(0, 0, -1_500_000) },
        { Guid.Parse("f0112233-4455-6677-8899-aabbccddeeff"), "UUID", Guid.Parse("f0112233-4455-6677-8899-aabbccddeeff") },
    };

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void Takes_parameters_of_every_type(object? value, string type, object? expected)
    {
        using DuckDbStatement statement = _connection.Prepare("SELECT ?");
        using DuckDbResult result = statement.Bind(1, value).Query();

        result.Rows().Single()[0].ShouldBe(expected);
        if (value is not null)
        {
            result.Columns[0].Type.ToString().ShouldBe(type);
        }
    }

    [Fact]
    public void A_guid_means_the_same_as_its_text()
    {
        var guid = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff");
        using DuckDbStatement statement = _connection.Prepare("SELECT ?::UUID::VARCHAR");
        using DuckDbResult result = statement.Bind(1, guid).Query();

        result.Rows().Single()[0].ShouldBe(guid.ToString());
    }

    [Fact]
    public void Takes_parameters_by_name_and_runs_again()
    {
        using DuckDbStatement statement = _connection.Prepare("SELECT $low + $high");

        statement.Bind("low", 1L).Bind("high", 2L);
        using DuckDbResult first = statement.Query();
        statement.Bind("high", 40L);
        using DuckDbResult second = statement.Stream();

        first.Rows().Single()[0].ShouldBe(3L);
        second.Rows().Single()[0].ShouldBe(41L);
    }

    [Fact]
    public void Refuses_parameters_that_are_not_there_and_texts_that_are_not_utf8()
    {
        using DuckDbStatement statement = _connection.Prepare("SELECT ?");

        statement.ParameterCount.ShouldBe(1);
        Should.Throw<EngineException>(() => statement.Bind(0, 1));
        Should.Throw<EngineException>(() => statement.Bind(2, 1)).Message.ShouldContain("there is none 2");
        Should.Throw<EngineException>(() => statement.Bind("x", 1)).Message.ShouldContain("$x");
        Should.Throw<EngineException>(() => statement.BindText(1, [0xFF])).Message.ShouldContain("UTF-8");
        Should.Throw<ArgumentException>(() => statement.Bind(1, new object()));
    }

    [Fact]
    public void Fails_with_a_message_when_a_parameter_has_no_value()
    {
        using DuckDbStatement statement = _connection.Prepare("SELECT ?::INT");

        Should.Throw<EngineException>(() => statement.Query()).Message.ShouldContain("parameter");
        Should.Throw<EngineException>(() => statement.Stream()).Message.ShouldContain("parameter");
    }
}
