using System.Globalization;
using Quarry.Data.Engine;
using Quarry.Data.Kql;
using Quarry.Data.Tests.Engine;
using Quarry.Tables;

namespace Quarry.Data.Tests.Kql;

/// <summary>Values of one type stored as another.</summary>
public sealed class StorageWriterTests
{
    [Theory]
    [InlineData("bool", "true", "True")]
    [InlineData("bool", " FALSE ", "False")]
    [InlineData("bool", "1", "True")]
    [InlineData("bool", "0", "False")]
    [InlineData("bool", "2", null)]
    [InlineData("bool", "yes", null)]
    [InlineData("int", "2147483647", "2147483647")]
    [InlineData("int", "2147483648", null)]
    [InlineData("int", "007", "7")]
    [InlineData("int", "5.0", "5")]
    [InlineData("int", "5.5", null)]
    [InlineData("int", "0x10", null)]
    [InlineData("long", "-9223372036854775808", "-9223372036854775808")]
    [InlineData("long", "9223372036854775808", null)]
    [InlineData("long", "1e3", "1000")]
    [InlineData("long", "1,000", null)]
    [InlineData("real", "1.5e-3", "0.0015")]
    [InlineData("real", "1,5", null)]
    [InlineData("real", "Infinity", null)]
    [InlineData("decimal", "1.10", "1.10")]
    [InlineData("decimal", "100000000000000000000", null)]
    [InlineData("datetime", "2024-01-02", "2024-01-02T00:00:00.0000000Z")]
    [InlineData("datetime", "5/3/2021, 8:46:01.477 PM", "2021-05-03T20:46:01.4770000Z")]
    [InlineData("datetime", "2024-01-02T03:04:05.1234567+02:00", "2024-01-02T01:04:05.1234567Z")]
    [InlineData("datetime", "2024-13-02", null)]
    [InlineData("datetime", "soon", null)]
    [InlineData("timespan", "1.02:03:04.5", "1.02:03:04.5000000")]
    [InlineData("timespan", "5", null)]
    [InlineData("guid", "{74BE27DE-1E4E-49D9-B579-FE0B331D3642}", "74be27de-1e4e-49d9-b579-fe0b331d3642")]
    [InlineData("guid", "74be27de", null)]
    public void A_text_is_read_as_a_type_or_is_null(string type, string text, string? expected)
    {
        ColumnType column = Enum.GetValues<ColumnType>().Single(one => one.KqlName() == type);
        var builder = new TableBuilder(("x", ColumnType.String));
        builder.AddRow(text).AddRow("").AddRow([null]);
        (object?[] values, long unread) = Store(builder.Build(), column);
        values[0].ShouldBe(expected is null ? null : Held(column, expected));
        values[1].ShouldBeNull();
        values[2].ShouldBeNull();
        unread.ShouldBe(expected is null ? 1 : 0);
    }

    [Fact]
    public void Typed_values_are_stored_as_texts_and_as_JSON()
    {
        var builder = new TableBuilder(
            ("b", ColumnType.Bool), ("i", ColumnType.Int), ("l", ColumnType.Long), ("r", ColumnType.Real), ("m", ColumnType.Decimal),
            ("d", ColumnType.DateTime), ("t", ColumnType.TimeSpan), ("g", ColumnType.Guid));
        builder.AddRow(true, 1, 2L, 3.0, 4.50m, new DateTime(2024, 1, 2, 0, 0, 0, DateTimeKind.Utc), TimeSpan.FromHours(1), Guid.Empty);
        Table table = builder.Build();
        Enumerable.Range(0, 8).Select(i => Store(table.Select(table.Schema[i].Name), ColumnType.String).Values[0])
            .ShouldBe(["true", "1", "2", "3", "4.50", "2024-01-02T00:00:00Z", "01:00:00", "00000000-0000-0000-0000-000000000000"]);
        Enumerable.Range(0, 8).Select(i => Store(table.Select(table.Schema[i].Name), ColumnType.Dynamic).Values[0])
            .ShouldBe(["true", "1", "2", "3.0", "4.50", "\"2024-01-02T00:00:00Z\"", "\"01:00:00\"", "\"00000000-0000-0000-0000-000000000000\""]);
    }

    [Fact]
    public void Numbers_become_other_numbers_only_where_nothing_is_lost()
    {
        Table reals = new TableBuilder(("x", ColumnType.Real)).AddRow(5.0).AddRow(5.5).AddRow(double.NaN).AddRow(1e300).Build();
        Store(reals, ColumnType.Long).Values.ShouldBe([5L, null, null, null]);
        Store(reals, ColumnType.Long).Unread.ShouldBe(3);
        Table longs = new TableBuilder(("x", ColumnType.Long)).AddRow(1L << 40).AddRow(-1L).Build();
        Store(longs, ColumnType.Int).Values.ShouldBe([null, -1]);
        Store(longs, ColumnType.Guid).Unread.ShouldBe(2);
    }

    private static object Held(ColumnType type, string value) => type switch
    {
        ColumnType.Bool => bool.Parse(value),
        ColumnType.Int => int.Parse(value, CultureInfo.InvariantCulture),
        ColumnType.Long => long.Parse(value, CultureInfo.InvariantCulture),
        ColumnType.Real => double.Parse(value, CultureInfo.InvariantCulture),
        ColumnType.Decimal => decimal.Parse(value, CultureInfo.InvariantCulture),
        ColumnType.DateTime => DateTime.Parse(value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind).Ticks,
        ColumnType.TimeSpan => TimeSpan.Parse(value, CultureInfo.InvariantCulture).Ticks,
        _ => value,
    };

    private static (object?[] Values, long Unread) Store(Table table, ColumnType type)
    {
        using DuckDbDatabase database = DuckDbDatabase.OpenInMemory();
        using DuckDbConnection connection = database.Connect();
        (_, long[] unread) = StoredTables.Create(connection, "t1", [new ColumnSchema("x", type)], TableStream.Of(Renamed(table)));
        return ([.. Sql.Rows(connection, "SELECT c0 FROM t1").Select(row => row[0])], unread[0]);
    }

    private static Table Renamed(Table table) => new(new TableSchema(new ColumnSchema("x", table.Schema[0].Type)), table.Columns);
}
